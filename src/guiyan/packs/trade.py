"""Trades (行当) and the words names of firms have for them, to see whether a name and what somebody does agree."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field

from guiyan.engine.values import Declared, YamlText


class Trade(Declared):
    """One trade. words: each of which, in a name or an answer, says it."""

    id: str = ""
    label: YamlText
    words: tuple[YamlText, ...] = Field(min_length=1)


def trade_differs(name: str, answer: str, trades: Iterable[Trade]) -> str:
    """The label of the trade a firm's name says, where the answer says other trades and not this one; else empty.

    Nothing is said of a name or an answer without such a word.
    """
    named = [one for one in trades if any(word in name for word in one.words)]
    told = [one for one in trades if one.label in answer or any(word in answer for word in one.words)]
    if not named or not told or any(one in told for one in named):
        return ""
    return named[0].label
