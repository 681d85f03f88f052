"""What goes in and what comes out: reports and outcomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from guiyan.registers.values import Value


@dataclass(frozen=True, slots=True)
class Report:
    """What one source says of one subject on one day. Typed values; who is meant follows from the key if not given.

    cleared: fields that the source says are empty. unit_id: the unit outside government whose own entry it is.
    """

    values: Mapping[str, Value]
    source: str
    at: date
    basis: str = ""
    subject_id: int | None = None
    cleared: frozenset[str] = frozenset()
    row: int = 0  # of the file it stood in
    unit_id: int | None = None


class Outcome(StrEnum):
    CREATED = "created"  # a subject nobody knew
    LINKED = "linked"  # a known subject, new in this register
    CHANGED = "changed"  # the register shows something else than before
    UNCHANGED = "unchanged"  # said before, or outweighed by what is trusted more


@dataclass(frozen=True, slots=True)
class Taken:
    subject_id: int
    outcome: Outcome
