"""A page of a register: searched, filtered, sorted, cut by key, never by counting rows past."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import subtree
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.registers import lookups, sealing  # noqa: F401
from guiyan.registers.behind import behind
from guiyan.registers.cursor import Cursor
from guiyan.registers.declared import shown_fields
from guiyan.registers.models import Assertion, SearchTerm
from guiyan.registers.queries.entries import label_of
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.schema.columns import default_sort
from guiyan.registers.seeing import is_seen
from guiyan.registers.tables import attribute, attributes_of, register_of, table_of
from guiyan.registers.terms import range_of_prefix
from guiyan.registers.totals import aged
from guiyan.registers.values import Value

PAGE = 20
FILTER, OUT = "f-", "out"
COUNTED = 10_000
MOST_CALLED = 15_000
RANGES = ("date", "region")  # filtered by a stretch of values: a year, a county


@dataclass(frozen=True)
class Line:
    subject_id: int
    region: int
    checked_on: date | None
    values: Mapping[str, Value]
    sources: frozenset[str]
    level: str = ""
    unit_id: int | None = None


@dataclass(frozen=True)
class EntryList:
    register: Register
    columns: tuple[Field, ...]
    lines: tuple[Line, ...]
    total: int  # at most COUNTED + 1
    next: Cursor | None
    previous: Cursor | None
    sort: str

    @property
    def total_words(self) -> str:
        return capped(self.total)


def entry_list(
    actor: Actor,
    register_id: str,
    *,
    search: str = "",
    region: int | None = None,
    filters: Mapping[str, str] | None = None,
    sort: str = "",
    cursor: Cursor | None = None,
    columns: Sequence[str] = (),
    level: str = "",
    about: int | None = None,
    total: str = "",
    sender: int | None = None,
    size: int = PAGE,
) -> EntryList:
    """One page of what the actor may see. Five queries and two settings, fewer for nobody; searched, six.

    filters: field → value, for fields declared `filter`; anything else is ignored. sort: `field` or `-field`.
    about, total: only the records about a subject, or behind a total of its (`investor.deals`).
    sender: only what this unit outside government sent.
    """
    pack = releases.current()
    register = register_of(pack, register_id)
    order = allowed_sort(register, sort)
    with by_index():
        people = called(search)
        rows = narrowed(seen_by(actor, pack, register), register, "", region, filters or {})
        rows = at_level(rows, register, level)
        rows = rows if sender is None else rows.filter(unit_id=sender)
        rows = rows if people is None else rows.filter(subject_id__among=people)
        rows = behind(rows, pack, register, same_as(about), total) if about is not None else rows
        narrow = people is not None or sender is not None
        in_order = rows if narrow else countable(rows, register, filters or {}, level)
        number = counted(in_order)
        # Of nobody there is no page: an order would be walked to its end to find that out again.
        found, more = page(rows, order, cursor, size, gathered=people is not None) if number else ([], False)
    chosen = chosen_columns(register, columns)
    aged(pack, register, found, [one.id for one in chosen])
    lines = lines_of(actor, register, chosen, found)
    forward = cursor is None or cursor.forward
    keys = [Cursor(order, getattr(row, attribute(order.lstrip("-"))), row.pk, True) for row in found]
    has_next, has_previous = (more, cursor is not None) if forward else (True, more)
    return EntryList(
        register,
        tuple(chosen),
        tuple(lines),
        number,
        keys[-1] if keys and has_next else None,
        keys[0].backward() if keys and has_previous else None,
        order,
    )


def entry_counts(actor: Actor, registers: Sequence[Register]) -> dict[str, int]:
    """Register → how many of its entries the actor may see; at most COUNTED + 1."""
    pack = releases.current()
    with by_index():
        return {one.id: counted(countable(seen_by(actor, pack, one), one, {}, "")) for one in registers}


def counted(rows: QuerySet[Model]) -> int:
    return int(rows.values("pk")[: COUNTED + 1].count())


@contextmanager
def by_index() -> Iterator[None]:
    """No plan in this block reads a table from end to end: where few rows answer, it would not stop before the end.

    The planner takes that for cheap as long as it expects rows soon, and what it expects is what it knows of columns
    one by one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield
        cursor.execute("SET LOCAL enable_seqscan = on")


def capped(total: int) -> str:
    return f"{COUNTED:,}多" if total > COUNTED else f"{total:,}"


