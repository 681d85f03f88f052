"""Indicators: every promised figure with its name, comparator, unit, period and parent."""

from __future__ import annotations

import re
from dataclasses import replace

from guiyan.engine.documents.figures import names
from guiyan.engine.documents.figures.clauses import Reading, Role
from guiyan.engine.documents.figures.evidence import is_promise, witnesses
from guiyan.engine.documents.figures.figures import (
    Named,
    Piece,
    is_nested,
    named_figures,
    pieces_of,
    without_attributes,
)
from guiyan.engine.documents.figures.indicator_made import indicator_made
from guiyan.engine.documents.figures.indicator_names import fuller, name_words, object_before, with_heads
from guiyan.engine.documents.figures.passages import Sentence
from guiyan.engine.documents.figures.periods import Period, Reach, governing, named_behind, periods_in
from guiyan.engine.documents.figures.promises import (
    NO_NAME,
    is_bare_subject,
    is_doer,
    is_limit,
    is_norm,
    is_slogan,
    may_promise,
)
from guiyan.engine.documents.figures.quantities import Quantity
from guiyan.engine.documents.model import ParsedIndicator

_YEARS_ALONE = re.compile(r"(?:^|(?<=[。;]))(?:到|至)?20\d\d年底?(?:、20\d\d年底?)+,$")
_AIM = re.compile(r"的?(?:总|年度)?(?:目标|任务)")


def indicators_of(text: str, passages: list[Sentence], readings: list[Reading]) -> tuple[ParsedIndicator, ...]:
    """The indicators of the document, in order."""
    found: list[ParsedIndicator] = []
    for sentence, reading in zip(passages, readings, strict=True):
        if any(role is Role.TARGET for role in reading.roles) and may_promise(sentence):
            found += _of_sentence(text, sentence, reading, found)
    return tuple(found)


def _of_sentence(
    text: str, sentence: Sentence, reading: Reading, known: list[ParsedIndicator]
) -> list[ParsedIndicator]:
    targets = [
        quantity
        for quantity, role in zip(reading.quantities, reading.roles, strict=True)
        if role is Role.TARGET and not quantity.is_time and not is_limit(reading.chars, quantity)
    ]
    periods = periods_in(reading.chars)
    found: list[ParsedIndicator] = []
    taken = [each for each in targets if _AIM.match(reading.chars, each.end)]
    found += [again for each in taken if (again := _said_again(sentence, each, known))]
    targets = [each for each in targets if each not in taken]
    for piece in pieces_of(reading):
        mine = [
            each
            for each in targets
            if piece.start <= each.core < piece.end
            and not is_nested(reading, piece, each)
            and not is_doer(reading.chars, piece, each)
        ]
        mine = without_attributes(reading, piece, mine)
        if mine:
            found += _of_piece(text, sentence, reading, piece, mine, periods, found)
    return found


