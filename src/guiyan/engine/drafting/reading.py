"""Tokens → pieces of a rule. A piece is drafted only from words known to the last character; all else stays open.

Within one clause, words nobody knows may govern what follows them (承诺…并…, 未…、…), so nothing after them is drafted;
and a list of people with one unknown member is no list of people at all (辅导过高校毕业生、退役军人的…).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby

from guiyan.engine.drafting.choices import Choice, choice_of
from guiyan.engine.drafting.elements import Element, elements_of
from guiyan.engine.drafting.model import Why
from guiyan.engine.drafting.tokens import Token, tokens_of
from guiyan.engine.phrases.lexicon import Lexicon
from guiyan.engine.rules.model import SubjectKind
from guiyan.engine.rules.tree import Compare, In, Text, Tree, all_of, any_of
from guiyan.engine.values.chinese import chinese_number

LONGEST = 400
SURE, BARE, LISTED = 0.95, 0.8, 0.9


@dataclass(frozen=True, slots=True)
class Piece:
    """A term by its place in the words. Known words that demand nothing (个人, 企业) have neither tree nor reason.

    people: how many kinds of people, firms or projects it lists. tied: see `Phrase`.
    until_today: a length of time that is taken to count to the day of the verdict.
    """

    start: int
    end: int
    tree: Tree | None = None
    why: Why | None = None
    confidence: float = 0.0
    phrases: tuple[str, ...] = ()
    people: int = 0
    tied: bool = False
    until_today: bool = False


def pieces_of(chars: str, lexicon: Lexicon, kind: SubjectKind | None) -> list[Piece]:
    """The pieces of a phrase. `chars` are in half-width forms without blanks."""
    if len(chars) > LONGEST:
        return [_open(0, len(chars))]
    choice = choice_of(chars)
    found = tokens_of(chars[choice.start : choice.end], lexicon, kind)
    tokens = [token.moved(choice.start) for token in found]
    if choice.any_one:
        return [_any_one(choice, tokens)]
    if choice.every:
        tokens = [replace(token, kind="and") if token.kind == "list" else token for token in tokens]
    pieces: list[Piece] = []
    for is_comma, clause in groupby(tokens, key=lambda token: token.kind == "comma"):
        pieces += [] if is_comma else _clause(list(clause))
    return pieces


def _open(start: int, end: int, why: Why = "unknown") -> Piece:
    return Piece(start, end, why=why)


def _any_one(choice: Choice, tokens: list[Token]) -> Piece:
    """符合下列条件之一: every alternative must be known, or nothing can be said."""
    parts: list[Tree | None] = []
    for joins, group in groupby(tokens, key=lambda token: token.kind in ("comma", "list", "or")):
        if not joins:
            parts.append(_whole(_single(Element(list(group)))))
    trees = [part for part in parts if part is not None]
    if len(trees) < len(parts) or len(trees) < 2:
        return _open(*choice.whole)
    return Piece(*choice.whole, any_of(trees), confidence=LISTED, phrases=_ids(tokens))


def _whole(pieces: list[Piece]) -> Tree | None:
    """All pieces as one tree; None where one of them is open or demands nothing."""
    trees = [piece.tree for piece in pieces if piece.tree is not None]
    return all_of(trees) if trees and len(trees) == len(pieces) else None


def _clause(tokens: list[Token]) -> list[Piece]:
    left_open = [_open(token.start, token.end, "left-open") for token in tokens if token.kind == "left-open"]
    elements, joins = elements_of([token for token in tokens if token.kind != "left-open"])
    if not elements:
        return left_open
    return [*left_open, *_joined(elements, joins, [token for token in tokens if token.kind == "goes-on"])]


def _joined(elements: list[Element], joins: set[str], goes_on: list[Token]) -> list[Piece]:
    start, end = elements[0].start, elements[-1].end
    if goes_on and not _names_all(goes_on, len(elements)):
        return [_open(start, max(end, goes_on[-1].end), "list-goes-on")]
    if len(elements) == 1:
        return _single(elements[0])
    if "or" not in joins and not any(element.is_who for element in elements):
        return _together(elements)
    if not all(element.is_known for element in elements):
        return [_open(start, end)]
    if "and" in joins or ("or" not in joins and not all(element.is_who for element in elements)):
        return [_open(start, end, "ambiguous")]
    return _alternatives(elements)


def _names_all(goes_on: list[Token], number: int) -> bool:
    """A、B等两类人员 names them all."""
    counts = [chinese_number(token.count.replace("两", "二")) for token in goes_on]
    return number > 1 and all(count == number for count in counts)


def _alternatives(elements: list[Element]) -> list[Piece]:
    """高校毕业生、退役军人; A或者B. What stands before the first noun (首次创业的) is told apart from the list."""
    first = elements[0]
    attributes, nouns = first.known[:-1], Element(first.known[-1:])
    if not first.is_who or not attributes:
        attributes, nouns = [], first
    start, end = nouns.start, elements[-1].end
    parts = [_whole(_single(element)) for element in (nouns, *elements[1:])]
    trees = [part for part in parts if part is not None]
    if len(trees) < len(parts):
        return [_open(first.start, end)]
    people = len(elements) if first.is_who else 0
    ids = tuple(name for element in (nouns, *elements[1:]) for name in _ids(element.tokens))
    several = Piece(start, end, one_of(trees), confidence=LISTED, phrases=ids, people=people)
    return [*untied([_known(token) for token in attributes]), several]


def one_of(trees: list[Tree]) -> Tree:
    """Any of them; values of the same fact as the list that they are."""
    facts = {each.left for each in trees if isinstance(each, Compare) and each.op == "="}
    values = [each.right for each in trees if isinstance(each, Compare) and isinstance(each.right, Text)]
    if len(facts) == 1 and len(values) == len(trees) > 1 and all(isinstance(e, Compare) and e.op == "=" for e in trees):
        return In(facts.pop(), tuple(dict.fromkeys(values)))
    return any_of(list(dict.fromkeys(trees)))


def untied(attributes: list[Piece]) -> list[Piece]:
    """Before several nouns, an attribute tied to its noun (45岁以下) may be the first one's alone."""
    return [_open(piece.start, piece.end, "ambiguous") if piece.tied else piece for piece in attributes]


