"""Fragments in the manner of other provinces, each read exactly as its own gold says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from guiyan.engine.documents import parse_text
from tests.engine.documents import fragments
from tests.engine.documents.fragments import Fragment
from tests.engine.documents.fragments_later import LATER
from tests.engine.documents.fragments_told import TOLD
from tests.engine.documents.fragments_witnesses import WITNESSES

ALL = (
    fragments.RESPONSIBILITY
    + fragments.FIGURES
    + fragments.MEASURES
    + fragments.MORE_RESPONSIBILITY
    + fragments.MORE_FIGURES
    + fragments.MORE_MEASURES
    + fragments.LAST_RESPONSIBILITY
    + fragments.LAST_FIGURES
    + fragments.LAST_MEASURES
    + LATER
    + TOLD
    + WITNESSES
)
CASH = {"grant": "cash", "subsidy": "cash", "award": "cash"}


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


@pytest.mark.parametrize("fragment", ALL, ids=lambda fragment: fragment.text[:18])
def test_a_fragment_is_read_as_its_gold_says(fragment: Fragment) -> None:
    document = parse_text(fragment.text)
    tasks = tuple((task.section_path, task.lead_units, task.responsible_units) for task in document.tasks)
    figures = tuple((i.comparator, _number(i.value), i.unit, i.period) for i in document.indicators)
    grants = tuple(
        (CASH.get(m.kind, m.kind), _number(m.amount_max), _number(m.amount_min), _number(m.rate))
        for m in document.measures
    )
    assert tasks == fragment.tasks
    assert figures == tuple(figure[1:] for figure in fragment.indicators)
    assert all(gold[0] in read.name for gold, read in zip(fragment.indicators, document.indicators, strict=True))
    assert grants == fragment.measures


def test_a_range_keeps_both_ends() -> None:
    [indicator] = parse_text("每年遴选3—5个特色产业集群。").indicators
    assert (indicator.value, indicator.value_max, indicator.comparator) == (3, 5, "=")


def test_a_breakdown_names_its_total() -> None:
    total, *parts = parse_text("到2026年,建成基地20家以上,其中国家级1家、省级5家。").indicators
    assert total.parent is None
    assert [(part.name, part.parent) for part in parts] == [("国家级", total.name), ("省级", total.name)]


def test_a_redacted_figure_is_kept_without_a_value() -> None:
    [indicator] = parse_text("力争全市新增返乡创业主体(略)个。").indicators
    assert indicator.redacted and indicator.value is None


def test_a_yearly_figure_keeps_the_year_it_runs_to() -> None:
    [indicator] = parse_text("到2028年每年新增就业3万人左右。").indicators
    assert (indicator.period, indicator.deadline, indicator.approx) == ("per_year", 2028, True)


def test_a_second_label_of_the_document_is_reported() -> None:
    document = parse_text("1.办好大赛。(牵头单位:市人社局;配合单位:市财政局)")
    assert dict(document.role_labels) == {"responsible_units": "配合单位"}


def test_the_lead_rule_is_applied_and_quoted() -> None:
    document = parse_text("(逗号前的单位为牵头单位)\n1.办好大赛。(责任单位:市人社局、市教育局,市财政局)")
    assert document.lead_rule is not None and "牵头单位" in document.lead_rule
    assert document.tasks[0].lead_units == ("市人社局", "市教育局")


def test_a_title_said_twice_is_one_plan() -> None:
    body = "一、总体要求\n二、重点任务\n(一)建平台。(责任单位:市科技局)"
    document = parse_text(f"某某市返乡创业行动方案\n一、总体要求\n二、重点任务\n某某市返乡创业行动方案\n{body}")
    assert [plan.title for plan in document.plans] == ["某某市返乡创业行动方案"]
    assert document.tasks[0].section_path == ("二、重点任务", "(一)建平台")


def test_a_line_over_a_deeper_row_of_numbers_is_no_plan() -> None:
    text = "某某市返乡创业行动方案\n一、总体要求\n二、重点任务\n具体支持政策措施\n1.建平台。(责任单位:市科技局)"
    document = parse_text(text)
    assert len(document.plans) == 1
    assert document.tasks[0].section_path == ("二、重点任务", "1.建平台")


def test_several_plans_in_one_file_lead_their_paths() -> None:
    one = "某某市引才工作方案\n一、建平台。(责任单位:市科技局)\n二、优服务。(责任单位:市人社局)"
    two = "某某市育才工作方案\n一、建基地。(责任单位:市教育局)"
    document = parse_text(f"{one}\n{two}")
    assert [task.section_path[0] for task in document.tasks] == ["某某市引才工作方案"] * 2 + ["某某市育才工作方案"]
    assert [task.plan for task in document.tasks] == [task.section_path[0] for task in document.tasks]


def test_a_remark_on_the_lead_inside_the_first_bracket_is_no_unit() -> None:
    document = parse_text(
        "1.建平台。(市科技局、市财政局按职责分工负责,列第一位的为牵头单位,下同)\n2.优服务。(市人社局、市教育局,各县区人民政府)"
    )
    assert [(t.lead_units, t.responsible_units) for t in document.tasks] == [
        (("市科技局",), ("市科技局", "市财政局")),
        (("市人社局",), ("市人社局", "市教育局", "各县区人民政府")),
    ]


def test_conditions_of_an_application_are_no_targets() -> None:
    document = parse_text("一、支持政策\n(一)申报条件。孵化面积不少于3000平方米,在孵企业不少于20家。")
    assert document.indicators == ()
