"""Reports of another system, many at once: each is taken or refused in words by itself, all in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.regions import within
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.people import SEND
from guiyan.packs.register import Register
from guiyan.registers.importing.reading import ASK, NOT_YOURS, known_names
from guiyan.registers.importing.sent import foreign_among
from guiyan.registers.keeping.conditions import lacking
from guiyan.registers.queries.sending import rows_sent, sent_where
from guiyan.registers.rights.shutting import RIGHT, WRONG, is_shut, shut_keys
from guiyan.registers.sharing.binding import REGISTER as SHARED
from guiyan.registers.sharing.binding import note_taken, refuse_unauthorised
from guiyan.registers.sharing.offered import id_of
from guiyan.registers.tables import register_of
from guiyan.registers.values import Reader, Value
from guiyan.registers.writing import Outcome, Report, Taken, take
from guiyan.registers.wrong import WrongValue

REPORT = "register.import"
MOST = 500


@dataclass(frozen=True)
class Came:
    """What became of one row: outcome and subject_id, or `refused` with field → what is wrong and would be right.

    subject_id: for a sender the entry's id instead.
    """

    row: int
    outcome: str
    subject_id: int | None = None
    faults: Mapping[str, str] | None = None


@transaction.atomic
def report_in(
    actor: Actor, *, register: str, source: str, at: date | None, rows: Sequence[Mapping[str, object]]
) -> list[Came]:
    """Take what another system says of entries. A fault leaves the other rows alone; said again, nothing changes."""
    pack = releases.current()
    declared = register_of(pack, register)
    to = sent_where(actor, register) if holds(actor, SEND) else None
    if to is None:
        require(actor, REPORT)
    elif source != to.source.id:
        raise Refused(f"{to.unit.name}从接口报送的来源是“{to.source.id}”。", "unknown-source")
    if source not in {one.id for one in declared.sources_by("api")}:
        known = "、".join(one.id for one in declared.sources_by("api")) or "没有"
        raise Refused(f"“{declared.label}”不能由“{source}”从接口报送。可以的来源：{known}。", "unknown-source")
    if not 0 < len(rows) <= MOST:
        raise Refused(f"一次1至{MOST}条。", "rows")
    day = at or today()
    if day > today():
        raise Refused("日期不能晚于今天。", "future")
    reader = Reader(today(), known_names(pack))
    with entered(Scope.system()):
        use = refuse_unauthorised(id_of(register, source), SHARED)
        shut = shut_keys()
    read = [read_row(actor, declared, reader, row, shut) for row in rows]
    if to is not None:
        refuse_of_others(declared, read, to.unit.pk)
    good = [place for place, (_, faults) in enumerate(read) if not faults]
    with entered(Scope.system()):
        home = to.unit.region if to else min(low for grant in actor.grants for low, _ in grant.regions)
        unit_id = to.unit.pk if to else None
        reports = [Report(read[place][0], source, day, unit_id=unit_id) for place in good]
        taken = take(pack, declared, reports, region=home)
        by_place = dict(zip(good, taken, strict=True))
        counts = Counter(one.outcome.value for one in taken)
        detail: dict[str, str | int | bool | None] = {
            "source": source,
            "rows": len(rows),
            "refused": len(rows) - len(good),
        }
        audit.record(actor, f"register.report:{register}", f"register:{register}", region=home, detail=detail)
        note_taken(actor, use, how="api", of=None, name=source, rows=len(taken))
        if counts.total() > counts["unchanged"]:
            for one in taken:
                if one.outcome.value != "unchanged":
                    publish("subject.changed", subject_id=one.subject_id, register=register)
        if to is not None:
            taken = untold(actor, declared, taken)
            by_place = dict(zip(good, taken, strict=True))
    return [
        Came(place + 1, by_place[place].outcome.value, by_place[place].subject_id)
        if place in by_place
        else Came(place + 1, "refused", faults=read[place][1])
        for place in range(len(rows))
    ]


def refuse_of_others(
    register: Register, read: Sequence[tuple[dict[str, Value], dict[str, str]]], unit_id: int
) -> None:  # fmt: skip
    """A fault at the key of each row that is not this sender's."""
    name = register.key_field or ""
    with entered(Scope.system()):
        foreign = foreign_among(register, [values.get(name) for values, faults in read if not faults], unit_id)
    for values, faults in read:
        if values.get(name) in foreign:
            faults[name] = f"{NOT_YOURS}，{ASK}"


def untold(actor: Actor, register: Register, taken: Sequence[Taken]) -> list[Taken]:
    """As a sender is told: its entries by their own ids, and nobody known from elsewhere."""
    ids = [one.subject_id for one in taken]
    entries = dict(rows_sent(actor, register).filter(subject_id__in=ids).values_list("subject_id", "pk"))
    hidden = {Outcome.LINKED: Outcome.CREATED}
    return [Taken(entries[one.subject_id], hidden.get(one.outcome, one.outcome)) for one in taken]


def read_row(
    actor: Actor, register: Register, reader: Reader, row: Mapping[str, object], shut: frozenset[bytes]
) -> tuple[dict[str, Value], dict[str, str]]:
    """The typed values, or what is wrong with each field."""
    values: dict[str, Value] = {}
    faults: dict[str, str] = {}
    for name, raw in row.items():
        field = register.fields.get(name)
        if field is None or field.retired:
            faults[name] = "没有这个字段"
            continue
        if field.is_derived:
            faults[name] = "这一项由系统汇总，不用报送"
            continue
        try:
            values[name] = reader.read(field, "、".join(map(str, raw)) if isinstance(raw, list) else raw)
        except WrongValue as wrong:
            faults[name] = f"{wrong.wrong}，{wrong.right}"
    if not faults:
        faults |= {field.id: "必须填" for field in lacking(register, values)}
    if register.key_field and is_shut(register, values.get(register.key_field), shut):
        faults[register.key_field] = f"{WRONG}，{RIGHT}"
    place = values.get(register.region_field)
    ranges = [one for grant in actor.grants if REPORT in grant.permissions for one in grant.regions]
    if isinstance(place, int) and not holds(actor, SEND) and not within(ranges, place):
        faults[register.region_field] = "不在这把密钥的范围内"
    return values, faults
