"""Every span points at what it claims; nothing is read that the text does not say; nothing raises."""

from __future__ import annotations

import random
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.engine.documents import DocumentRefused, ParsedDocument, parse_text
from guiyan.engine.documents.as_json import document_as_json
from guiyan.engine.documents.view import fold
from tests.engine.documents import fragments
from tests.engine.documents.fragments_later import LATER
from tests.engine.documents.real_documents import NAMES, document_path, parsed

VOCABULARY = """
一、 (一) 1. (1) 第一条 ① 责任单位: 牵头单位: (责任单位: ( ) 〔 】 市人社局 市财政局、 各县区 牵头 负责 。 , ; 、
到2027年 每年 力争 新增 5000 万 亿 元 个 家 名 % ‰ 三分之二 翻一番 五折 以上 不少于 超过
最高 分别 给予 补贴 奖励 对 的 企业 贷款
10—20 2% (略) 其中 “ ” 《 》 实施方案 序号 类别 牵头单位 责任单位 内部
行动一: 序号 1 由 (牵头) 津贴 下调 免费入住 7天 的比例 减免 补贴标准 由每人 提高到 目标 只能 规模
通报 每名 结对 方可 以来, 截至 发展基础
秘密 全额 减半收取 每家 基金 设立 免费 天 | 。市人社局负责
"""
WORDS = st.sampled_from([*VOCABULARY.split(), "\n", "\t", " ", " |\n"])
NOISY = st.lists(WORDS, max_size=60).map("".join)


def _packed(words: str) -> str:
    return "".join(fold(words).split())


_SCALES = [Decimal(10) ** power for power in range(-1, 13)]
_WORDED = {"全额": {100}, "减半": {50}, "一番": {100}, "两番": {300}, "二番": {300}, "三番": {700}}
_DIGITS = dict(zip("零一二三四五六七八九十两", (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2), strict=True))


def said_numbers(words: str) -> set[Decimal]:
    """Every number that the words may stand for, whatever its scale."""
    packed = _packed(words)
    plain = {Decimal(found.replace(",", "")) for found in re.findall(r"\d[\d,]*(?:\.\d+)?", packed)}
    plain |= {Decimal(digit) for char, digit in _DIGITS.items() if char in packed}
    said = {value * scale for value in plain for scale in _SCALES}
    said |= {Decimal(value) for word, values in _WORDED.items() if word in packed for value in values}
    return said


def is_said(value: Decimal | None, words: str) -> bool:
    """Whether a number is in the words; fractions and numerals of several signs are counted as said."""
    if value is None or re.search(
        r"分之|\d/\d|半|[一二三四五六七八九十][一二三四五六七八九十百]|[一二三四五六七八九]\.?[一二三四五六七八九五]折",
        _packed(words),
    ):
        return True
    return value in said_numbers(words)


def check(document: ParsedDocument) -> None:
    """The promises of the result's type."""
    text, size = document.text, len(document.text)
    packed = _packed(text)
    spans = [item.span for item in (*document.tasks, *document.indicators, *document.measures, *document.outline)]
    spans += [task.unit_span for task in document.tasks] + [plan.span for plan in document.plans]
    assert all(0 <= start <= end <= size for start, end in spans)
    for task in document.tasks:
        said = _packed(text[task.unit_span[0] : task.unit_span[1]])
        for unit in (*task.lead_units, *task.responsible_units):
            assert all(_packed(part) in said for part in unit.split("、"))
        assert all(_packed(heading) in packed for heading in task.section_path)
    for indicator in document.indicators:
        assert text[indicator.span[0] : indicator.span[1]].strip()
        assert is_said(indicator.value, text[slice(*indicator.span)])
        assert is_said(indicator.value_max, text[slice(*indicator.span)])
        assert _packed(indicator.unit) in packed or indicator.unit in ("元", "%", "个百分点", "平方米")
        assert indicator.comparator in ("=", ">=", ">", "<=")
    for measure in document.measures:
        said = _packed(text[measure.span[0] : measure.span[1]])
        assert said
        assert _packed(measure.title) in said
        for number in (measure.amount_max, measure.amount_min, measure.rate, measure.cap_total):
            assert is_said(number, text[slice(*measure.span)])
        for words in (*measure.conditions, *measure.open_conditions, measure.beneficiary or ""):
            assert _packed(words) in packed
    assert document_as_json(document)["title"] == document.title


@pytest.mark.parametrize("name", NAMES)
def test_spans_of_real_documents_hold(name: str) -> None:
    check(parsed(name))


def test_the_figure_of_an_indicator_stands_at_its_span() -> None:
    document = parsed("xianning-2025-homecoming")
    [loans] = [item for item in document.indicators if item.value == 3_000_000_000]
    assert "30亿元" in document.text[loans.span[0] : loans.span[1]]


def test_spans_of_fragments_hold() -> None:
    for fragment in fragments.RESPONSIBILITY + fragments.FIGURES + fragments.MEASURES + LATER:
        check(parse_text(fragment.text))


@settings(max_examples=150, deadline=None)
@given(NOISY)
def test_no_arrangement_of_words_raises(text: str) -> None:
    try:
        check(parse_text(text))
    except DocumentRefused as refusal:
        assert refusal.code in ("secret", "internal")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    check(parse_text(text))


@pytest.mark.parametrize("name", NAMES)
def test_mutated_documents_keep_their_promises(name: str) -> None:
    """Pieces dropped, doubled and swapped, marks replaced."""
    text = document_path(name).read_text("utf-8")
    chance = random.Random(name)
    for _ in range(4):
        mutated = text
        for _ in range(25):
            at, length = chance.randrange(len(mutated)), chance.randrange(1, 40)
            piece = chance.choice(["", mutated[at : at + length] * 2, "(", ")", "、", "\n", "。", " ", "1.", "(略)"])
            mutated = mutated[:at] + piece + mutated[at + length :]
        check(parse_text(mutated))


def test_mutated_fragments_keep_their_promises() -> None:
    chance = random.Random("unseen")
    words = VOCABULARY.split()
    for path in sorted((Path(__file__).parent / "unseen").glob("*.txt")):
        mutated = path.read_text("utf-8")
        for _ in range(12):
            at, length = chance.randrange(len(mutated) + 1), chance.randrange(1, 30)
            mutated = mutated[:at] + chance.choice(words) + mutated[at + length :]
        try:
            check(parse_text(mutated))
        except DocumentRefused as refusal:
            assert refusal.code in ("secret", "internal")


OPENINGS = """某市推进一件事工作实施方案
一、做第一件事。每年办活动不少于3场次。
二、做第二件事。摸清底数。
某市推进另一件
事工作实施方案
力争每年新增就业100人以上。
一、从头做起。每年培训不少于50人次。
"""


def test_the_opening_words_of_a_later_plan_are_not_filed_under_the_plan_before() -> None:
    document = parse_text(OPENINGS)
    first, second = (plan.title for plan in document.plans)
    assert [(x.plan, len(x.section_path)) for x in document.indicators] == [(first, 2), (second, 0), (second, 2)]
