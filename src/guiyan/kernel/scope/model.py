"""What a scope is, and how it is written as settings of a PostgreSQL transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from guiyan.kernel.regions import Interval

EVERYTHING = "{[0,)}"
SETTINGS = (
    "guiyan.regions",
    "guiyan.units",
    "guiyan.subject",
    "guiyan.user",
    "guiyan.public",
    "guiyan.audit",
)


@dataclass(frozen=True)
class Scope:
    """The rows that may be touched: any dimension that matches a row opens it.

    regions: half-open intervals of region codes; units: unit ids; subject_id, user_id: one's own rows;
    earlier_ids: subjects merged into one's own.
    public: rows released to everybody. audit: the audit log. everything: the system itself.
    """

    regions: tuple[Interval, ...] = ()
    units: frozenset[int] = field(default_factory=frozenset)
    subject_id: int | None = None
    earlier_ids: tuple[int, ...] = ()
    user_id: int | None = None
    public: bool = False
    audit: bool = False
    everything: bool = False

    @classmethod
    def system(cls) -> Scope:
        return cls(public=True, audit=True, everything=True)

    @classmethod
    def public_pages(cls) -> Scope:
        return cls(public=True)

    @classmethod
    def of_subject(cls, subject_id: int) -> Scope:
        return cls(subject_id=subject_id, public=True)

    @property
    def subject_ids(self) -> frozenset[int]:
        return frozenset(self.earlier_ids) | ({self.subject_id} if self.subject_id is not None else frozenset())

    def settings(self) -> tuple[str, ...]:
        """The values of SETTINGS, in their order."""
        flags = ("on" if self.public else "", "on" if self.audit else "")
        if self.everything:
            return (EVERYTHING,) * 4 + flags
        return (
            multirange(self.regions),
            multirange(single(unit) for unit in sorted(self.units)),
            multirange(single(subject) for subject in sorted(self.subject_ids)),
            multirange([single(self.user_id)] if self.user_id is not None else []),
            *flags,
        )


def single(number: int) -> Interval:
    return number, number + 1


def multirange(intervals: Iterable[Interval]) -> str:
    """A PostgreSQL int8multirange; empty text when there is nothing in it."""
    inside = ",".join(f"[{low:d},{high:d})" for low, high in intervals)
    return f"{{{inside}}}" if inside else ""
