"""The sentence says what the tree means, in the words of the interface."""

from __future__ import annotations

import pytest
from hypothesis import given

from guiyan.engine.rules import Catalogue, benefit_sentence, parse, sentence
from guiyan.engine.rules.benefit import Benefit, Parameter
from guiyan.engine.rules.tree import Tree, names

from .world import WORLD, fact, trees

FACTS = Catalogue(
    {
        each.id: each
        for each in (
            fact("is_returnee", "bool", yes="是返乡人员", no="不是返乡人员"),
            fact("age_years", "int", unit="周岁"),
            fact("loan", "int", unit="元"),
            fact("degree", "code", codes={"college": "大专", "bachelor": "本科"}),
            fact("return_date", "date"),
            fact("hukou", "region"),
            fact("received", "list"),
            fact("received_yuan", "map", unit="元"),
        )
    },
    names={"421224000000": "通山县", "421200000000": "咸宁市", "startup-subsidy": "一次性创业补贴"},
)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("is_returnee", "是返乡人员"),
        ("NOT is_returnee", "不是返乡人员"),
        ("is_returnee AND age_years <= 45", "是返乡人员，并且age_years不超过45周岁"),
        ("loan > 100000", "loan超过10万元"),
        ("loan >= 5000", "loan不少于5,000元"),
        ("degree >= 'bachelor'", "degree不少于本科"),
        ("degree IN ('college', 'bachelor')", "degree是大专、本科之一"),
        ("return_date >= '2025-06-09'", "return_date不早于2025年6月9日"),
        ("age_years BETWEEN 18 AND 45", "age_years在18周岁到45周岁之间（含两头）"),
        ("region_in(hukou, '421224')", "hukou在通山县"),
        ("NOT region_in(hukou, '421224')", "hukou不在通山县"),
        ("NOT has(received, 'startup-subsidy')", "received里没有“一次性创业补贴”"),
        ("amount(received_yuan, 'startup-subsidy') = 0", "received_yuan（一次性创业补贴）是0元"),
        ("is_returnee AND (age_years < 18 OR loan = 0)", "是返乡人员，并且（age_years不到18周岁，或者loan是0元）"),
        ("NOT (age_years = 18 OR is_returnee)", "并非（age_years是18周岁，或者是返乡人员）"),
    ],
)
def test_a_rule_reads_as_a_sentence(rule: str, words: str) -> None:
    assert sentence(parse(rule), FACTS) == words


def test_parameters_read_as_their_values() -> None:
    oldest = Parameter.model_validate({"label": "年龄上限", "type": "int", "value": "45", "set_by": "x"})
    assert sentence(parse("age_years <= oldest"), FACTS, {"oldest": oldest}) == "age_years不超过45周岁"
    values = {"421224": "50", "4212": "45"}
    by_region = {"label": "年龄上限", "type": "int", "by_region": values, "on": "hukou", "set_by": "x"}
    words = sentence(parse("age_years <= oldest"), FACTS, {"oldest": Parameter.model_validate(by_region)})
    assert words == "age_years不超过年龄上限（通山县50周岁，咸宁市45周岁）"


@pytest.mark.parametrize(
    ("benefit", "words"),
    [
        ({"amount_yuan": "5000"}, "5,000元"),
        ({"amount_min_yuan": "100000", "amount_max_yuan": "200000"}, "10万元到20万元"),
        ({"amount_max_yuan": "300000", "rate_percent": "50"}, "最高30万元，按50%"),
        ({"amount_yuan": ":hidden"}, "未公布"),
        (
            {
                "tiers": [
                    {
                        "label": "a",
                        "when": "is_returnee",
                        "payments": {"by": "age_years", "amounts_yuan": ["1", "20000"]},
                    },
                    {"label": "b", "amount_yuan": "12.50"},
                ],
                "less_received": ["m"],
            },
            "是返乡人员的：分2次，1元、2万元；其他的：12.50元；扣除先前领过的m",
        ),
        ({}, ""),
    ],
)
def test_a_benefit_reads_as_what_it_gives(benefit: dict[str, object], words: str) -> None:
    hidden = Parameter.model_validate({"label": "标准", "type": "int", "set_by": "x"})
    declared = Benefit.model_validate({"kind": "grant", **benefit})
    assert benefit_sentence(declared, FACTS, {"hidden": hidden}) == words


@given(trees)
def test_every_rule_has_a_sentence_that_names_every_fact_in_it(node: Tree) -> None:
    words = sentence(node, WORLD)
    assert all(name in words for name in names(node))
