"""What is known of somebody, as facts for rules and forms, each with who said it. What isn't known isn't here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Model

from guiyan.kernel import releases
from guiyan.packs.pack import Pack
from guiyan.packs.register import Derived, Register
from guiyan.registers import states
from guiyan.registers.models import Relation
from guiyan.registers.queries.entries import said_by, values_of
from guiyan.registers.queries.recognitions import FACT, recognised_as
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.schema.columns import default_sort
from guiyan.registers.tables import table_of
from guiyan.registers.values import Value

AGE = "age_years"
BORN = "birth_date"


@dataclass(frozen=True)
class FactRow:
    fact: str
    label: str
    value: Value
    source: str
    checked_on: date | None


def facts_of(subject_id: int, on: date) -> dict[str, Value]:
    """Fact → value, for rules."""
    return {row.fact: row.value for row in facts_with_sources(subject_id, on)}


def facts_with_sources(subject_id: int, on: date) -> list[FactRow]:
    """Facts known on that day, from all registers, within the entered scope; the first register's answer counts."""
    pack = releases.current()
    ids = same_as(subject_id)
    found = facts_of_ids(pack, ids, on)
    for row in (*facts_of_founder(pack, ids, on), *recognition_facts(pack, ids, on)):
        found.setdefault(row.fact, row)
    return list(found.values())


def recognition_facts(pack: Pack, ids: Sequence[int], on: date) -> Iterator[FactRow]:
    """What an organisation was recognised as and still is."""
    codes = recognised_as(pack, ids, on) if FACT in pack.facts else None
    if codes is not None:
        yield FactRow(FACT, pack.facts[FACT].label, codes, pack.facts[FACT].source, None)


def facts_of_ids(pack: Pack, ids: Sequence[int], on: date) -> dict[str, FactRow]:
    """What the registers say of somebody's own entries, under whichever of these ids."""
    found: dict[str, FactRow] = {}
    for register in filter(tells_something, pack.registers.values()):
        for row in facts_from(pack, register, ids, on):
            found.setdefault(row.fact, row)
    return found


def facts_of_founder(pack: Pack, ids: Sequence[int], on: date) -> list[FactRow]:
    """What an organisation is by who founded it (创办人年龄); nothing where it has none, or several."""
    wanted = {fact.of_founder: fact for fact in pack.facts.values() if fact.of_founder}
    founded = Relation.objects.filter(kind=states.FOUNDER, to_subject_id__in=ids, valid_to=None)
    founders = {same_as(one)[0] for one in founded.values_list("from_subject_id", flat=True)} if wanted else set()
    if len(founders) != 1:
        return []
    hers = facts_of_ids(pack, same_as(founders.pop()), on)
    return [
        FactRow(fact.id, fact.label, hers[name].value, hers[name].source, hers[name].checked_on)
        for name, fact in wanted.items()
        if name in hers
    ]


def tells_something(register: Register) -> bool:
    """Whether any fact comes from it; most registers are lists of their own, and are not asked for every person."""
    return bool(register.facts) or BORN in register.fields or any(one.fact for one in register.fields.values())


def facts_from(pack: Pack, register: Register, ids: Sequence[int], on: date) -> Iterator[FactRow]:
    model = table_of(pack, register.id)
    own = model._default_manager.filter(subject_id__in=ids).order_by("pk").first()
    if own is not None:
        yield from field_facts(pack, register, own, on)
    relations = {derived.relation for derived in register.facts if derived.relation}
    related = {kind: related_rows(register, model, kind, ids) for kind in relations}
    for derived in register.facts:
        rows = related[derived.relation] if derived.relation else [own] if own is not None else []
        row = derived_fact(pack, register, derived, rows)
        if row is not None:
            yield row


def field_facts(pack: Pack, register: Register, row: Model, on: date) -> Iterator[FactRow]:
    values, said = values_of(register, row), said_by(register, row)
    for one in register.fields.values():
        if one.fact and one.fact in pack.facts and values[one.id] is not None:
            yield FactRow(one.fact, pack.facts[one.fact].label, values[one.id], *said.get(one.id, ("", None)))
    born = values.get(BORN)
    if isinstance(born, date) and AGE in pack.facts:
        yield FactRow(AGE, pack.facts[AGE].label, age_years(born, on), *said.get(BORN, ("", None)))


def related_rows(register: Register, model: type[Model], kind: str, ids: Sequence[int]) -> list[Model]:
    """The entries somebody stands in this relation to, in the register's own order, oldest first."""
    others = Relation.objects.filter(kind=kind, from_subject_id__in=ids).values_list("to_subject_id", flat=True)
    rows = list(model._default_manager.filter(subject_id__in=list(others)))
    name, _ = default_sort(register)
    return sorted(rows, key=lambda row: (getattr(row, f"f_{name}", None) or date.min, row.pk))


def derived_fact(pack: Pack, register: Register, derived: Derived, rows: Sequence[Model]) -> FactRow | None:
    """None without entries: a register that doesn't know somebody doesn't say that there is nothing."""
    if not rows or derived.fact not in pack.facts:
        return None
    label = pack.facts[derived.fact].label
    if derived.take in ("exists", "count") or derived.of is None:
        newest = max((row.checked_on for row in rows if row.checked_on), default=None)  # type: ignore[attr-defined]
        if derived.take == "exists":
            return FactRow(derived.fact, label, True, register.label, newest)
        return FactRow(derived.fact, label, len(rows), who_counted(register, rows[-1]), newest)
    telling = [row for row in rows if getattr(row, f"f_{derived.of}") is not None]
    if not telling:
        return None
    chosen = telling[0] if derived.take == "first" else telling[-1]
    value: Value = getattr(chosen, f"f_{derived.of}")
    if derived.take == "sum":
        value = sum(getattr(row, f"f_{derived.of}") for row in telling)
    return FactRow(derived.fact, label, value, *said_by(register, chosen).get(derived.of, (register.label, None)))


def registers_telling(pack: Pack, fact: str) -> list[Register]:
    """The registers whose entries tell a fact, in the order in which they are asked."""
    declared = pack.facts[fact]
    if declared.of_founder:
        return registers_telling(pack, declared.of_founder)
    return [one for one in pack.registers.values() if tells(one, fact)]


def tells(register: Register, fact: str) -> bool:
    own = (one.fact == fact for one in register.fields.values())
    age = fact == AGE and register.home and BORN in register.fields
    return age or any(own) or any(one.fact == fact for one in register.facts)


def who_counted(register: Register, row: Model) -> str:
    """Whose entries were counted, by the last of them: 市场监管共享."""
    return next((source for source, _ in said_by(register, row).values() if source), register.label)


def age_years(born: date, on: date) -> int:
    """Completed years; who is born on 29 February is a year older on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
