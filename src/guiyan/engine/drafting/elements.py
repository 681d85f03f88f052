"""What stands between two joining words of a clause: attributes and, last, the noun."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from guiyan.engine.drafting.tokens import Token

JOINS = ("and", "or", "list", "goes-on")


@dataclass(frozen=True, slots=True)
class Element:
    """Never empty."""

    tokens: list[Token]

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def known(self) -> list[Token]:
        return [token for token in self.tokens if token.kind == "known"]

    @property
    def is_known(self) -> bool:
        return all(token.kind in ("known", "of") for token in self.tokens) and bool(self.known)

    @property
    def is_who(self) -> bool:
        """Whether it names people, firms or projects, perhaps after attributes."""
        return any(token.found is not None and token.found.phrase.names == "who" for token in self.tokens)

    @property
    def parts(self) -> list[Element]:
        """What 的 parts it into."""
        groups = groupby(self.tokens, key=lambda token: token.kind == "of")
        return [Element(list(group)) for is_of, group in groups if not is_of]


def elements_of(tokens: list[Token]) -> tuple[list[Element], set[str]]:
    """The elements of a clause and the kinds of joining words between them."""
    elements: list[Element] = []
    joins: set[str] = set()
    waiting: set[str] = set()
    for is_join, group in groupby(tokens, key=lambda token: token.kind in JOINS):
        found = list(group)
        if is_join:
            waiting |= {token.kind for token in found if token.kind != "goes-on"}
            continue
        found = _without_ends(found)
        if found:
            joins |= waiting if elements else set()
            waiting = set()
            elements.append(Element(found))
    return elements, joins


def _without_ends(tokens: list[Token]) -> list[Token]:
    """Without 的 at either end."""
    first = next((place for place, token in enumerate(tokens) if token.kind != "of"), len(tokens))
    last = next((place for place, token in enumerate(reversed(tokens)) if token.kind != "of"), len(tokens))
    return tokens[first : len(tokens) - last]