def _together(elements: list[Element]) -> list[Piece]:
    """毕业5年内创办企业并带动2人就业: each for itself, up to the first that is not wholly known."""
    pieces: list[Piece] = []
    for element in elements:
        if not element.is_known:
            return [*pieces, _open(element.start, elements[-1].end)]
        pieces += _single(element)
    return pieces


def _single(element: Element) -> list[Piece]:
    """Attributes and a noun, parted by 的 or by nothing."""
    if element.is_known:
        return _all_known(element.tokens)
    parts = element.parts
    if any(part.is_who for part in parts[:-1]):
        return [_open(element.start, element.end)]
    return [piece for part in parts for piece in _part(part, is_last=part is parts[-1])]


def _part(part: Element, *, is_last: bool) -> list[Piece]:
    """A part wholly known, or a bound before a plain noun that no fact knows (45岁以下青年人才), else open.

    Any other words behind a bound may have a noun of their own that it belongs to (3岁以下婴幼儿照护人员).
    """
    if part.is_known:
        return _all_known(part.tokens)
    bounds = [token for token in part.tokens[:-1] if token.found is not None and token.found.is_bound]
    if is_last and bounds == part.tokens[:-1] and bounds and part.tokens[-1].kind == "noun":
        return [*(_known(token) for token in bounds), _open(part.tokens[-1].start, part.end)]
    return [_open(part.start, part.end)]


def _all_known(tokens: list[Token]) -> list[Piece]:
    """Known words one by one. A length of time right before a verb (毕业5年内首次创业) counts to that, not to today."""
    pieces: list[Piece] = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.found is None:
            continue
        verb = following is not None and following.found is not None and following.found.phrase.names == "what"
        piece = _known(token)
        pieces.append(_open(piece.start, piece.end, "ambiguous") if verb and piece.until_today else piece)
    return pieces


def _known(token: Token) -> Piece:
    found = token.found
    assert found is not None
    ids = (found.phrase.id,)
    if found.no_fact:
        return Piece(token.start, token.end, why="no-fact", phrases=ids)
    people = 1 if found.phrase.names == "who" else 0
    sure = (SURE if found.exact else BARE) if found.tree is not None else 0.0
    return Piece(token.start, token.end, found.tree, None, sure, ids, people, found.phrase.tied, found.until_today)


def _ids(tokens: list[Token]) -> tuple[str, ...]:
    return tuple(token.found.phrase.id for token in tokens if token.found is not None)