def seen_by(actor: Actor, pack: Pack, register: Register) -> QuerySet[Model]:
    return visible(actor, "register.view", table_of(pack, register.id)._default_manager.all(), subject=None)


def entries_for(actor: Actor, pack: Pack, register: Register, query: Mapping[str, str]) -> QuerySet[Model]:
    """What a list shows at an address: `q`, `region`, `level`, `sender` and `f-<field>` of it count."""
    filters = {name.removeprefix(FILTER): text for name, text in query.items() if name.startswith(FILTER)}
    region = whole(query.get("region", ""))
    rows = narrowed(seen_by(actor, pack, register), register, query.get("q", ""), region, filters)
    rows = at_level(rows, register, query.get("level", ""))
    sender = whole(query.get("sender", ""))
    rows = rows if sender is None else rows.filter(unit_id=sender)
    about = whole(query.get("about", ""))
    return behind(rows, pack, register, same_as(about), query.get("total", "")) if about is not None else rows


def at_level(rows: QuerySet[Model], register: Register, level: str) -> QuerySet[Model]:
    """`out`: on no step. Registers without a ladder have no such filter."""
    if not level or register.ladder is None:
        return rows
    return rows.filter(level="" if level == OUT else level)


def narrowed(
    rows: QuerySet[Model], register: Register, search: str, region: int | None, filters: Mapping[str, str]
) -> QuerySet[Model]:
    if region is not None:
        low, high = subtree(region)
        rows = rows.filter(region__gte=low, region__lt=high)
    low_term, high_term = range_of_prefix(search)
    if low_term:
        named = SearchTerm.objects.filter(term__gte=low_term, term__lt=high_term).values("subject_id")
        rows = rows.filter(subject_id__in=named)
    for name, text in filters.items():
        field = register.fields.get(name)
        if field is not None and field.filter and not field.retired and text:
            rows = rows.filter(lies_in(field, text) if name == register.region_field else condition(field, text))
    return rows


def lies_in(field: Field, text: str) -> Q:
    """The place of entries themselves: an entry lies where this field says, so its region is asked instead.

    Every index that orders has the region in it: those who live elsewhere are passed by there, and not fetched to be
    looked at. Both would be taken for two conditions that have nothing to do with each other.
    """
    try:
        low, high = subtree(int(text))
    except ValueError:
        return Q(pk__in=())
    return Q(region__gte=low, region__lt=high, **{f"{attribute(field.id)}__isnull": False})


def called(search: str) -> list[int] | None:
    """Whom a search means, in one query of its own; None where nothing was asked for.

    With their ids the planner knows how many there are: it would guess from a part of the terms, and for a rare one
    walk the whole register to look for its few people. Of terms that more have than MOST_CALLED, so many are meant.
    """
    low, high = range_of_prefix(search)
    if not low:
        return None
    terms = SearchTerm.objects.filter(term__gte=low, term__lt=high).order_by("term")
    return sorted(set(terms.values_list("subject_id", flat=True)[:MOST_CALLED]))


def countable(rows: QuerySet[Model], register: Register, filters: Mapping[str, str], level: str) -> QuerySet[Model]:
    """In the order of the index that narrows them, so that counting to COUNTED takes that one and no other.

    To the planner any index that has the region in it would do, for it believes rows that answer to lie everywhere.
    """
    fields = [register.fields[name] for name, text in filters.items() if text and name in register.fields]
    asked = [field for field in fields if field.filter and not field.retired]
    alike = [field for field in asked if field.type not in RANGES]
    if alike or (level and register.ladder is not None):
        return rows.order_by(attribute(default_sort(register)[0]), "pk")
    place = not asked or asked[0].id == register.region_field
    return rows.order_by("region" if place else attribute(asked[0].id))


def condition(field: Field, text: str) -> Q:
    """A filter as typed into the address. What can't be one selects nothing rather than everything."""
    name = attribute(field.id)
    try:
        match field.type:
            case "bool":
                return Q(**{f"{name}__told": {"true": True, "false": False}[text]})
            case "int" | "decimal" | "money":
                return Q(**{name: int(text)})
            case "region":
                low, high = subtree(int(text))
                return Q(**{f"{name}__gte": low, f"{name}__lt": high})
            case "date":
                return days(name, text)
    except (KeyError, ValueError):
        return Q(pk__in=())
    return Q(**{name: text})


