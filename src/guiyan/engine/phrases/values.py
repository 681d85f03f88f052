"""The value at the slot of a phrase, as a comparison of its fact: a number, a length of time, a day, a code."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from guiyan.engine.phrases.bounds import Bound, bound_at
from guiyan.engine.phrases.days import day_at
from guiyan.engine.phrases.phrase import Phrase
from guiyan.engine.rules import Catalogue, tree
from guiyan.engine.rules.catalogue import ON_DAY
from guiyan.engine.rules.tree import CompareOp

Days = Mapping[tree.Operand, str]
FUNCTIONS = {"年": "years_after", "个月": "months_after", "天": "days_after"}
_JOINS = ("以及", "或者", "、", "和", "及", "或", "与")
_OLD_NAME = re.compile(r"\((?:原|即)[^()]{1,20}\)")
_CODES_FROM: dict[str, CompareOp] = {
    **dict.fromkeys(("及以上", "以上", "或以上", "及其以上"), ">="),
    **dict.fromkeys(("及以下", "以下", "或以下", "及其以下"), "<="),
}


@dataclass(frozen=True, slots=True)
class Value:
    """tree: None where the pack has no fact to say it with."""

    end: int
    tree: tree.Tree | None
    exact: bool = True


def value_at(catalogue: Catalogue, days: Days, phrase: Phrase, chars: str, start: int) -> Value | None:
    """What the phrase demands, its value beginning at `start`; None where nothing exact can be read there."""
    fact = catalogue.get(phrase.fact or "")
    if fact is None:
        return None
    if fact.type == "code":
        return _code(phrase, chars, start)
    if fact.type == "date":
        return _day(phrase, chars, start) or _length_of_time(days, phrase, chars, start)
    bound = _settled(phrase, bound_at(chars, start, phrase.units))
    return _number(phrase, bound) if bound is not None else None


def _settled(phrase: Phrase, bound: Bound | None) -> Bound | None:
    """A number alone as the phrase says it is meant; None where it does not say, or cannot be told in full units."""
    if bound is None or (not bound.compared and phrase.bare is None):
        return None
    bounds = bound.bounds if bound.compared else ((phrase.bare or "=", bound.value),)
    if phrase.elapsed and any(sign not in (">=", "<") for sign, _ in bounds):
        return None
    return Bound(bounds, bound.end, bound.unit, bound.compared, bound.said_whether)


def _number(phrase: Phrase, bound: Bound) -> Value:
    fact = tree.Name(phrase.fact or "")
    if len(bound.bounds) == 2:
        low, high = (tree.Number(value) for _, value in bound.bounds)
        return Value(bound.end, tree.Between(fact, low, high))
    sign, value = bound.bounds[0]
    return Value(bound.end, tree.Compare(sign, fact, tree.Number(value)), bound.compared)


def _day(phrase: Phrase, chars: str, start: int) -> Value | None:
    found = day_at(chars, start)
    if found is None:
        return None
    parts: list[tree.Tree] = [
        tree.Compare(sign, tree.Name(phrase.fact or ""), tree.Text(day.isoformat())) for sign, day in found[0]
    ]
    return Value(found[1], tree.all_of(parts))


def _length_of_time(days: Days, phrase: Phrase, chars: str, start: int) -> Value | None:
    """毕业5年内: the day counted to is not after the day five years after graduation, which the pack must derive."""
    for unit, times in phrase.units.items():
        bound = _settled(phrase, bound_at(chars, start, {unit: times}))
        if bound is None or len(bound.bounds) != 1:
            continue
        sign, count = bound.bounds[0]
        last = days.get(tree.Call(FUNCTIONS[unit], (tree.Name(phrase.fact or ""), tree.Number(count))))
        if last is None:
            return Value(bound.end, None)
        return Value(bound.end, tree.Compare(sign, tree.Name(phrase.until or ON_DAY), tree.Name(last)))
    return None


def _code(phrase: Phrase, chars: str, start: int) -> Value | None:
    """本科及以上; where the phrase means codes alone as they stand, 主板、科创板、创业板及北京证券交易所(原…), too."""
    fact = tree.Name(phrase.fact or "")
    first, at = _one_code(phrase, chars, start)
    if first is None:
        return None
    sign = next((word for word in _CODES_FROM if chars.startswith(word, at)), "")
    if sign:
        return Value(at + len(sign), tree.Compare(_CODES_FROM[sign], fact, tree.Text(first)))
    if phrase.bare != "=":
        return None
    codes = [first]
    while True:
        join = next((word for word in _JOINS if chars.startswith(word, at)), "")
        following, end = _one_code(phrase, chars, at + len(join)) if join else (None, at)
        if following is None:
            break
        codes, at = [*codes, following], end
    if chars.startswith(tuple(_CODES_FROM), at):
        return None
    texts = tuple(tree.Text(code) for code in dict.fromkeys(codes))
    return Value(at, tree.In(fact, texts) if len(texts) > 1 else tree.Compare("=", fact, texts[0]))


def _one_code(phrase: Phrase, chars: str, start: int) -> tuple[str | None, int]:
    word = next((word for word in sorted(phrase.codes, key=len, reverse=True) if chars.startswith(word, start)), "")
    if not word:
        return None, start
    end = start + len(word)
    gloss = _OLD_NAME.match(chars, end)
    return phrase.codes[word], gloss.end() if gloss else end
