"""What somebody told us on these pages: kept in the session, in order, and nowhere else."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import Any

KEY = "can_i_get"

PERSON, ORGANISATION = "person", "organisation"

Value = bool | int | str | list[str]


@dataclass
class Told:
    """fact -> value as answered; `unsure` are those answered with 不清楚.

    kind: whom it is about, a person or an organisation; each has answers of its own. firm: the one of hers it is about.
    """

    answers: dict[str, Value] = field(default_factory=dict)
    unsure: list[str] = field(default_factory=list)
    kind: str = PERSON
    firm: int | None = None

    @classmethod
    def of(cls, session: MutableMapping[str, Any]) -> Told:
        kept = session.get(KEY) or {}
        kind = kept.get("kind", PERSON)
        said = kept.get(kind, {})
        return cls(dict(said.get("answers", {})), list(said.get("unsure", [])), kind, kept.get("firm"))

    @classmethod
    def of_kind(cls, session: MutableMapping[str, Any], kind: str) -> Told:
        """What was told of a person, or of an organisation, whichever it is about now."""
        return cls.of({KEY: {**(session.get(KEY) or {}), "kind": kind}})

    def keep_in(self, session: MutableMapping[str, Any]) -> None:
        said = {"answers": self.answers, "unsure": self.unsure}
        session[KEY] = {**(session.get(KEY) or {}), "kind": self.kind, self.kind: said}

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


def turn_to(session: MutableMapping[str, Any], kind: str, firm: int | None) -> None:
    """From now on it is about this kind; another firm begins without what was told of the one before."""
    kept = dict(session.get(KEY) or {})
    if kind == ORGANISATION and firm != kept.get("firm"):
        kept.pop(ORGANISATION, None)
        kept["firm"] = firm
    session[KEY] = {**kept, "kind": kind}


def forget(session: MutableMapping[str, Any]) -> None:
    """What was told of whom it is about now; whom it is about stays."""
    kept = dict(session.get(KEY) or {})
    kept.pop(kept.get("kind", PERSON), None)
    session[KEY] = kept
