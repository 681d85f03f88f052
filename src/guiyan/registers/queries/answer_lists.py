"""The office's list of enquiries, orders and bookings: all registers of answers in one, cut by key, searched, filtered.

Every answer is a subject of its own, so subjects' numbers order them by when they were sent, whatever they are about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers import lookups  # noqa: F401
from guiyan.registers.cursor import Cursor
from guiyan.registers.declared import key_of
from guiyan.registers.models import Subject
from guiyan.registers.queries.answers import HANDLE, AnswerLine, answer_registers, line_of, rule_of, turns
from guiyan.registers.queries.lists import called
from guiyan.registers.tables import attribute, table_of

OPEN, NEW, ALL = "open", "new", "all"
ANSWER_VIEWS: Mapping[str, str] = {OPEN: "没办完的", NEW: "等回复", ALL: "全部"}
NEWEST = "-subject"
SIZE = 30


@dataclass(frozen=True)
class AnswerList:
    lines: tuple[AnswerLine, ...]
    next: Cursor | None
    previous: Cursor | None


def answer_list(
    actor: Actor,
    *,
    view: str = OPEN,
    register: str = "",
    region: int | None = None,
    search: str = "",
    cursor: Cursor | None = None,
    size: int = SIZE,
) -> AnswerList:
    """One page of what an office answers, the newest first. One query a register of answers, and three more.

    search: the beginning of what is asked about, of the asker's name (pinyin and initials too), or of the number.
    """
    forward = cursor is None or cursor.forward
    wanted = [one for one in answer_registers() if register in ("", one.id)]
    people = meant(search)
    found: list[tuple[Register, Model]] = []
    for one in wanted:
        rows = narrowed(visible(actor, HANDLE, at_stage(one, view), subject=None), one, region, search, people)
        if cursor is not None:
            rows = rows.filter(**{f"subject_id__{'lt' if forward else 'gt'}": cursor.pk})
        found += [(one, row) for row in rows.order_by("-subject_id" if forward else "subject_id")[: size + 1]]
    found.sort(key=lambda pair: pair[1].subject_id, reverse=forward)  # type: ignore[attr-defined]
    more, page = len(found) > size, found[:size]
    page = page if forward else page[::-1]
    keys = [Cursor(NEWEST, None, row.subject_id, True) for _, row in page]  # type: ignore[attr-defined]
    has_next, has_previous = (more, cursor is not None) if forward else (True, more)
    return AnswerList(
        tuple(lines_of_all(page)),
        keys[-1] if keys and has_next else None,
        keys[0].backward() if keys and has_previous else None,
    )


def at_stage(register: Register, view: str) -> QuerySet[Model]:
    rows = table_of(releases.current(), register.id)._default_manager.all()
    if view == OPEN:
        return rows.exclude(level__in=rule_of(register).ended)
    assert register.ladder is not None
    return rows.filter(level=register.ladder.start) if view == NEW else rows


def meant(search: str) -> list[int]:
    """Entries and askers called so, wherever the askers live: their names stand in the list."""
    with entered(Scope.system()):
        return called(search) or []


def narrowed(
    rows: QuerySet[Model], register: Register, region: int | None, search: str, people: Sequence[int]
) -> QuerySet[Model]:
    if region is not None:
        low, high = subtree(region)
        rows = rows.filter(region__gte=low, region__lt=high)
    if not search:
        return rows
    key = key_of(register)
    assert key is not None
    number = Q(**{f"{attribute(key.id)}__startswith": search.upper()})
    return rows.filter(number | Q(subject_id__among=people) | Q(holder_id__among=people))


def lines_of_all(page: Sequence[tuple[Register, Model]]) -> Iterable[AnswerLine]:
    """Two queries, whatever registers they are of."""
    ids = [row.subject_id for _, row in page]  # type: ignore[attr-defined]
    first, last = turns({register.id for register, _ in page}, ids)
    names = dict(Subject.objects.filter(pk__in={row.holder_id for _, row in page}).values_list("pk", "display_name"))  # type: ignore[attr-defined]
    return [line_of(register, row, first, last, names) for register, row in page]


def answers_chosen(actor: Actor, register: Register, subject_ids: Sequence[int]) -> list[AnswerLine]:
    """Those of them that this office answers, in the order of the list."""
    rows = table_of(releases.current(), register.id)._default_manager.filter(subject_id__in=list(subject_ids))
    mine = visible(actor, HANDLE, rows.order_by("-subject_id"), subject=None)
    return list(lines_of_all([(register, row) for row in mine]))
