"""Whatever words come: no exception, valid spans, rules that read back and resolve, no number that is not there."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.engine.drafting import Asked, draft_rule
from guiyan.engine.drafting.reading import LONGEST, pieces_of
from guiyan.engine.phrases.bounds import bound_at
from guiyan.engine.rules import parse, print_expr
from guiyan.engine.rules.resolve import Resolver
from tests.engine.drafting.reading_words import pack

BITS = [
    *(
        "高校毕业生",
        "退役军人",
        "返乡人员",
        "小微企业",
        "企业",
        "个人",
        "项目",
        "青年人才",
        "就业困难人员",
        "个体工商户",
    ),
    *("45岁(含)以下", "毕业5年内", "创办企业", "带动2人就业", "正常经营1年以上", "首次创业", "在本市注册登记"),
    *("、", "和", "或者", "且", "并", "，", "；", "的", "等", "等两类人员", "未", "除", "以外", "(", ")", "（含）"),
    *("符合条件", "符合下列条件之一：", "其中一项", "3", "5人", "2025年1月1日起", "注册登记", "某", "承诺", " ", "\n"),
]
WORDS = st.lists(st.sampled_from(BITS), max_size=12).map("".join) | st.text(max_size=40)


@settings(max_examples=400, deadline=None)
@given(WORDS, st.lists(WORDS, max_size=3))
def test_any_words_give_a_rule_that_reads_back_and_nothing_that_is_not_there(who: str, conditions: list[str]) -> None:
    text = f"一、政策。对{'，'.join(conditions)}的{who}给予补贴。"
    asked = Asked(who or None, conditions, (), "给予补贴", None, (5, len(text)))
    draft = draft_rule(asked, text, pack().lexicon)
    for term in draft.terms:
        assert (term.tree is None) == (term.why is not None)
        if term.span is not None:
            start, end = term.span
            assert 0 <= start < end <= len(text)
        if term.tree is not None:
            assert parse(print_expr(term.tree)) == term.tree
            Resolver(pack().catalogue, {}, draft.kind).condition(term.tree)
    if draft.tree is not None:
        assert parse(draft.expression) == draft.tree


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 10**7), st.sampled_from(["岁以下", "岁(含)以下", "周岁以上", "岁(不含)以下"]))
def test_the_number_drafted_is_the_number_written(number: int, rest: str) -> None:
    (piece,) = pieces_of(f"{number}{rest}", pack().lexicon, "person")
    assert piece.tree is not None
    assert re.findall(r"\d+", print_expr(piece.tree)) == [str(number)]


@pytest.mark.parametrize("words", ["(" * 5000, "45岁" * 3000, "、" * 9000, "不超过" * 3000, "含" * 9000, "的" * 9000])
def test_long_and_odd_words_stay_open(words: str) -> None:
    pieces = pieces_of(words, pack().lexicon, "person")
    assert len(words) > LONGEST
    assert [(piece.start, piece.end, piece.why) for piece in pieces] == [(0, len(words), "unknown")]


@pytest.mark.parametrize("words", ["1" * 60, "9999999999岁以下", "1.5岁以下", "〇岁", "百岁以下老人", "半岁"])
def test_numbers_that_are_none_are_no_bound(words: str) -> None:
    found = bound_at(words, 0, {"岁": 1})
    assert found is None or found.bounds[0][1] == 100