def _of_piece(
    text: str,
    sentence: Sentence,
    reading: Reading,
    piece: Piece,
    mine: list[Quantity],
    periods: list[Period],
    before: list[ParsedIndicator],
) -> list[ParsedIndicator]:
    found: list[ParsedIndicator] = []
    total = next((each for each in reversed(before) if each.parent is None), None)
    every = named_figures(reading, piece, mine)
    places = {each.start: index for index, each in enumerate(mine)}
    for named in every:
        index = places[named.quantity.start]
        if named.inherits and named.quantity.is_rate and every[0].growth:
            named = replace(named, growth=True)
        elders = (before + found)[::-1]
        same_unit = (each for each in elders if each.unit == named.quantity.unit and not named.growth)
        elder = _in_order(reading, piece, mine, index, before) or next(same_unit, elders[0] if elders else None)
        name, span = name_words(text, sentence, named, elder)
        if elder is None and (not name or (named.inherits and names.is_bare_verb(name)) or names.is_verb_chain(name)):
            name = object_before(text, sentence, piece) or name
        if len(name) == 2 and sentence.path:
            name = fuller(name, sentence.path[-1])
        if not name or NO_NAME.search(name) or is_bare_subject(named, periods, before + found):
            continue
        if is_norm(reading, piece, named.quantity) or is_slogan(reading.chars, named.quantity, name):
            continue
        parent = total.name if piece.breakdown and total is not None else None
        if parent is None and before and _goes_on(reading, piece, named, before[-1], total):
            parent = before[-1].parent
        if parent is None and named.inherits and elder is not None:
            parent = elder.parent
        left = reading.chars[named.left_start : named.quantity.core]
        own_verb = names.has_verb(left) and not names.is_nominal(left)
        reach = _own_year(reading, periods, piece, mine, index) or governing(
            periods, named.left_start, named.quantity.core, piece=None if own_verb else piece.start
        )
        if reach.period is None:
            reach = named_behind(reading.chars, named.quantity.end, piece.end) or reach
        if piece.breakdown and total is not None and reach.period is None:
            reach = Reach(total.period, total.deadline, total.horizon)
        spoken = _spoken(sentence, reading, piece, mine, index, reach, follows=bool(before + found))
        if is_promise(spoken, rules=sentence.rules):
            found.append(indicator_made(sentence, named, name, span, reach, parent, spoken))
    return with_heads(found)


def _spoken(
    sentence: Sentence, reading: Reading, piece: Piece, mine: list[Quantity], index: int, reach: Reach, *, follows: bool
) -> frozenset[str]:
    """The witnesses for the figure at `index` of a piece; a semicolon ends a breath."""
    quantity = mine[index]
    end = mine[index + 1].start if index + 1 < len(mine) else piece.end
    follows = follows and ";" not in reading.chars[max(0, piece.start - 1) : piece.start]
    right = reading.chars[quantity.end : end]
    return witnesses(sentence, quantity, piece, reach, right=right, follows=follows)


def _in_order(
    reading: Reading, piece: Piece, mine: list[Quantity], index: int, before: list[ParsedIndicator]
) -> ParsedIndicator | None:
    """新增主体3万户、带动就业12万人,分别增长10%和8%: each rate speaks of its own figure."""
    told = re.match(r"分别(?:[比较同环]|增长|提高|下降)", reading.chars[piece.start : mine[0].core])
    return before[index - len(mine)] if told and 2 <= len(mine) <= len(before) else None


def _goes_on(
    reading: Reading, piece: Piece, named: Named, last: ParsedIndicator, total: ParsedIndicator | None
) -> bool:
    """其中A 500人,B 300人: the next clause, the same unit, a part of the same total, and no verb of its own."""
    if last.parent is None or total is None or total.name != last.parent or reading.chars[piece.start - 1] != ",":
        return False
    smaller = total.value is not None and named.quantity.value is not None and named.quantity.value < total.value
    left = reading.chars[piece.start : named.quantity.start]
    return smaller and named.quantity.unit == total.unit and not names.has_verb(left)


def _said_again(sentence: Sentence, quantity: Quantity, known: list[ParsedIndicator]) -> ParsedIndicator | None:
    """确保12万人目标实现: the target said before, by value and unit."""
    same = (x for x in reversed(known) if (x.value, x.unit) == (quantity.value, quantity.unit))
    first = next(same, None)
    return replace(first, span=sentence.view.span(quantity.start, quantity.end)) if first else None


def _own_year(reading: Reading, periods: list[Period], piece: Piece, mine: list[Quantity], index: int) -> Reach | None:
    """2025年、2026年分别新增20家、25家: each figure has its own year; the years may stand in a clause before."""
    ahead = _YEARS_ALONE.search(reading.chars[max(0, piece.start - 40) : piece.start])
    start = max(0, piece.start - 40) + ahead.start() if ahead else piece.start
    years = [each.year for each in periods if start <= each.start < mine[0].core and each.year is not None]
    if len(years) < 2 or len(years) != len(mine) or "分别" not in reading.chars[piece.start : mine[0].core]:
        return None
    return Reach(f"by:{years[index]}")
