"""What is wrong is told at the block it is wrong in, and names the control."""

from __future__ import annotations

import pytest

from guiyan.desk.rules.troubles import LINES, by_place, troubles_of
from guiyan.engine.rules.errors import Path
from guiyan.policies.queries import RuleProblem

CONTENT = {
    "title": "示例",
    "versions": [
        {"from": "2025-06-09"},
        {
            "from": "2026-07-01",
            "parameters": {"p1": {}},
            "conditions": {"returnee": {}, "c1": {}},
            "benefit": {"tiers": [{}, {}]},
        },
    ],
}


@pytest.mark.parametrize(
    ("path", "anchor", "where"),
    [
        (("title",), "basics", "是什么的名称"),
        (("clause", "section"), "clause", "依据的条款"),
        (("versions", 1, "from"), "days", "从哪天起的施行日期"),
        (("versions", 0), "days", "从哪天起"),
        (("versions", 1, "conditions", "c1", "label"), "c1", "第2条条件的名称"),
        (("versions", 1, "conditions", "gone"), "conditions", "条件"),
        (("versions", 1, "parameters", "p1", "value"), "p0", "第1个参数的值"),
        (("versions", 1, "benefit", "tiers", 1, "payments", "by"), "t1", "第2档的“看哪项事实”"),
        (("versions", 1, "benefit", "kind"), "benefit", "给什么"),
        (("cases",), "cases", "标准案例"),
        (("cases", 3, "on"), "k3", "第4个案例的日期"),
        ((), "basics", "是什么"),
    ],
)
def test_a_problem_stands_where_it_is_mended(path: Path, anchor: str, where: str) -> None:
    (found,) = troubles_of(CONTENT, [RuleProblem(path, "不对。")], [])
    assert (found.anchor, found.where) == (anchor, where)


def test_a_line_that_is_not_finished_is_told_once_and_by_itself() -> None:
    problems = [RuleProblem(("versions", 1, "conditions", "c1", "when"), "unknown fact")]
    (found,) = troubles_of(CONTENT, problems, ["c1"])
    assert found.words == LINES and by_place([found]) == {}
