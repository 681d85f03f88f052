"""What is wrong with a pack: every problem at once, each with file, line and the nearest good name."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class PackErrors(Exception):
    """Raised once, with all problems in the order of files and lines."""

    def __init__(self, problems: Collection[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def unknown_name(kind: str, name: str, known: Collection[str], most: int = 12) -> str:
    """`unknown fact `age_year`. Did you mean age_years? Known facts: …`"""
    close = get_close_matches(name, list(known), n=1)
    hint = f" Did you mean {close[0]}?" if close else ""
    listed = sorted(known)
    more = ", …" if len(listed) > most else ""
    return f"unknown {kind} `{name}`.{hint} Known: {', '.join(listed[:most]) or 'none'}{more}"
