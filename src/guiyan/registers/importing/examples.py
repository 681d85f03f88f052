"""A few rows of each outcome, as the preview shows them: who is new, and what would change from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from guiyan.kernel.actors import Actor
from guiyan.packs.people import SEND
from guiyan.packs.register import Register
from guiyan.registers.queries.entries import VIEWED_BY, entry
from guiyan.registers.values import Value, to_json
from guiyan.registers.writing.batch import Batch
from guiyan.registers.writing.reports import Outcome, Taken

MOST_EACH = 5
Entry = dict[str, Value]


@dataclass
class Examples:
    """sent: a sender looks at its own entries, and is not told who of them is known elsewhere.

    note() for each piece and `see(after=True)` while the trial stands; `see(after=False)` once it is taken back."""

    actor: Actor
    register: Register
    sent: bool = False
    found: dict[Outcome, list[tuple[int, int, str]]] = field(default_factory=dict)  # row, subject, title
    before: dict[int, Entry] = field(default_factory=dict)
    after: dict[int, Entry] = field(default_factory=dict)

    def note(self, batch: Batch, taken: Sequence[Taken]) -> None:
        titles = batch.values.get(self.register.title_field, [None] * len(taken))
        for row, title, what in zip(batch.numbers, titles, taken, strict=True):
            outcome = Outcome.CREATED if self.sent and what.outcome is Outcome.LINKED else what.outcome
            kept = self.found.setdefault(outcome, [])
            if len(kept) < MOST_EACH:
                kept.append((row, what.subject_id, str(title or "")))

    def see(self, *, after: bool) -> None:
        into = self.after if after else self.before
        for _, subject_id, _ in self.found.get(Outcome.CHANGED, []):
            permissions = (SEND,) if self.sent else VIEWED_BY
            into[subject_id] = entry(self.actor, self.register.id, subject_id, permissions) or {}

    def as_json(self) -> dict[str, list[dict[str, Any]]]:
        """Outcome → rows with their number, title and what changes of them (masked as every page masks)."""
        return {
            outcome.value: [
                {"row": row, "title": title, "changes": self.changes(subject_id)} for row, subject_id, title in rows
            ]
            for outcome, rows in self.found.items()
        }

    def changes(self, subject_id: int) -> list[list[object]]:
        before, after = self.before.get(subject_id, {}), self.after.get(subject_id, {})
        return [
            [name, to_json(before.get(name)), to_json(value)]
            for name, value in after.items()
            if before.get(name) != value
        ]
