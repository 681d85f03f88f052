"""A measure's beneficiary and conditions → the drafted rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from guiyan.engine.documents.model import ParsedMeasure
from guiyan.engine.documents.view import Span, View, phrase
from guiyan.engine.drafting.model import DraftRule, DraftTerm, Source
from guiyan.engine.drafting.places import view_of_words
from guiyan.engine.drafting.reading import Piece, pieces_of, untied
from guiyan.engine.phrases.facts import kinds_of
from guiyan.engine.phrases.lexicon import Lexicon
from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import SubjectKind
from guiyan.engine.values.chinese import fold

_TIERED = re.compile(r"(?:按[^,;]{1,20})?(?:分别|分档|分级|分类|分等)")
LEARNT_CONFIDENCE = 0.85


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reading says of a measure, however it is kept."""

    beneficiary: str | None
    conditions: Sequence[str]
    open_conditions: Sequence[str]
    title: str
    tier: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class _Words:
    """One phrase to read, with its place."""

    view: View
    is_placed: bool
    source: Source
    left_open: bool = False


def draft_measure(measure: ParsedMeasure, text: str, lexicon: Lexicon) -> DraftRule:
    """The drafted rule of a measure as the reader found it in `text`."""
    return draft_rule(
        Asked(
            measure.beneficiary,
            measure.conditions,
            measure.open_conditions,
            measure.title,
            measure.tier,
            measure.span,
        ),
        text,
        lexicon,
    )


def draft_rule(
    asked: Asked,
    text: str,
    lexicon: Lexicon,
    *,
    learnt: Lexicon | None = None,
    kind: SubjectKind | None = None,
) -> DraftRule:
    """The drafted rule, its terms in the order of the document.

    learnt: the lexicon with what officers taught; asked where the pack's own leaves words open, never against it.
    kind: whom a declared measure is for; counts where the words do not tell.
    """
    words = _words_of(asked, text)
    kind = _kind_of(words, lexicon) or (_kind_of(words, learnt) if learnt else None) or kind
    read = [(each, _pieces(each, lexicon, learnt, kind)) for each in words]
    people = max((piece.people for each, pieces in read for piece in pieces if each.source == "beneficiary"), default=0)
    terms: list[DraftTerm] = []
    for each, pieces in read:
        alone = people < 2 or each.source == "beneficiary"
        for piece in pieces if alone else untied(pieces):
            piece = _counted_to_today(piece, pieces, each, text)
            if piece.tree is not None or piece.why is not None:
                terms.append(_term(text, each, piece, learnt))
    terms += _tier_terms(asked, text)
    terms.sort(key=lambda term: term.span or (len(text), 0))
    return _for_one_kind(terms, kind, lexicon.catalogue)


def _words_of(asked: Asked, text: str) -> list[_Words]:
    """Every phrase once: beneficiary, conditions, and what the document leaves open, each at its place."""
    left_open = {_bare(words) for words in asked.open_conditions}
    found = [_placed(text, asked.span, asked.beneficiary, "beneficiary")] if asked.beneficiary else []
    for condition in asked.conditions:
        found.append(_placed(text, asked.span, condition, "condition", _bare(condition) in left_open))
    said = "".join(each.view.chars for each in found)
    for words in asked.open_conditions:
        if _bare(words) not in said:
            found.append(_placed(text, asked.span, words, "condition", True))
    return found


def _bare(words: str) -> str:
    return "".join(fold(words).split()).removesuffix("的")


def _placed(text: str, span: Span, words: str, source: Source, left_open: bool = False) -> _Words:
    view, is_placed = view_of_words(text, span, words)
    return _Words(view, is_placed, source, left_open)


def _kind_of(words: list[_Words], lexicon: Lexicon) -> SubjectKind | None:
    """Whom the beneficiary's last words name; None where they do not, or name several kinds."""
    chars = next((each.view.chars for each in words if each.source == "beneficiary"), "")
    head = next((phrase.kind for ending, phrase in lexicon.heads if chars.endswith(ending)), None)
    pieces = [piece for piece in pieces_of(chars, lexicon, head) if piece.end == len(chars)] if chars else []
    if pieces and pieces[-1].tree is not None:
        kinds = kinds_of(pieces[-1].tree, lexicon.catalogue)
        if len(kinds) == 1:
            return next(iter(kinds))
        if head not in kinds:
            return None
    return head or _named_kind(pieces, lexicon)


