"""Rows of a task table, and the rows of one 重点任务 together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task; `words` is what the document says, `due_on` None where it names no day."""

    plan: str
    title: str
    words: str
    lead: tuple[str, ...]
    others: tuple[str, ...]
    due_on: date | None

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        words = "".join(line.strip() for line in self.words.splitlines()).strip("|（(: ：") or self.title
        due = f"{self.due_on.year}年{self.due_on.month}月{self.due_on.day}日" if self.due_on else ""
        return self.title, words, "、".join(self.lead), "、".join(self.others), due


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one plan with the same 重点任务, that cell merged; `first` is the number of its first row."""

    plan: str
    first: int
    rows: tuple[TaskRow, ...]


def blocks_of(rows: Sequence[TaskRow]) -> Iterator[Block]:
    start = 0
    for end in range(1, len(rows) + 1):
        if end == len(rows) or (rows[end].plan, rows[end].title) != (rows[start].plan, rows[start].title):
            yield Block(rows[start].plan, start + 1, tuple(rows[start:end]))
            start = end
