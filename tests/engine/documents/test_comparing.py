"""Two versions of a document are held against each other: what is the same, what changed and in what, new, gone."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.engine.documents import Clause, Difference, compare
from guiyan.engine.documents.comparing.pairs import ASKED, COMMON, _candidates, _Looked
from guiyan.engine.documents.comparing.words import bare, marked, plan_name, unnumbered

PLAN = "示例市服务工作方案"


def task(key: str, title: str, words: str = "", **more: object) -> Clause:
    known = {"plan": PLAN, "path": ("一、重点任务", title), "units": ("市人社局", "市财政局")}
    return Clause(key, "task", title, words=words or f"{title}，按月调度。", **{**known, **more})  # type: ignore[arg-type]


def figure(key: str, name: str, value: str, counted: str = "人", period: str = "per_year/", **more: object) -> Clause:
    known = {"plan": PLAN, "path": ("一、重点任务",), "figure": (">=", value, "")}
    return Clause(key, "indicator", name, counted=counted, period=period, **{**known, **more})  # type: ignore[arg-type]


def measure(key: str, title: str, amount: str, **more: object) -> Clause:
    known = {"plan": PLAN, "path": ("二、政策",), "words": f"{title}，每户给予补助。", "terms": ("创业者", "首次登记")}
    return Clause(key, "measure", title, figure=("grant", amount, amount), **{**known, **more})  # type: ignore[arg-type]


def only(old: list[Clause], new: list[Clause]) -> Difference:
    (found,) = compare(old, new)
    return found


def verdicts(old: list[Clause], new: list[Clause]) -> list[str]:
    return [found.verdict for found in compare(old, new)]


def test_what_stands_unchanged_is_the_same() -> None:
    found = only([task("a", "建立台账")], [task("b", "建立台账")])
    assert (found.verdict, found.aspects, found.why) == ("same", (), "位置和内容都相同")


def test_another_number_before_a_heading_is_no_change() -> None:
    old = task("a", "建立台账", path=("一、重点任务", "（三）建立台账"))
    assert only([old], [task("b", "建立台账", path=("二、重点任务", "4.建立台账"))]).verdict == "same"


def test_full_width_blanks_and_marks_are_no_change() -> None:
    old = task("a", "建立台账", "建立台账,按月调度.")
    assert only([old], [task("b", "建立 台账", "建立台账，按月调度。")]).verdict == "same"


def test_another_figure_is_told_before_everything_else() -> None:
    found = only([figure("a", "新增返乡创业", "10000")], [figure("b", "新增返乡创业", "12000", period="by:2027/")])
    assert found.verdict == "figure"
    assert found.aspects == ("figure", "period")


def test_the_same_figure_written_in_another_form_is_the_same() -> None:
    assert only([figure("a", "新增就业", "10000.0000")], [figure("b", "新增就业", "10000")]).verdict == "same"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"units": ("市人社局",)}, "units"),
        ({"lead": ("市人社局",)}, "units"),
        ({"words": "建立动态台账，按季调度。"}, "wording"),
        ({"path": ("四、保障措施", "建立台账")}, "moved"),
        ({"plan": "示例市人才工作方案"}, "moved"),
    ],
)
def test_a_task_says_in_what_it_changed(change: dict[str, object], verdict: str) -> None:
    assert only([task("a", "建立台账")], [task("b", "建立台账", **change)]).verdict == verdict  # type: ignore[arg-type]


def test_the_order_of_units_is_no_change() -> None:
    assert only([task("a", "建立台账")], [task("b", "建立台账", units=("市财政局", "市人社局"))]).verdict == "same"


def test_a_reworded_heading_is_found_by_its_text() -> None:
    words = "组织企业参加春季经贸洽谈，每季度办一场联谊会。"
    found = only([task("a", "开展对话行动", words)], [task("b", "办好企业家活动", words)])
    assert (found.verdict, found.why) == ("wording", "正文相同")


def test_a_task_reworded_in_both_is_found_by_likeness_and_says_so() -> None:
    old = task("a", "开展对话楚商行动", "组织楚商参加经贸洽谈，举办联谊会、座谈会。")
    new = task("b", "开展对话楚商系列行动", "组织楚商参加经贸洽谈和博览会，举办联谊会、座谈会。")
    found = only([old], [new])
    assert found.verdict == "wording"
    assert found.why.startswith("内容相近（") and "单位相同" in found.why


def test_what_has_no_counterpart_is_new_or_gone_and_never_forced_into_a_pair() -> None:
    old = [task("a", "建立台账"), task("b", "举办创业大赛", "每年举办一届大赛。")]
    new = [task("c", "建立台账"), task("d", "修建冷链仓库", "沿国道布局三座仓库。", units=("市商务局",))]
    assert verdicts(old, new) == ["same", "gone", "new"]


def test_what_is_gone_stands_behind_its_old_neighbour() -> None:
    old = [task("a", "甲项工作"), task("b", "乙事安排", "乙事另行安排。"), task("c", "丙类服务")]
    new = [task("d", "甲项工作"), task("e", "丙类服务")]
    assert [(x.old or x.new).title for x in compare(old, new)] == ["甲项工作", "乙事安排", "丙类服务"]  # type: ignore[union-attr]


def test_people_are_never_taken_for_firms() -> None:
    assert verdicts([figure("a", "新增创业主体", "100", "人")], [figure("b", "新增创业主体", "100", "家")]) == [
        "gone",
        "new",
    ]


def test_a_yearly_figure_and_one_for_a_last_year_stay_apart() -> None:
    old = [figure("a", "建成园区", "10", "家"), figure("b", "建成园区", "50", "家", "by:2027/")]
    new = [figure("c", "建成园区", "60", "家", "by:2027/"), figure("d", "建成园区", "10", "家")]
    found = {x.old.key: (x.new.key, x.verdict) for x in compare(old, new) if x.old and x.new}
    assert found == {"a": ("d", "same"), "b": ("c", "figure")}


def test_tasks_of_one_name_keep_to_their_plans() -> None:
    old = [task("a", "加强宣传", plan="甲方案"), task("b", "加强宣传", plan="乙方案")]
    (gone, same) = sorted(compare(old, [task("c", "加强宣传", plan="乙方案")]), key=lambda x: x.verdict)
    assert (gone.verdict, gone.old and gone.old.key) == ("gone", "a")
    assert (same.verdict, same.old and same.old.key) == ("same", "b")


def test_a_plan_that_calls_itself_revised_is_the_same_plan() -> None:
    for written in (f"{PLAN}（修订）", f"{PLAN}(2026年修订版)", f"{PLAN}修订稿", f"{PLAN}〔修正〕"):
        assert plan_name(written) == bare(PLAN)
        revised = task("b", "建立台账", plan=written, path=(written, "一、重点任务", "建立台账"))
        old = task("a", "建立台账", path=(PLAN, "一、重点任务", "建立台账"))
        assert only([old], [revised]).verdict == "same"


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, "figure"),
        ({"figure": ("grant", "5000", "5000"), "terms": ("创业者", "首次登记", "带动2人就业")}, "terms"),
        ({"figure": ("loan", "5000", "5000")}, "figure"),
    ],
)
def test_a_measure_says_in_what_it_changed(change: dict[str, object], verdict: str) -> None:
    new = replace(measure("b", "一次性创业补贴", "8000"), **change)  # type: ignore[arg-type]
    assert only([measure("a", "一次性创业补贴", "5000")], [new]).verdict == verdict


def test_the_mark_changes_with_what_was_compared_and_with_nothing_else() -> None:
    old, new = figure("a", "新增返乡创业", "10000"), figure("b", "新增返乡创业", "12000")
    mark = only([old], [new]).mark
    assert only([old], [replace(new, path=("三、其他",))]).mark == mark
    assert only([old], [replace(new, figure=(">=", "12500", ""))]).mark != mark
    assert only([replace(old, title="新增创业人员")], [replace(new, title="新增创业人员")]).mark != mark


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("（三）建立清单", "建立清单"),
        ("4.建立清单", "建立清单"),
        ("十一、办好活动", "办好活动"),
        ("2025年目标", "2025年目标"),
    ],
)
def test_only_a_number_of_a_heading_is_left_out(words: str, left: str) -> None:
    assert unnumbered(words) == left


def test_a_number_is_marked_as_a_whole() -> None:
    assert marked("每年10,000人以上", "每年12,000人以上") == [
        ("same", "每年"),
        ("old", "10,000"),
        ("new", "12,000"),
        ("same", "人以上"),
    ]


def test_a_point_inside_a_number_counts() -> None:
    assert bare("提高1.05个百分点") != bare("提高10.5个百分点")
    assert bare("增长10%") != bare("增长10‰")


titles = st.text(alphabet="建立完善台账清单服务企业人才园区项目", min_size=2, max_size=8)
clauses = st.lists(st.tuples(titles, st.sampled_from(["市人社局", "市财政局", "市商务局"])), max_size=14)


def tasks_of(made: list[tuple[str, str]], side: str) -> list[Clause]:
    return [task(f"{side}{n}", title, units=(unit,)) for n, (title, unit) in enumerate(made)]


@given(clauses, clauses)
def test_each_clause_is_told_of_exactly_once_on_its_side(a: list[tuple[str, str]], b: list[tuple[str, str]]) -> None:
    old, new = tasks_of(a, "old"), tasks_of(b, "new")
    found = compare(old, new)
    assert sorted(x.old.key for x in found if x.old) == sorted(x.key for x in old)
    assert [x.new.key for x in found if x.new] == [x.key for x in new]


@given(clauses)
def test_a_version_against_itself_changes_nothing(made: list[tuple[str, str]]) -> None:
    assert {x.verdict for x in compare(tasks_of(made, "old"), tasks_of(made, "new"))} <= {"same"}


@given(clauses, clauses)
def test_comparing_twice_says_the_same(a: list[tuple[str, str]], b: list[tuple[str, str]]) -> None:
    assert compare(tasks_of(a, "old"), tasks_of(b, "new")) == compare(tasks_of(a, "old"), tasks_of(b, "new"))


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_marked_parts_make_up_both_wordings(old: str, new: str) -> None:
    parts = marked(old, new)
    assert "".join(words for kind, words in parts if kind != "new") == old
    assert "".join(words for kind, words in parts if kind != "old") == new
    assert all(a[0] != b[0] for a, b in pairwise(parts))


def test_a_clause_is_held_against_a_few_others_however_many_there_are() -> None:
    olds = [_Looked(task(f"a{n}", f"第{n:04d}号项目跟踪服务")) for n in range(3000)]
    news = [_Looked(task(f"b{n}", f"第{n:04d}号项目跟踪帮办")) for n in range(3000)]
    asked = list(_candidates(olds, news))
    assert max(map(len, asked)) <= ASKED
    assert len(olds) > COMMON


def test_ten_thousand_clauses_of_one_name_are_paired_in_order() -> None:
    old = [task(f"a{n}", "加强宣传") for n in range(10_000)]
    new = [task(f"b{n}", "加强宣传") for n in range(9_990)]
    found = compare(old, new)
    assert sum(x.verdict == "same" for x in found) == 9_990
    assert sum(x.verdict == "gone" for x in found) == 10
