"""A drafted rule: its terms in the order of the document, each with its words and the place where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from guiyan.engine.documents.view import Span
from guiyan.engine.rules import print_expr
from guiyan.engine.rules.model import SubjectKind
from guiyan.engine.rules.tree import Tree, all_of

Why = Literal[
    "left-open",  # the document itself does not say: 符合条件的
    "unknown",  # words that no phrase of the lexicon covers
    "ambiguous",  # may be read in two ways: 45岁以下高校毕业生、退役军人
    "list-goes-on",  # 等: the list does not name all
    "other-subject",  # the fact is asked of another kind of subject
    "no-fact",  # a day or value that the pack's catalogue does not have
    "tier",  # one of several tiers; which one is for whom stands elsewhere
]
Source = Literal["beneficiary", "condition", "title"]


@dataclass(frozen=True, slots=True)
class DraftTerm:
    """One demand. `tree` is None where a human must decide; then `why` says why, and it never counts as fulfilled.

    span: where the words stand in the document's text; None for words that an officer typed.
    """

    words: str
    span: Span | None
    source: Source
    tree: Tree | None = None
    why: Why | None = None
    confidence: float = 0.0
    learnt: bool = False

    @property
    def is_open(self) -> bool:
        return self.tree is None


@dataclass(frozen=True, slots=True)
class DraftRule:
    """Whom the measure is for (None: the words do not tell), and what they must fulfil."""

    kind: SubjectKind | None
    terms: tuple[DraftTerm, ...]

    @property
    def drafted(self) -> tuple[DraftTerm, ...]:
        return tuple(term for term in self.terms if not term.is_open)

    @property
    def open(self) -> tuple[DraftTerm, ...]:
        return tuple(term for term in self.terms if term.is_open)

    @property
    def tree(self) -> Tree | None:
        """All drafted terms together; the open ones stand beside it."""
        trees = [term.tree for term in self.terms if term.tree is not None]
        return all_of(trees) if trees else None

    @property
    def expression(self) -> str:
        """The drafted terms as packs write a rule; empty where nothing could be drafted."""
        return print_expr(self.tree) if self.tree is not None else ""
