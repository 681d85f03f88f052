"""What stands above the list: its saved views, and on paper its title with the words of its filters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from guiyan.accounts import saved_views
from guiyan.accounts.saved_views import ShownView
from guiyan.desk.lists.registry import SEARCH, VIEW, Asked, Place, place_at
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.numbers import whole

AS_TABS = 6
"""More than these go into a menu, so that the bar keeps to one line."""


@dataclass(frozen=True)
class ViewLink:
    """A saved view as a tab. note: whose it is, when a colleague shares it. count: of its rows, if its list counts."""

    label: str
    href: str
    current: bool
    note: str = ""
    changed: bool = False
    count: str = ""


@dataclass(frozen=True)
class Bar:
    """tabs, more: the views; current: the one that is open. can_save: filters are set that no open view has.

    words: the filters for a printed page. kept: the filters as an address.
    """

    place: Place
    tabs: list[ViewLink]
    more: list[ViewLink]
    current: ShownView | None
    changed: bool
    can_save: bool
    words: list[str]
    kept: str
    manage_href: str
    sheet_href: str
    day: date

    @property
    def title(self) -> str:
        return self.place.title

    @property
    def has_views(self) -> bool:
        return bool(self.tabs or self.more)

    @property
    def is_seen(self) -> bool:
        """Whether there is anything to stand above the list."""
        return self.has_views or self.can_save

    @property
    def save_query(self) -> str:
        return urlencode({"list": self.place.page, "query": self.kept})

    @property
    def can_update(self) -> bool:
        return self.changed and self.current is not None and self.current.mine


def bar_for(request: HttpRequest, actor: Actor) -> Bar | None:
    """The bar of this request's page; None on pages that are no list, or one the actor may not open.

    One query for the views, and one for how many rows they have.
    """
    place = place_at(request.resolver_match)
    if place is None or actor.user_id is None or not place.kind.may_open(actor):
        return None
    asked = place.read(actor, request.GET)
    found = saved_views.views_for(actor, place.page)
    opened = whole(request.GET.get(VIEW, ""))
    current = next((one for one in found if one.view.pk == opened), None)
    changed = current is not None and same(current.view.query) != same(asked.query.urlencode())
    counts = counts_of(place, actor, found[:AS_TABS])
    links = [link_of(one, current, changed, counts.get(one.view.pk, "")) for one in found]
    if links:
        links.insert(0, ViewLink("不用视图", f"?{VIEW}=0", current is None and not asked.query))
    return Bar(
        place=place,
        tabs=links[: AS_TABS + 1],
        more=links[AS_TABS + 1 :],
        current=current,
        changed=changed,
        can_save=bool(asked.query) and (current is None or changed),
        words=words_on_paper(asked, request.GET.get(SEARCH, "")),
        kept=asked.query.urlencode(),
        manage_href=reverse("views:manage"),
        sheet_href=sheet_of(place, request),
        day=calendar.today(),
    )


def sheet_of(place: Place, request: HttpRequest) -> str:
    """Everything the page shows, with the words searched for, as Excel."""
    if not place.kind.sheet:
        return ""
    query = request.GET.copy()
    for name in ("after", "before", "page", VIEW):
        query.pop(name, None)
    return f"{reverse(place.kind.sheet, args=place.key)}?{query.urlencode()}"


def counts_of(place: Place, actor: Actor, views: Sequence[ShownView]) -> dict[int, str]:
    """The rows of each view; of none where the list does not count."""
    if place.kind.how_many is None or not views:
        return {}
    found = place.kind.how_many(actor, place.key, [QueryDict(one.view.query).dict() for one in views])
    return {one.view.pk: f"{count:,}" for one, count in zip(views, found, strict=True)}


def link_of(one: ShownView, current: ShownView | None, changed: bool, count: str) -> ViewLink:
    here = current is not None and one.view.pk == current.view.pk
    return ViewLink(
        label=one.view.name,
        href=reverse("views:open", args=[one.view.pk]),
        current=here,
        note="" if one.mine else f"{one.view.owner.name}共享",
        changed=here and changed,
        count=count,
    )


def same(query: str) -> list[tuple[str, list[str]]]:
    """An address, whatever the order of its parts."""
    return sorted((name, values) for name, values in QueryDict(query).lists())


def words_on_paper(asked: Asked, search: str) -> list[str]:
    """The filters as they stand under the title of a printed list."""
    words = [f"{label}：{said}" for label, said in asked.words]
    return [*words, f"搜索：{search}"] if search else words
