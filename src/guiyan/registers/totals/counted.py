"""Which totals there are: by the register that shows them, and by the one whose entries they count."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from guiyan.packs.pack import Pack
from guiyan.packs.register import Field, Register
from guiyan.packs.register_parts import Total
from guiyan.registers.declared import links_of


@dataclass(frozen=True)
class Counted:
    """One total. kind: the relation that leads from the entry that shows it to what it counts; "" where matched."""

    register: Register
    field: Field
    total: Total
    of: Register
    kind: str

    @property
    def day(self) -> str | None:
        return self.total.on or (self.of.journal.on if self.of.journal is not None else None)


_known: dict[str, tuple[Counted, ...]] = {}


def totals_of(pack: Pack) -> tuple[Counted, ...]:
    if pack.digest not in _known:
        _known.clear()
        _known[pack.digest] = tuple(found(pack))
    return _known[pack.digest]


def found(pack: Pack) -> list[Counted]:
    made = []
    for register in pack.registers.values():
        for field in register.fields.values():
            if field.total is not None and not field.retired:
                of = pack.registers[field.total.of]
                kinds = [link.kind for link in links_of(of) if link.number.id == field.total.by]
                made.append(Counted(register, field, field.total, of, kinds[0] if kinds else ""))
    return made


def shown_by(pack: Pack, register: Register) -> list[Counted]:
    """The totals that lie in the register's table."""
    return [one for one in totals_of(pack) if one.register.id == register.id and not one.field.ages]


def aging_in(pack: Pack, register: Register) -> list[Counted]:
    return [one for one in totals_of(pack) if one.register.id == register.id and one.field.ages]


def counting(pack: Pack, register: Register) -> list[Counted]:
    """The stored totals that what is written in the register may change."""
    return [one for one in totals_of(pack) if one.of.id == register.id and not one.field.ages]


def remainders_of(register: Register) -> list[Field]:
    return [field for field in register.fields.values() if field.remainder is not None and not field.retired]


def digest_of(register: Register, field: Field, pack: Pack) -> str:
    """Of all that a derived column's values depend on but the entries: another digest, and it is filled anew."""
    told: list[object] = [field.type]
    if field.total is not None:
        of = pack.registers[field.total.of]
        journal = of.journal.on if of.journal is not None else ""
        references = [link.kind for link in links_of(of) if link.number.id == field.total.by]
        told += [field.total.model_dump(mode="json"), journal, references]
    elif field.remainder is not None:
        parts = (register.fields[name] for name in (field.remainder.less, field.remainder.of))
        told += [field.remainder.model_dump(mode="json"), *(digest_of(register, one, pack) for one in parts)]
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
