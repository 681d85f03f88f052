"""Saved views of lists: kept, shared with one's office, renamed, removed and brought back.

A view is filters in words of the address; what it shows is whatever the list's own walls let the reader see.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet

from guiyan.accounts.models import DefaultView, SavedView, Unit, User
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import visible

MOST = 50
"""Views one officer keeps of one list, and views of an office that are shown beside them."""
LONGEST_NAME = 20


@dataclass(frozen=True)
class ShownView:
    """mine: who reads it owns it. is_default: the list opens with it for the reader."""

    view: SavedView
    mine: bool
    is_default: bool


def units_of(actor: Actor) -> list[Unit]:
    """The offices an actor may share with: those of the posts one acts for."""
    ids = {grant.unit_id for grant in actor.grants if grant.unit_id is not None}
    return list(Unit.objects.filter(pk__in=ids).order_by("pk"))


def views_for(actor: Actor, page: str = "") -> list[ShownView]:
    """One's own views first, then those shared by colleagues; of one list, or of all. One query."""
    rows = _readable(actor).filter(page=page) if page else _readable(actor)
    defaults = DefaultView.objects.filter(user_id=_me(actor), view_id__in=rows.values("pk"))
    chosen = set(defaults.values_list("view_id", flat=True))
    found = rows.select_related("owner", "unit").order_by("page", "id")[: MOST * (2 if page else 20)]
    shown = [ShownView(row, row.owner_id == actor.user_id, row.pk in chosen) for row in found]
    return sorted(shown, key=lambda one: (one.view.page, not one.mine, one.view.pk))


def view_by_id(actor: Actor, view_id: int) -> SavedView:
    """One's own, or one shared with one's office."""
    found = _readable(actor).select_related("owner", "unit").filter(pk=view_id).first()
    if found is None:
        raise NotFound("没有找到这个视图：可能已经删除，或者不再和您的单位共享。")
    return found


def default_view(actor: Actor, page: str) -> SavedView | None:
    """What the list opens with, if it still may be read."""
    chosen = DefaultView.objects.filter(user_id=_me(actor), page=page).values("view_id")
    return _readable(actor).filter(pk__in=chosen).first()


@transaction.atomic
def save_view(actor: Actor, *, page: str, name: str, query: str, unit_id: int | None = None) -> SavedView:
    """Keep `query` under a name of one's own; a name one has already is refused."""
    owner = _owner(actor)
    name = _name(name)
    kept = SavedView.objects.filter(owner=owner, page=page, removed_at=None)
    _refuse_name(kept, name)
    if kept.count() >= MOST:
        raise Refused(f"这个列表已经存了{MOST}个视图，请先删掉不用的。", "many")
    row = SavedView.objects.create(
        owner=owner, page=page, name=name, query=query, unit=_office(actor, unit_id), at=calendar.now()
    )
    _note(actor, "view.save", row)
    return row


@transaction.atomic
def change_view(actor: Actor, *, view: SavedView, name: str, unit_id: int | None) -> SavedView:
    """Another name, shared with an office or no longer."""
    row = _mine(actor, view)
    name = _name(name)
    _refuse_name(
        SavedView.objects.filter(owner_id=row.owner_id, page=row.page, removed_at=None).exclude(pk=row.pk), name
    )
    row.name, row.unit = name, _office(actor, unit_id)
    row.save(update_fields=["name", "unit"])
    _note(actor, "view.change", row)
    return row


@transaction.atomic
def replace_query(actor: Actor, *, view: SavedView, query: str) -> SavedView:
    """The same name for other filters."""
    row = _mine(actor, view)
    row.query = query
    row.save(update_fields=["query"])
    _note(actor, "view.change", row)
    return row


@transaction.atomic
def make_default(actor: Actor, *, view: SavedView | None, page: str) -> None:
    """Open the list with this view from now on; None: with everything, as before."""
    owner = _owner(actor)
    if view is None:
        DefaultView.objects.filter(user=owner, page=page).delete()
        return
    row = view_by_id(actor, view.pk)
    DefaultView.objects.update_or_create(user=owner, page=row.page, defaults={"view": row})


@transaction.atomic
def remove_view(actor: Actor, *, view: SavedView) -> SavedView:
    """Take it away, from colleagues too; `restore_view` brings it back."""
    row = _mine(actor, view)
    row.removed_at = calendar.now()
    row.save(update_fields=["removed_at"])
    _note(actor, "view.remove", row)
    return row


@transaction.atomic
def restore_view(actor: Actor, *, view_id: int) -> SavedView:
    """Undo `remove_view`; doing it twice changes nothing."""
    row = SavedView.objects.select_for_update().filter(pk=view_id, owner_id=_owner(actor).pk).first()
    if row is None:
        raise NotFound
    if row.removed_at is not None:
        _refuse_name(_kept(row), row.name)
        row.removed_at = None
        row.save(update_fields=["removed_at"])
        _note(actor, "view.restore", row)
    return row


def _readable(actor: Actor) -> QuerySet[SavedView]:
    units = {grant.unit_id for grant in actor.grants if grant.unit_id is not None}
    return SavedView.objects.filter(Q(owner_id=actor.user_id) | Q(unit_id__in=units), removed_at=None)


def _kept(row: SavedView) -> QuerySet[SavedView]:
    """The owner's views of the same list."""
    return SavedView.objects.filter(owner_id=row.owner_id, page=row.page, removed_at=None)


def _me(actor: Actor) -> int:
    """Views belong to whoever is signed in; 0 for the system, which has none."""
    return actor.user_id or 0


def _owner(actor: Actor) -> User:
    """Views belong to whoever is signed in: a deputy keeps his own."""
    owner = User.objects.filter(pk=_me(actor)).first()
    if owner is None:
        raise NotFound
    return owner


def _mine(actor: Actor, view: SavedView) -> SavedView:
    row = SavedView.objects.select_for_update().filter(pk=view.pk, owner_id=actor.user_id, removed_at=None).first()
    if row is None:
        raise NotFound("这个视图是同事共享的，只有本人能改；您可以另存一份自己的。")
    return row


def _office(actor: Actor, unit_id: int | None) -> Unit | None:
    if unit_id is None:
        return None
    found = next((unit for unit in units_of(actor) if unit.pk == unit_id), None)
    if found is None:
        raise Refused("只能和自己任职的单位共享。", "unit")
    return found


def _name(name: str) -> str:
    said = " ".join(visible(name).split())
    if not said:
        raise Refused("请给视图起个名字，例如“本周到期”。", "name")
    if len(said) > LONGEST_NAME:
        raise Refused(f"视图的名字最多{LONGEST_NAME}个字。", "name")
    return said


def _refuse_name(others: QuerySet[SavedView], name: str) -> None:
    if others.filter(name=name).exists():
        raise Refused(f"您已经有一个视图叫“{name}”，请换个名字，或者打开它再更新条件。", "name")


def _note(actor: Actor, action: str, row: SavedView) -> None:
    audit.record(actor, action, f"view:{row.pk}", detail={"unit": row.unit_id})
