"""What the register shows of one subject, on its way to the register's table."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.registers.projection import Projection, shortened


@dataclass(frozen=True, slots=True)
class EntryRow:
    """holder_id: for whom the entry is “mine”, as far as is known before it is written (see `relating`).

    is_typed: its values are as they were read, none comes from a report kept as JSON.
    """

    subject_id: int
    region: int
    projection: Projection
    holder_id: int = 0
    is_typed: bool = False
    unit_id: int | None = None  # as it stood before: of the unit that sent it, or that answers it

    def differs_from(self, before: EntryRow | None) -> bool:
        """Whether anything shown changes, the day of the last check included."""
        if before is None:
            return True
        now, then = self.projection, before.projection
        shown, was = shortened(now.came_from), shortened(then.came_from)
        return (self.region, shown, now.checked_on) != (before.region, was, then.checked_on)
