"""What a form sent, by name; and what its button asks to be done: `do=add-line:c0.w` adds a line to that group."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

MOST = 60  # of anything that can be added: conditions, lines of a group, tiers, cases
NO_MARKS = {code: None for code in range(32) if chr(code) not in "\t\n\r"}
NAME = re.compile(r"[a-z][a-z0-9_.-]{0,60}")


@dataclass(frozen=True)
class Posted:
    """`verb` and `at`: what the pressed button does, and to what; empty for a plain save."""

    sent: Mapping[str, str]
    several: Mapping[str, list[str]] = field(default_factory=dict)
    verb: str = ""
    at: str = ""

    @classmethod
    def of(cls, sent: QueryDict) -> Posted:
        verb, _, at = sent.get("do", "").partition(":")
        one = {name: str(values[-1]).translate(NO_MARKS) for name, values in sent.lists() if values}
        many = {name: [str(value).translate(NO_MARKS) for value in values] for name, values in sent.lists()}
        return cls(one, many, verb, at)

    def text(self, name: str, default: str = "") -> str:
        return self.sent.get(name, default).strip()

    def raw(self, name: str) -> str:
        return self.sent.get(name, "")

    def many(self, name: str) -> list[str]:
        return [value.strip() for value in self.several.get(name, ()) if value.strip()]

    def lines(self, name: str) -> list[str]:
        return [line.strip() for line in self.raw(name).splitlines() if line.strip()]

    def count(self, name: str) -> int:
        """How many there are of something; a form that says nothing or nonsense has none."""
        said = self.text(name)
        return min(int(said), MOST) if said.isdigit() and len(said) < 4 else 0

    def count_of_version(self) -> int:
        """Which saving the form was drawn from; a form that says nothing saw none."""
        said = self.text("seen")
        return int(said) if said.isdigit() and len(said) < 10 else 0

    def does(self, verb: str, at: str) -> bool:
        return self.verb == verb and self.at == at
