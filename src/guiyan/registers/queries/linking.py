"""Pairs of people to be told apart or found one: for whoever covers both; counts of an import, what was linked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Field, Register
from guiyan.registers import states
from guiyan.registers.linking.declared import linked_columns, registers_of_people
from guiyan.registers.merging import below
from guiyan.registers.models import Hat, ImportRun, LinkageRow, LinkageWaiting, PersonLink, Subject
from guiyan.registers.queries.entries import entry_view
from guiyan.registers.values import Value

LINK = "register.link"
FINDING, AUTO = "finding", "auto"
VIEWS: Mapping[str, tuple[str, Q]] = {
    states.LINK_WAITING: ("待核对", Q(verdict=states.LINK_WAITING)),
    FINDING: ("有问题", Q(verdict=states.LINK_SAME) & ~Q(finding="")),
    states.LINK_ASIDE: ("先放着", Q(verdict=states.LINK_ASIDE)),
    AUTO: ("自动对上", Q(verdict=states.LINK_SAME, how=states.BY_SYSTEM)),
    states.LINK_SAME: ("人工合并", Q(verdict=states.LINK_SAME) & ~Q(how=states.BY_SYSTEM)),
    states.LINK_APART: ("不是同一人", Q(verdict=states.LINK_APART)),
}
COUNTED = (states.LINK_WAITING, FINDING, states.LINK_ASIDE)
MOST_OPEN = 10
MOST_PILED = 1_000


def links_for(actor: Actor, *, view: str, import_id: int | None = None) -> QuerySet[PersonLink]:
    """Pairs of which the actor covers both, the likeliest of the newest first."""
    rows = PersonLink.objects.filter(VIEWS[view][1])
    if import_id is not None:
        rows = rows.filter(import_id=import_id)
    return visible(actor, LINK, rows, unit=None, subject=None).order_by("-pk")


def link_counts(actor: Actor, *, import_id: int | None = None) -> dict[str, int]:
    """Of the views that ask for something, in one query."""
    rows = PersonLink.objects.filter(Q(verdict__in=(states.LINK_WAITING, states.LINK_ASIDE)) | VIEWS[FINDING][1])
    if import_id is not None:
        rows = rows.filter(import_id=import_id)
    seen = visible(actor, LINK, rows, unit=None, subject=None)
    return seen.aggregate(**{name: Count("pk", filter=VIEWS[name][1]) for name in COUNTED})


def links_piled(actor: Actor, view: str) -> str:
    """How many pairs a view has, in words, counted no further than MOST_PILED; empty for none. One query."""
    rows = visible(actor, LINK, PersonLink.objects.filter(VIEWS[view][1]), unit=None, subject=None)
    number = rows.values("pk")[: MOST_PILED + 1].count()
    return f"{MOST_PILED:,}多" if number > MOST_PILED else f"{number:,}" if number else ""


def link_by_id(actor: Actor, link_id: int) -> PersonLink:
    found = visible(actor, LINK, PersonLink.objects.filter(pk=link_id), unit=None, subject=None).first()
    if found is None:
        raise NotFound
    return found


def links_by_ids(actor: Actor, link_ids: Sequence[int]) -> list[PersonLink]:
    """Those of them that the actor covers, whatever became of them."""
    rows = PersonLink.objects.filter(pk__in=link_ids)
    return list(visible(actor, LINK, rows, unit=None, subject=None).order_by("-pk"))


def next_link(actor: Actor, link: PersonLink, *, view: str, import_id: int | None = None) -> int | None:
    """The pair that the list shows after this one, else the first of those left."""
    rows = links_for(actor, view=view, import_id=import_id).exclude(pk=link.pk)
    after = rows.filter(pk__lt=link.pk).values_list("pk", flat=True).first()
    return after if after is not None else rows.values_list("pk", flat=True).first()


@dataclass(frozen=True)
class LinksOfImport:
    """same: who was found to be somebody known; waiting: pairs for an officer; elsewhere: of these, pairs with people
    of other places, which an office over both has to settle; left: people who are still to be looked at."""

    same: int
    waiting: int
    elsewhere: int
    left: int


def links_of_import(run: ImportRun, actor: Actor) -> LinksOfImport:
    mine = [interval for grant in actor.grants if LINK in grant.permissions for interval in grant.regions]
    with entered(Scope.system()):
        rows = PersonLink.objects.filter(import_id=run.pk)
        here = Q(pk__in=())
        for low, high in mine:
            here |= Q(region__gte=low, region__lt=high)
        waiting = Q(verdict__in=(states.LINK_WAITING, states.LINK_ASIDE))
        found = rows.aggregate(
            same=Count("pk", filter=Q(verdict=states.LINK_SAME)),
            waiting=Count("pk", filter=waiting),
            elsewhere=Count("pk", filter=waiting & ~here),
        )
        left = LinkageWaiting.objects.filter(import_id=run.pk).count()
    return LinksOfImport(found["same"], found["waiting"], found["elsewhere"], left)


def links_about(ids: Sequence[int]) -> tuple[list[PersonLink], list[PersonLink]]:
    """What was merged into one of her ids, and the pairs with her that wait for an officer, the newest first.

    In all places, because who is who has none: whoever asks may be shown no more of the other than where she is.
    """
    merged = Q(merged_id__in=ids, verdict=states.LINK_SAME)
    waiting = Q(verdict=states.LINK_WAITING) & (Q(first_id__in=ids) | Q(second_id__in=ids))
    with entered(Scope.system()):
        rows = list(PersonLink.objects.filter(merged | waiting).order_by("-pk"))
    return [one for one in rows if one.merged_id], [one for one in rows if not one.merged_id][:MOST_OPEN]


def places_of_subjects(subject_ids: Iterable[int]) -> dict[int, int]:
    """Subject → its place; in all places."""
    with entered(Scope.system()):
        return dict(Subject.objects.filter(pk__in=list(subject_ids)).values_list("pk", "region"))


@dataclass(frozen=True)
class Said:
    """What one register says of one thing: masked as on every page."""

    register: Register
    field: Field
    value: Value
    source: str
    checked_on: date | None


@dataclass(frozen=True)
class Side:
    """One of two people as the actor may see her. ids: all of hers; said: column of linkage → what registers say.

    outside: entries that lie beyond the actor's range. born, is_man: as her identity number tells.
    """

    subject: Subject
    ids: tuple[int, ...]
    registers: tuple[Register, ...]
    said: Mapping[str, list[Said]] = field(default_factory=dict)
    outside: int = 0
    birth_year: int | None = None
    gender: int | None = None


def side_of(actor: Actor, subject_id: int) -> Side:
    """Under the id that was asked for and whatever was merged into it; a number of queries a register."""
    subject = Subject.objects.filter(pk=subject_id).first()
    if subject is None:
        raise NotFound
    ids = group_of(subject_id)
    with entered(Scope.system()):
        hats = list(Hat.objects.filter(subject_id__in=ids).order_by("pk").values_list("subject_id", "register"))
        row: Any = LinkageRow.objects.filter(pk__in=ids).exclude(birth_year=None).first()
    pack = releases.current()
    seen: list[Register] = []
    said: dict[str, list[Said]] = {}
    for register in registers_of_people(pack):
        for one in [subject_id for subject_id, name in hats if name == register.id]:
            try:
                view = entry_view(actor, register.id, one)
            except NotFound:
                continue
            if view.subject_id != one:
                continue  # hers is out of reach; what is in reach is of whoever she was found to be
            seen.append(register)
            cells = {cell.field.id: cell for cell in view.cells}
            for column, declared in linked_columns(register):
                cell = cells.get(declared.id)
                if cell is not None and cell.value not in (None, "", ()):
                    told = Said(register, declared, cell.value, cell.source, cell.checked_on)
                    said.setdefault(column, []).append(told)
    kinds = {register.id for register in registers_of_people(pack)}
    outside = sum(1 for _, name in hats if name in kinds) - len(seen)
    known = row if seen and row is not None else None
    return Side(
        subject,
        tuple(ids),
        tuple({register.id: register for register in seen}.values()),
        said,
        outside,
        known.birth_year if known else None,
        known.gender if known else None,
    )


def group_of(subject_id: int) -> list[int]:
    """The subject and whatever was merged into it: of a canonical one all, of a merged one what comes with it."""
    with entered(Scope.system()):
        return below(subject_id)
