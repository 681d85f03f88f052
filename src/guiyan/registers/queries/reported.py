"""What residents may report, what is known of them already, and what became of what they said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register, Source
from guiyan.registers import sealing, states
from guiyan.registers.declared import home_register
from guiyan.registers.keeping.marks import mark_of, marks_of
from guiyan.registers.models import Assertion, Subject
from guiyan.registers.queries.drafts import Draft, draft_of
from guiyan.registers.queries.entries import first_row, said_by, values_of
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.tables import attributes_of
from guiyan.registers.values import Value, from_json

OWN_DRAFT = "my:"
LATEST = 20


@dataclass(frozen=True)
class Said:
    """One field of a report: what she said, what the register shows today and who says that.

    stands: whether the register shows what she said.
    """

    field: Field
    mine: Value
    now: Value
    source: str
    on: date | None
    stands: bool


@dataclass(frozen=True)
class OwnReport:
    """The last she reported of one subject: `of` is its name, herself or her firm."""

    register: Register
    subject_id: int
    of: str
    at: datetime
    times: int
    rows: tuple[Said, ...]

    @property
    def outweighed(self) -> tuple[Said, ...]:
        return tuple(one for one in self.rows if not one.stands)


def portal_source(register: Register) -> Source | None:
    """Whose words a resident's report is; None where the register takes none."""
    return next(iter(register.sources_by("portal")), None)


def is_newcomer(actor: Actor) -> bool:
    """A resident's account that no subject belongs to yet."""
    return actor.kind == "user" and actor.subject_id is None and not actor.grants


def open_to_residents() -> list[Register]:
    """The registers that take reports about people and firms from whoever they are about."""
    kinds = (states.PERSON, states.ORGANISATION)
    return [one for one in releases.current().registers.values() if portal_source(one) and one.subject in kinds]


def own_subjects(actor: Actor, register: Register) -> list[Subject]:
    """Herself, or the firms that are hers; within the entered scope."""
    if actor.subject_id is None:
        return []
    if register.subject == states.PERSON:
        return list(Subject.objects.filter(pk=actor.subject_id))
    held = Subject.objects.filter(holder_id__in=actor.subject_ids, kind=register.subject, merged_into_id=None)
    return list(held.order_by("display_name", "pk")[:LATEST])


def own_draft(actor: Actor, register: str, subject_id: int) -> Draft | None:
    return draft_of(actor, f"{OWN_DRAFT}{register}", subject_id)


def known_of(pack: Pack, register: Register, subject_id: int) -> dict[str, Value]:
    """Field → what is known, numbers masked: the register's own, else what her home register says under the name."""
    row = first_row(pack, register.id, subject_id)
    own = values_of(register, row) if row is not None else {}
    found: dict[str, Value] = {name: value for name, value in own.items() if value not in (None, (), "")}
    for name, value in from_home(pack, register, subject_id).items():
        found.setdefault(name, value)
    return found


def from_home(pack: Pack, register: Register, subject_id: int) -> dict[str, Value]:
    home = home_register(pack, register.subject)
    row = first_row(pack, home, subject_id) if home is not None and home != register.id else None
    if home is None or row is None:
        return {}
    declared = pack.registers[home]
    same = {n for n, one in register.fields.items() if n in declared.fields and declared.fields[n].type == one.type}
    found: dict[str, Value] = {
        n: v for n, v in values_of(declared, row).items() if n in same and v not in (None, (), "")
    }
    place = getattr(row, "region", None)
    return {register.region_field: place, **found} if isinstance(place, int) else found


def number_known(pack: Pack, register: Register, field: Field, subject_id: int) -> str | None:
    """A number in full, for a report of whoever it is of: the entry's own stands by itself, so only the home's."""
    row = first_row(pack, register.id, subject_id)
    sealed = attributes_of(field.id, True)[0]
    if row is not None and getattr(row, sealed) is not None:
        return None
    home = home_register(pack, register.subject)
    if home is None or home == register.id or field.id not in pack.registers[home].fields:
        return None
    held = first_row(pack, home, subject_id)
    known = getattr(held, sealed, None) if held is not None else None
    return sealing.opened(field.type, bytes(known)) if known is not None else None


def own_reports(actor: Actor) -> list[OwnReport]:
    """What she reported, register by register, the latest of each; within the entered scope."""
    if actor.subject_id is None:
        return []
    open_ones = open_to_residents()
    said = Assertion.objects.filter(subject_id__in=actor.subject_ids, register__in=[one.id for one in open_ones])
    of_herself = set(said.values_list("register", "source").distinct())
    found = []
    for register in open_ones:
        source = portal_source(register)
        if register.subject == states.PERSON and (register.id, source.id if source else "") not in of_herself:
            continue
        found += [own_report(actor, register, who) for who in own_subjects(actor, register)]
    return [one for one in found if one is not None]


def own_report(actor: Actor, register: Register, subject: Subject) -> OwnReport | None:
    """None where she never reported."""
    source = portal_source(register)
    assert source is not None
    said = Assertion.objects.filter(subject_id__in=same_as(subject.pk), register=register.id, source=source.id)
    last = said.order_by("-pk").first()
    if last is None:
        return None
    rows = tuple(rows_of(register, subject.pk, last.fields, source))
    return OwnReport(register, subject.pk, subject.display_name, last.recorded_at, said.count(), rows)


def rows_of(register: Register, subject_id: int, fields: Mapping[str, object], source: Source) -> list[Said]:
    row = first_row(releases.current(), register.id, subject_id)
    values = values_of(register, row) if row is not None else {}
    marks = marks_of(register, row) if row is not None else {}
    told = said_by(register, row) if row is not None else {}
    found = []
    for name, stored in fields.items():
        field = register.fields.get(name)
        if field is None or field.retired:
            continue
        mine, mark = as_said(register, field, stored)
        by, on = told.get(name, ("", None))
        found.append(Said(field, mine, values.get(name), by, on, marks.get(name, "") == mark))
    order = {name: place for place, name in enumerate(source.asks)}
    return sorted(found, key=lambda one: order.get(one.field.id, len(order)))


def as_said(register: Register, field: Field, stored: object) -> tuple[Value, str]:
    """What a page shows of it, and its mark."""
    if field.encrypted:
        sealed = sealing.from_json(stored)
        if sealed is None:
            return None, ""
        return sealing.masked(field, sealed.text), mark_of(register, field.id, sealing.opened(field.type, sealed.text))
    value = from_json(field, stored)
    return value, mark_of(register, field.id, value)


def known_of_now(register: str, subject_id: int) -> dict[str, Value]:
    """`known_of` in the release in force."""
    pack = releases.current()
    return known_of(pack, pack.registers[register], subject_id)
