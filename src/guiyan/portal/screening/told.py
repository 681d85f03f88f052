"""What somebody told us on these pages: kept in the session, in order, and nowhere else."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

KEY = "can_i_get"

Value = bool | int | str | list[str]


@dataclass
class Told:
    """fact -> value as answered; `unsure` are those answered with 不清楚."""

    answers: dict[str, Value] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, session: MutableMapping[str, Any]) -> Told:
        kept = session.get(KEY) or {}
        return cls(dict(kept.get("answers", {})), list(kept.get("unsure", [])))

    def keep_in(self, session: MutableMapping[str, Any]) -> None:
        session[KEY] = {"answers": self.answers, "unsure": self.unsure}

    def answer(self, fact: str, value: Value | None) -> None:
        """Take an answer over an earlier one; None is 不清楚."""
        self.answers.pop(fact, None)
        self.unsure = [one for one in self.unsure if one != fact]
        if value is None:
            self.unsure.append(fact)
        else:
            self.answers[fact] = value

    @property
    def number(self) -> int:
        """How many questions were answered, 不清楚 among them."""
        return len(self.answers) + len(self.unsure)

    def before(self, fact: str) -> str | None:
        """The question answered before this one; for a new question the last one."""
        order = [*self.answers, *self.unsure]
        place = order.index(fact) if fact in order else len(order)
        return order[place - 1] if place else None


def forget(session: MutableMapping[str, Any]) -> None:
    session.pop(KEY, None)
