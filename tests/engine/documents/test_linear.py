"""Work grows with the length of the text, not faster: calls are counted, patterns inspected."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import guiyan.engine.documents as package
from guiyan.engine.documents import parse_text

HOSTILE = {
    "open brackets": "(责任单位:市人社局",
    "brackets": "1.建平台。(责任单位:市人社局、市财政局)\n",
    "brackets in one line": "建平台。(责任单位:市人社局)",
    "empty labels": "责任单位:",
    "numbers": "新增10家、",
    "grants": "对企业给予10万元,",
    "headings": "一、(一)1.",
    "titles": "某市工作方案\n一、做好服务\n",
    "quotes": "“《",
    "cells": "序号 |\n牵头单位 |\n1 |\n",
    "unit lists": "(责任单位:市人社局、市财政局、" + "市教育局、" * 3,
    "verbs": "引进培育建设打造",
    "no marks": "责任",
    "named rows": "行动一:引才\n",
    "cells without bars": "序号\n任务\n责任单位\n1\n",
    "tabs": "甲\t",
    "marks of leaders": "(责任单位:市人社局(牵头)、市财政局牵头,市教育局配合)",
    "what was reached": "近年来,建成园区5个。",
    "raised standards": "补贴标准由每人1000元提高到每人1800元,",
    "shares": "第一年不低于80%、的比例减免,",
}


def calls_for(text: str) -> int:
    """How many Python and C functions are called while the text is parsed."""
    count = 0

    def tally(_frame: Any, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(tally)
    try:
        parse_text(text)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE.keys())
def test_twice_the_text_costs_at_most_little_more_than_twice_the_calls(piece: str) -> None:
    size = 6_000 // len(piece)
    once, twice = calls_for(piece * size), calls_for(piece * size * 2)
    assert twice <= 2.4 * once + 2000


def test_ten_thousand_brackets_are_read() -> None:
    document = parse_text("\n".join(f"{i % 300 + 1}.建平台。(责任单位:市人社局)" for i in range(10_000)))
    assert len(document.tasks) == 10_000


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{found.name}.{name}", value


def _repeats_inside(tree: Any, *, inside: bool) -> Iterator[bool]:
    """True for each unbounded repetition that can give back and stands inside another."""
    for code, value in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            unbounded = value[1] == codes.MAXREPEAT
            if unbounded:
                yield inside
            yield from _repeats_inside(value[2], inside=inside or unbounded)
        else:
            for child in _children(code, value):
                yield from _repeats_inside(child, inside=inside)


def _children(code: Any, value: Any) -> list[Any]:
    if code is codes.SUBPATTERN:
        return [value[-1]]
    if code is codes.BRANCH:
        return list(value[1])
    if code in (codes.ASSERT, codes.ASSERT_NOT):
        return [value[1]]
    return []


def test_no_pattern_repeats_a_repetition() -> None:
    nested = [name for name, each in patterns() if any(_repeats_inside(parser.parse(each.pattern), inside=False))]
    assert not nested


def test_there_are_patterns_to_inspect() -> None:
    assert len(list(patterns())) > 50
