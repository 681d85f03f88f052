"""What is wrong with a draft is said with its place and in plain words; what it means and changes is said too."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest

from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope
from guiyan.packs.parts import renewed
from guiyan.policies import actions, queries
from guiyan.policies.fault_words import FAULTS, in_chinese
from guiyan.policies.models import RuleProposal
from guiyan.policies.queries import Checked
from guiyan.policies.queries.checked import check_draft
from guiyan.policies.queries.drafted import Draft
from tests.policies import stage

Change = Callable[[dict[str, Any]], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: Scope, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


def checked(change: Change, *cases: dict[str, Any]) -> Checked:
    return queries.checked(stage.saved(stage.raised(), change, *cases))


def last(content: dict[str, Any]) -> dict[str, Any]:
    version: dict[str, Any] = content["versions"][-1]
    return version


def condition(when: str) -> Change:
    return lambda content: last(content)["conditions"].update(age={"label": "年龄", "when": when})


def parameter(**said: Any) -> Change:
    def change(content: dict[str, Any]) -> None:
        last(content)["parameters"] = {"limit": {"label": "上限", "set_by": "x", **said}}
        condition("age_years <= limit")(content)

    return change


AGE = "versions[1].conditions.age.when"
FAULTY: list[tuple[Change, str, str]] = [
    (condition("age_year <= 45"), AGE, "没有“age_year”这个事实。是不是age_years？"),
    (condition("age_years <= 'x'"), AGE, "引号里的文字不能和数字比"),
    (condition("age_years"), AGE, "要写明和什么比"),
    (condition("is_returnee = 1"), AGE, "是或不是不能和数字比"),
    (condition("graduation_date > '2026-02-30'"), AGE, "日历上没有“2026-02-30”这一天"),
    (condition("degree = 'phd'"), AGE, "没有“phd”这个选项"),
    (condition("hukou_region > '421224'"), AGE, "地区没有大小"),
    (condition("age_years <= 45 AND"), AGE, "不成一个条件"),
    (condition("age_years IS NULL"), AGE, "条件里不能写"),
    (condition("age_years = age_years"), AGE, "不能和自己比"),
    (condition("registered_on > '2020-01-01'"), AGE, "说的是单位的情况，这项措施是给个人的"),
    (condition("region_in(hukou_region, '42122')"), AGE, "不是地区代码"),
    (condition("has(degree, 'x')"), AGE, "这里要的是多选"),
    (condition("full_years(graduation_date, on_day) < 5"), AGE, "条件里不能写算式和日期函数"),
    (condition(""), AGE, "还没有填写"),
    (parameter(type="int", value="四十五"), "versions[1].parameters.limit", "要填整数，不能写“四十五”"),
    (parameter(type="int"), AGE, "没有数值，条件里不能用"),
    (
        parameter(type="int", by_region={"421224": "45"}, on="hukou_region"),
        "versions[1].parameters.limit.by_region",
        "没有数值",
    ),
    (lambda content: last(content).update({"from": "2026-13-01"}), "versions[1].from", "日历上没有“2026-13-01”"),
    (lambda content: last(content).update({"from": "明天"}), "versions[1].from", "要填日期"),
    (lambda content: last(content).update({"from": "2026-06-08"}), "versions[1].from", "最早是2026年6月9日"),
    (lambda content: last(content).update(to="2026-06-08"), "versions[1].to", "早于它开始的日子"),
    (lambda content: content["versions"][0].update(to="2026-06-20"), "versions[1].from", "日期重叠"),
    (lambda content: content["versions"][0].update(to="2026-06-07"), "versions[0].to", "不能早于今天"),
    (lambda content: content["versions"].pop(0), "versions", "已经施行，不能改整个版本"),
    (
        lambda content: content["versions"][0]["benefit"].update(amount_yuan="9"),
        "versions[0]",
        "已经施行，不能改待遇",
    ),
    (lambda content: last(content)["benefit"].update(amount_yuan="六千"), "versions[1].benefit", "要填金额"),
    (lambda content: last(content)["benefit"].update(kind="gift"), "versions[1].benefit.kind", "没有“gift”这个选项"),
    (lambda content: last(content)["benefit"].update(amount_max_yuan="9"), "versions[1].benefit", "只能填一样"),
    (
        lambda content: last(content)["benefit"].update(less_received=[stage.SUBSIDY]),
        "versions[1].benefit",
        "不能扣除自己先前发过的",
    ),
    (lambda content: content.update(title=""), "title", "还没有填写"),
    (lambda content: content.pop("strength"), "strength", "还没有填写"),
    (lambda content: content.update(mood="x"), "mood", "没有“mood”这一项"),
    (lambda content: content.update({"for": "organisation"}), "for", "对象不能改"),
    (lambda content: content.update(payer="town-finance"), "payer", "没有“town-finance”这个出资单位"),
    (lambda content: content.update(item="none-such"), "item", "没有“none-such”这个事项"),
    (lambda content: content["clause"].update(document="x"), "clause.document", "这个文件"),
    (lambda content: content.update(versions=[]), "versions", "至少要有一条"),
]


@pytest.mark.parametrize(("change", "place", "words"), FAULTY, ids=[str(number) for number in range(len(FAULTY))])
def test_a_fault_is_kept_and_told_with_its_place_in_plain_words(change: Change, place: str, words: str) -> None:
    found = checked(change)
    told = {problem.place: problem.words for problem in found.problems}
    assert place in told and words in told[place], told
    assert not [words for words in told.values() if re.search(r"[a-z]{4,} [a-z]{3,} ", words)]
    assert not found.ready
    with pytest.raises(Refused, match="还不能办这一步"):
        stage.proposed(RuleProposal.objects.get())


CASES: list[tuple[dict[str, Any], str, str]] = [
    ({"facts": {"age_year": "3"}}, "cases[12].facts", "没有“age_year”这个事实"),
    ({"facts": {"age_years": "三"}}, "cases[12].facts", "要填整数"),
    ({"on": "6月9日"}, "cases[12].on", "要填日期"),
    ({"verdict": "maybe"}, "cases[12].verdict", "没有“maybe”这个选项"),
    ({"amount_yuan": "5k"}, "cases[12].amount_yuan", "要填金额"),
]


@pytest.mark.parametrize(("said", "place", "words"), CASES, ids=[str(number) for number in range(len(CASES))])
def test_a_fault_of_a_golden_case_is_told(said: dict[str, Any], place: str, words: str) -> None:
    found = checked(lambda content: None, {**stage.CASE, **said})
    told = {problem.place: problem.words for problem in found.problems}
    of_case = {f"cases[{case.place}].facts": case.why for case in found.cases if not case.holds}
    assert words in {**of_case, **told}.get(place, ""), (told, of_case)
    assert not found.ready


def test_a_golden_case_that_does_not_hold_says_what_came_out_and_why_and_refuses() -> None:
    found = checked(stage.amount("7000"))
    (wrong,) = [case for case in found.cases if not case.holds]
    assert (wrong.title, wrong.expected, wrong.got) == (stage.CASE["title"], "符合；6,000元", "符合；7,000元")
    assert wrong.why.startswith("返乡人员：符合；初次办理注册登记：符合")
    with pytest.raises(Refused, match="新版本：返乡人员"):
        stage.proposed(RuleProposal.objects.get())


def test_a_new_version_needs_a_golden_case_of_its_own() -> None:
    found = queries.checked(stage.saved(stage.begun(), stage.amount("6000")))
    assert [(problem.place, problem.words) for problem in found.problems] == [
        ("cases", "从2026年6月9日起的版本还没有标准案例：请至少加一个日期在这个版本以内的。")
    ]


def test_a_measure_that_nobody_can_meet_is_warned_of() -> None:
    found = checked(condition("age_years < 20 AND age_years > 30"))
    assert [(one.place, one.words) for one in found.warnings] == [
        ("versions[1].conditions", "谁也不可能符合：条件“age”永远不成立。")
    ]


def test_each_condition_is_a_sentence() -> None:
    found = checked(condition("age_years <= 45"))
    told = {(one.version, one.condition): one.sentence for one in found.sentences if one.written}
    assert told[1, "age"] == "年龄不超过45周岁" and told[0, "returnee"]


def test_what_changes_is_said_against_the_measure_in_force() -> None:
    def change(content: dict[str, Any]) -> None:
        conditions = last(content)["conditions"]
        conditions.pop("returnee")
        conditions["first_time"]["when"] = "business_registrations <= 2"
        condition("age_years <= 45")(content)
        content.pop("once_per")
        content["versions"][0]["to"] = "2026-06-30"
        last(content)["from"] = "2026-07-01"

    found = [one.words for one in checked(change).differences]
    assert found == [
        "能领几次：由“没有领过（每人只发一次）”改为“不限次数”",
        "到期日期：由“长期”改为“到2026年6月30日”",
        "版本：增加“从2026年7月1日起的新版本”",
        "条件“返乡人员”：去掉“是返乡人员”",
        "条件“初次办理注册登记”：由“办理注册登记的次数是1次”改为“办理注册登记的次数不超过2次”",
        "条件“年龄”：增加“年龄不超过45周岁”",
        "待遇：由“补贴，5,000元”改为“补贴，6,000元”",
    ]


def test_a_new_measure_without_a_document_cannot_be_put_up() -> None:
    proposal = actions.begin_rule(stage.helin(), title="新措施")
    told = {problem.place: problem.words for problem in queries.checked(proposal).problems}
    assert "依据" in told["clause"] and told["clause.document"] == "还没有填写。"
    with pytest.raises(Refused, match="名称"):
        actions.begin_rule(stage.helin(), title=" ")


def test_a_golden_case_of_another_measure_that_no_longer_holds_keeps_it_from_being_put_up() -> None:
    proposal, pack = stage.raised(), releases.current()
    place, other = next((n, one) for n, one in enumerate(pack.examples) if one.measure == stage.GRADUATE)
    wrong = other.model_copy(update={"verdict": "no" if other.verdict != "no" else "yes"})
    base = renewed(pack, examples=(*pack.examples[:place], wrong, *pack.examples[place + 1 :]))
    draft = Draft(proposal.measure_id, False, "", proposal.content, proposal.cases, base)
    found = check_draft(draft, today=dt.date(2026, 6, 8))
    (affected,) = found.affected
    assert affected.measure_id == stage.GRADUATE and other.title in affected.words
    assert not found.problems and not found.ready


def test_what_is_wrong_with_a_document_is_told() -> None:
    link = {"title": "示例方案", "short_title": "示例方案", "document": "x", "document_title": "x", "issued_on": "x"}
    proposal = stage.new_measure(plan_link=link)
    told = [problem.words for problem in queries.checked(proposal).problems if problem.place == "clause.document"]
    assert told == ["依据的文件的发文日期：要填日期，如2025-06-09，不能写“x”。"]


def test_what_is_typed_and_not_saved_can_be_checked() -> None:
    proposal = stage.raised()
    content = queries.rule_proposal(stage.helin(), proposal.pk).content
    stage.amount("7000")(content)
    assert not queries.checked(proposal, content=content).ready and queries.checked(proposal).ready


@pytest.mark.parametrize("content", [{}, {"versions": "x"}, {"versions": [None]}, {"versions": [{"conditions": []}]}])
def test_anything_that_is_written_is_kept_and_answered(content: dict[str, Any]) -> None:
    proposal = stage.begun()
    proposal = actions.save_rule(
        stage.helin(), proposal_id=proposal.pk, content=content, cases=["x", {}], seen_version=proposal.version
    )
    found = queries.checked(proposal)
    assert found.problems and found.measure is None
    assert queries.measure_yaml(proposal) or not content


def test_every_pattern_of_words_is_a_pattern_and_unknown_words_are_shown() -> None:
    assert len({pattern for pattern, _ in FAULTS}) == len(FAULTS)
    assert in_chinese("something else") == "这里写得不对：something else"