def days(name: str, text: str) -> Q:
    """A year, a month or a day: 2026, 2026-03, 2026-03-18."""
    parts = [int(part) for part in text.split("-")]
    year, month, day = (*parts, 0, 0)[:3]
    if day:
        return Q(**{name: date(year, month, day)})
    first = date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return Q(**{f"{name}__gte": first, f"{name}__lt": after})


def allowed_sort(register: Register, wanted: str) -> str:
    """What was asked for if the register sorts by it, else its own order."""
    name = wanted.lstrip("-")
    declared = register.fields.get(name)
    if name == "checked_on" or (declared is not None and declared.sort and not declared.retired):
        return wanted
    own, descending = default_sort(register)
    return f"-{own}" if descending else own


def page(
    rows: QuerySet[Model], order: str, cursor: Cursor | None, size: int, *, gathered: bool = False
) -> tuple[list[Model], bool]:
    """The rows after (or before) the cursor, in display order, and whether there are more that way.

    gathered: they are known by id, and are sorted; no index is walked in the hope of meeting them.

    Empty values come last either way. They are a second range of the same index, asked only when the first runs out.
    """
    forward = cursor is None or cursor.forward
    if cursor is not None and cursor.order != order:
        cursor, forward = None, True
    name = attribute(order.lstrip("-"))
    descending = order.startswith("-")
    walk_down = descending == forward
    ranges = [False, True] if forward else [True, False]  # whether the sort value is empty
    found: list[Model] = []
    for empty in ranges:
        if cursor is not None and forward and cursor.value is None and not empty:
            continue
        if cursor is not None and not forward and cursor.value is not None and empty:
            continue
        part = rows.filter(**{f"{name}__isnull": empty})
        at_cursor = cursor is not None and (cursor.value is None) == empty
        part = beyond(part, name, cursor, walk_down, empty) if cursor is not None and at_cursor else part
        keys = ("pk",) if empty else (name, "pk")
        sorts = [Coalesce(key, key) if gathered else F(key) for key in keys]
        part = part.order_by(*(key.desc() if walk_down else key.asc() for key in sorts))
        found += list(part[: size + 1 - len(found)])
        if len(found) > size:
            break
    more = len(found) > size
    found = found[:size]
    return (found if forward else found[::-1]), more


def beyond(part: QuerySet[Model], name: str, cursor: Cursor, walk_down: bool, empty: bool) -> QuerySet[Model]:
    side = "lt" if walk_down else "gt"
    if empty:
        return part.filter(**{f"pk__{side}": cursor.pk})
    later = Q(**{f"{name}__{side}": cursor.value}) | Q(**{name: cursor.value, f"pk__{side}": cursor.pk})
    # The first condition lets the index begin at the cursor; the second cuts ties.
    return part.filter(Q(**{f"{name}__{side}e": cursor.value})).filter(later)


def chosen_columns(register: Register, wanted: Sequence[str]) -> list[Field]:
    """The columns asked for that exist, in declared order; else those the register begins with, or the first eight."""
    fields = [one for one in shown_fields(register) if one.type not in ("list", "long_text")]
    chosen = [one for one in fields if one.id in wanted]
    first = [register.fields[name] for name in register.screens.list_]
    return chosen or first or [one for one in fields if not one.seen_by][:8]


def lines_of(actor: Actor, register: Register, columns: Sequence[Field], rows: Sequence[Model]) -> list[Line]:
    subjects = [row.subject_id for row in rows]  # type: ignore[attr-defined]
    told = Assertion.objects.filter(register=register.id, subject_id__in=subjects)
    sources: dict[int, set[str]] = {}
    for subject_id, source in told.values_list("subject_id", "source").distinct():
        sources.setdefault(subject_id, set()).add(source)
    return [
        Line(
            row.subject_id,  # type: ignore[attr-defined]
            row.region,  # type: ignore[attr-defined]
            row.checked_on,  # type: ignore[attr-defined]
            {one.id: shown(one, row) if is_seen(actor, one, row) else None for one in columns},
            frozenset(sources.get(row.subject_id, ())),  # type: ignore[attr-defined]
            row.level,  # type: ignore[attr-defined]
            row.unit_id if register.senders else None,  # type: ignore[attr-defined]
        )
        for row in rows
    ]


def shown(one: Field, row: Model) -> Value:
    stored = getattr(row, attributes_of(one.id, one.encrypted)[0])
    return sealing.masked(one, stored) if one.encrypted else stored


__all__ = ["COUNTED", "EntryList", "Line", "entry_list", "label_of"]
