"""What an organisation was recognised as: standing memberships in the registers that recognitions enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guiyan.kernel import releases
from guiyan.packs.outcome import MEMBERSHIP_FIELDS
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.models import ImportRun, Relation, Subject
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.tables import table_of

FACT = "recognised_as"


@dataclass(frozen=True)
class Recognition:
    """One membership: of which register, under which number, as what, from and to which day (included)."""

    register: str
    label: str
    subject_id: int
    name: str
    number: str
    code: str
    recognised_on: date | None
    valid_to: date | None

    def stands(self, on: date) -> bool:
        """Without an end nobody has limited it; without a beginning nobody has said it began."""
        begun = self.recognised_on is not None and self.recognised_on <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


def recognising(pack: Pack) -> list[Register]:
    """The registers that have what a recognition fills in."""
    return [
        register
        for register in pack.registers.values()
        if all(
            name in register.fields and register.fields[name].type == kind for name, kind in MEMBERSHIP_FIELDS.items()
        )
    ]


def recognitions_of(subject_id: int) -> list[Recognition]:
    """All that this organisation runs and was recognised as, expired ones too; within the entered scope."""
    pack = releases.current()
    return [one for register in recognising(pack) for one in _held(pack, register, _run_by(same_as(subject_id)))]


def run_by(subject_id: int, register: str) -> list[Recognition]:
    """What this organisation runs of one such register, recognised or not (`code` is then empty)."""
    pack = releases.current()
    return _held(pack, pack.registers[register], _run_by(same_as(subject_id)), uncoded=True)


def recognised_as(pack: Pack, ids: Sequence[int], on: date) -> tuple[str, ...] | None:
    """The codes that stand on that day. Empty: there is none; None: a register that would say so was never filled."""
    registers = recognising(pack)
    if not registers or not Subject.objects.filter(pk__in=ids, kind=states.ORGANISATION).exists():
        return None
    run_by_it, found = _run_by(ids), list[str]()
    for register in registers:
        held = _held(pack, register, run_by_it)
        if not held and not is_filled(pack, register):
            return None
        found += [one.code for one in held if one.stands(on)]
    return tuple(dict.fromkeys(found))


def _run_by(ids: Sequence[int]) -> list[int]:
    runs = Relation.objects.filter(kind=states.OPERATOR, from_subject_id__in=ids, valid_to=None)
    return list(runs.values_list("to_subject_id", flat=True))


def _held(pack: Pack, register: Register, subject_ids: Sequence[int], *, uncoded: bool = False) -> list[Recognition]:
    if not subject_ids:
        return []
    rows = table_of(pack, register.id)._default_manager.filter(subject_id__in=subject_ids).order_by("pk")
    codes = register.fields["recognition"].codes
    return [
        Recognition(
            register.id,
            codes.get(code, ""),
            row.subject_id,  # type: ignore[attr-defined]
            str(getattr(row, f"f_{register.title_field}") or ""),
            str(row.f_number or ""),  # type: ignore[attr-defined]
            code,
            row.f_recognised_on,  # type: ignore[attr-defined]
            row.f_valid_to,  # type: ignore[attr-defined]
        )
        for row in rows
        if (code := row.f_recognition or "") in codes or uncoded  # type: ignore[attr-defined]
    ]


def is_filled(pack: Pack, register: Register) -> bool:
    """Whether anybody ever brought it in, be it with nobody in it."""
    if table_of(pack, register.id)._default_manager.exists():
        return True
    return ImportRun.objects.filter(register=register.id, undone_at=None).exists()
