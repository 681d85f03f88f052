"""Facts and sums as people read them."""

from __future__ import annotations

from datetime import date

from guiyan.accounts.queries import region_path
from guiyan.cases.money_words import yuan
from guiyan.engine.rules import Fact, ScreenResult
from guiyan.kernel.calendar import long_day

OUTSIDE = 100_000_000_000  # a region code of nowhere in the city

NOTES = {"grant": "一次发放", "loan": "要按期归还"}


def fact_words(fact: Fact, value: object) -> str:
    """The answer in the words in which it was asked, else the value with its unit."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if fact.question and not isinstance(value, list):
        for answer in fact.question.answers:
            if answer.value == text:
                return answer.label
    return plain_words(fact, value)


def plain_words(fact: Fact, value: object) -> str:
    """The value with its unit, as a register has it: 1次, 2026年1月20日, 是返乡人员."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, bool):
        return (fact.yes or "是") if value else (fact.no or "不是")
    if isinstance(value, list | tuple | set | frozenset):
        labels = {one.value: one.label for one in fact.question.answers} if fact.question else {}
        return "、".join(labels.get(str(one), fact.codes.get(str(one), str(one))) for one in value) or "都没有"
    if fact.type == "date":
        return long_day(value if isinstance(value, date) else date.fromisoformat(text))
    if fact.type == "region":
        return region_path(int(text)) if int(text) != OUTSIDE else "本市以外"
    return fact.codes.get(text, text) + fact.unit


def amount_words(result: ScreenResult) -> str:
    """5,000元, 最高30万元, 10万元—20万元, 未公布; empty where the document names no sum."""
    if result.unpublished:
        return "未公布"
    most, least = result.amount_max_fen, result.amount_min_fen
    if most is None:
        return f"{yuan(least)}起" if least else ""
    if least is None:
        return f"最高{yuan(most)}"
    return yuan(most) if least == most else f"{yuan(least)}—{yuan(most)}"
