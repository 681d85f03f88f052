"""Whom a measure is for is read from its conditions and from nothing else."""

from __future__ import annotations

import pytest

from guiyan.engine.rules import Catalogue, Fact, groups_of, regions_of
from guiyan.engine.rules.measure import compile_measure
from guiyan.engine.rules.model import Measure

FACTS = {
    "returned": {"type": "bool", "groups": {"true": "返乡人员"}},
    "graduate": {"type": "bool", "groups": {"true": "高校毕业生"}},
    "plain": {"type": "bool"},
    "size": {
        "type": "code",
        "codes": {"micro": "微型", "small": "小型", "large": "大型"},
        "groups": {"micro": "小微", "small": "小微"},
    },
    "marks": {"type": "list", "codes": {"park": "返乡创业园"}, "groups": {"park": "园区"}},
    "home": {"type": "region"},
}
CATALOGUE = Catalogue(
    {name: Fact.model_validate({"id": name, "label": name, "for": ["person"], **said}) for name, said in FACTS.items()}
)


def version(when: str) -> object:
    measure = Measure.model_validate(
        {
            "id": "m",
            "title": "m",
            "for": "person",
            "clause": {"document": "d", "plan": "p", "section": "一"},
            "strength": "shall",
            "versions": [
                {"from": "2025-01-01", "conditions": {"c": {"label": "c", "when": when}}, "benefit": {"kind": "grant"}}
            ],
        }
    )
    return compile_measure(measure, CATALOGUE).versions[0]


@pytest.mark.parametrize(
    ("when", "groups"),
    [
        ("returned", ("返乡人员",)),
        ("returned AND graduate", ("返乡人员", "高校毕业生")),
        ("returned OR graduate", ("返乡人员", "高校毕业生")),
        ("returned OR plain", ()),
        ("NOT returned", ()),
        ("size IN ('micro', 'small')", ("小微",)),
        ("size IN ('micro', 'large')", ()),
        ("size = 'small'", ("小微",)),
        ("size <> 'small'", ()),
        ("has(marks, 'park')", ("园区",)),
        ("plain", ()),
    ],
)
def test_a_group_is_named_where_the_rule_demands_it(when: str, groups: tuple[str, ...]) -> None:
    assert groups_of(version(when), CATALOGUE) == groups  # type: ignore[arg-type]


def test_the_places_that_a_rule_demands() -> None:
    assert regions_of(version("region_in(home, '421224') AND plain")) == ("421224",)  # type: ignore[arg-type]
    assert regions_of(version("region_in(home, '421224') OR plain")) == ()  # type: ignore[arg-type]


def test_a_group_stands_only_beside_a_value_that_the_fact_has() -> None:
    with pytest.raises(ValueError, match="values that it does not have: medium"):
        Fact.model_validate(
            {"label": "x", "type": "code", "for": ["person"], "codes": {"a": "A"}, "groups": {"medium": "M"}}
        )