def _named_kind(pieces: list[Piece], lexicon: Lexicon) -> SubjectKind | None:
    named = {one.kind for piece in pieces for one in lexicon.phrases if one.id in piece.phrases and one.kind}
    return named.pop() if len(named) == 1 else None


def _pieces(words: _Words, lexicon: Lexicon, learnt: Lexicon | None, kind: SubjectKind | None) -> list[Piece]:
    chars = words.view.chars
    if words.left_open:
        return [Piece(0, len(chars), why="left-open")]
    own = pieces_of(chars, lexicon, kind)
    if learnt is None or all(piece.tree is not None for piece in own):
        return own
    more = pieces_of(chars, learnt, kind)
    kept = {(piece.start, piece.end, piece.tree) for piece in more}
    is_kept = all((piece.start, piece.end, piece.tree) in kept for piece in own if piece.tree is not None)
    return more if is_kept else own


def _counted_to_today(piece: Piece, pieces: list[Piece], words: _Words, text: str) -> Piece:
    """毕业5年内 counts to today before 的, its noun or nothing; before a comma or 且 perhaps to what follows."""
    if not piece.until_today:
        return piece
    rest = words.view.chars[piece.end :]
    noun = any(one.people and one.start == piece.end for one in pieces)
    if not rest and words.is_placed:
        behind = text[words.view.span(piece.start, piece.end)[1] :].lstrip()
        noun = not behind.startswith(("，", ",", "、", "且", "并"))
    elif not rest:
        noun = True
    sure = noun or rest.startswith("的")
    return piece if sure else replace(piece, tree=None, why="ambiguous", confidence=0.0)


def _term(text: str, words: _Words, piece: Piece, learnt: Lexicon | None) -> DraftTerm:
    place = words.view.span(piece.start, piece.end)
    is_learnt = learnt is not None and bool(learnt.learnt.intersection(piece.phrases))
    return DraftTerm(
        words=phrase(text, place) if words.is_placed else words.view.chars[piece.start : piece.end],
        span=place if words.is_placed else None,
        source=words.source,
        tree=piece.tree,
        why=piece.why,
        confidence=min(piece.confidence, LEARNT_CONFIDENCE) if is_learnt else piece.confidence,
        learnt=is_learnt,
    )


def _tier_terms(asked: Asked, text: str) -> list[DraftTerm]:
    """分别给予100万元、200万元: which of them is for whom is told elsewhere, if at all."""
    if asked.tier:
        return []
    view, is_placed = view_of_words(text, asked.span, asked.title)
    found = _TIERED.search(view.chars)
    if found is None:
        return []
    place = view.span(*found.span())
    words = phrase(text, place) if is_placed else found[0]
    return [DraftTerm(words, place if is_placed else None, "title", why="tier")]


def _for_one_kind(terms: list[DraftTerm], kind: SubjectKind | None, catalogue: Catalogue) -> DraftRule:
    """Every drafted term must ask facts of the one kind of subject; those that do not are left to a human."""
    if kind is None:
        shared = [kinds_of(term.tree, catalogue) for term in terms if term.tree is not None]
        every = frozenset.intersection(*shared) if shared else frozenset()
        if shared and not every:
            return DraftRule(None, tuple(_opened(term) for term in terms))
        return DraftRule(next(iter(every)) if len(every) == 1 else None, tuple(terms))
    fitting = (term if term.tree is None or kind in kinds_of(term.tree, catalogue) else _opened(term) for term in terms)
    return DraftRule(kind, tuple(fitting))


def _opened(term: DraftTerm) -> DraftTerm:
    return term if term.tree is None else replace(term, tree=None, why="other-subject", confidence=0.0)
