"""A what-if: the question is kept with its rules and facts, computed part by part, told by county, age and month."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from shutil import copytree
from typing import Any

import polars as pl
import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from guiyan.accounts.queries import actor_by_username
from guiyan.engine.rules.stacking import Cap, Stacking
from guiyan.insights import snapshot, whatif
from guiyan.insights.snapshot import kept as kept_facts
from guiyan.insights.whatif import computing
from guiyan.insights.whatif.small import FEW, is_small, without_small
from guiyan.insights.whatif.wording import in_wan, sentence
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.outreach import actions, queries
from guiyan.outreach.models import WhatIfRun
from guiyan.packs import Pack
from guiyan.registers.sample.fill import fill
from tests.outreach import stage
from tests.policies import stage as rules
from tests.prepared import clock_to

pytestmark = pytest.mark.usefixtures("scoped_db")
LOAN, SUBSIDY, GRADUATE = "graduate-loan-person", "startup-subsidy", "graduate-startup-subsidy"
OLDER = {LOAN: {"conditions.age.0": "50"}}
CITY, COUNTY = stage.CITY, stage.COUNTY


def stands(folder: Path) -> None:
    """A city with sample people on a morning, measures in force, facts kept."""
    with override_settings(GUIYAN_HOME=folder):
        clock_to("2026-06-08 09:00")
        pack = releases.current()
        fill(pack, count=300, seed=7, until=calendar.today())
        stage.in_force(LOAN, SUBSIDY, GRADUATE)
        snapshot.take(pack, "person")


@pytest.fixture
def day(scoped_db: object, standing: Path, tmp_path: Path, settings: object) -> date:
    settings.GUIYAN_HOME = copytree(standing, tmp_path / "home")  # type: ignore[attr-defined]
    return calendar.today()


def asked(day: date, **other: Any) -> WhatIfRun:
    question = {
        "title": "年龄放宽到50岁",
        "kind": "person",
        "measures": [LOAN],
        "area": CITY,
        "day": day,
        "changed_day": day,
        "changes": OLDER,
    }
    return whatif.start(stage.helin(), **{**question, **other})


def computed(day: date, **other: Any) -> WhatIfRun:
    run = asked(day, **other)
    jobs.run_pending()
    return WhatIfRun.objects.get(pk=run.pk)


def apply(pack: Pack, **other: Any) -> None:
    """Another release in force."""
    changed = pack.model_copy(update=other)
    releases.apply(SYSTEM, Pack.from_content(changed.content()), note="test")


def facts() -> pl.DataFrame:
    return pl.scan_parquet(kept_facts.home_of("person") / "1" / "**" / "*.parquet").collect()


def test_people_and_money_before_and_after(day: date) -> None:
    run = computed(day)
    people = facts()
    graduates = people.filter(pl.col("is_graduate"))
    ages = graduates["age_years"]
    assert run.computed_at is not None and run.rows_done == run.rows == people.height
    assert run.people_before == (ages <= 45).sum()
    assert run.people_after == (ages <= 50).sum() > run.people_before
    assert run.fen_before == 300_000_00 * run.people_before
    answer = whatif.answer_of(run, exact=True)
    (one,) = answer.measures
    assert answer.together is None and one.money == "loan"
    assert (one.total.came, one.total.left) == (((ages > 45) & (ages <= 50)).sum(), 0)
    for rows in (one.counties, one.ages):
        assert (
            sum(row.after for row in rows) == run.people_after
            and sum(row.fen_more for row in rows) == one.total.fen_more
        )
    by_age = {row.label: row.came for row in one.ages}
    assert by_age["46—50岁"] == one.total.came and by_age["36—45岁"] == 0
    names = {row.label: (row.before, row.after) for row in one.counties}
    at_home = (
        pl.scan_parquet(
            kept_facts.home_of("person") / "1" / f"county={COUNTY}" / "**" / "*.parquet", hive_partitioning=False
        )
        .filter(pl.col("is_graduate"))
        .collect()["age_years"]
    )
    assert names["通山县"] == ((at_home <= 45).sum(), (at_home <= 50).sum())


def test_it_is_said_in_one_sentence(day: date) -> None:
    run = computed(day)
    answer = whatif.answer_of(run, exact=True)
    came = answer.measures[0].total.came
    assert sentence(run, answer, "全市") == (
        f"年龄由45周岁改为50周岁后，全市符合“高校毕业生创业贷款贴息”的多出{came}人"
        f"（由{run.people_before}人变为{run.people_after}人），贷款额度最多增加{came * 30}万元。"
    )
    assert run.said == [
        {
            "measure": "高校毕业生创业贷款贴息",
            "within": "45岁以下（含）",
            "label": "年龄",
            "today": "45周岁",
            "changed": "50周岁",
        }
    ]


def test_who_is_unknown_is_counted_by_the_fact_that_is_wanting(day: date) -> None:
    run = computed(day, measures=[SUBSIDY], changes={SUBSIDY: {"benefit.amount_yuan": "8000"}})
    (one,) = whatif.answer_of(run, exact=True).measures
    assert one.money == "given" and one.open_conditions == ("符合条件的",)
    assert one.total.fen_more == one.total.before * 3_000_00
    assert one.total.unknown_before == one.total.unknown_after > 0
    assert {row.fact for row in one.waiting} == {"is_returnee", "business_registrations"} and all(
        row.before == row.after for row in one.waiting
    )


def test_months_are_those_of_the_day_that_decides(day: date) -> None:
    off = {"conditions.jobs.off": "true", "conditions.within.off": "true"}
    run = computed(day, measures=[GRADUATE], changes={GRADUATE: off})
    (one,) = whatif.answer_of(run, exact=True).measures
    assert len([row for row in one.months if row.group]) > 1 and one.months[-1].group is None
    assert sum(row.after for row in one.months) == one.total.after > 0
    undated = computed(day)
    assert not whatif.answer_of(undated, exact=True).measures[0].months


def test_a_measure_whose_window_is_over_is_for_nobody(day: date) -> None:
    run = computed(day, changes={LOAN: {"to": "2026-05-31"}})
    assert (run.people_after, run.fen_after) == (0, 0) and run.people_before
    later = computed(day, changed_day=date(2025, 6, 8), changes={})
    assert later.people_after == 0


def test_several_measures_are_added_up_under_their_cap(day: date, pack: Pack) -> None:
    cap = {"label": "两项合计", "measures": [SUBSIDY, GRADUATE], "most_yuan": "6000", "from": "2025-06-09"}
    stacking = Stacking(caps={"both": Cap.model_validate({**cap, "set_by": "city-demo", "document": "示例"})})
    apply(pack, stacking=stacking)
    both = {"": {"caps.both": "20000"}, SUBSIDY: {"conditions.returnee.off": "true"}}
    run = computed(day, measures=[SUBSIDY, GRADUATE], changes=both)
    answer = whatif.answer_of(run, exact=True)
    assert answer.together is not None and run.people_after == answer.together.total.after
    total, alone = answer.together.total, [one.total for one in answer.measures]
    assert total.fen_before <= sum(one.fen_before for one in alone) and max(one.after for one in alone) <= total.after
    assert [one["measure"] for one in run.said] == ["一次性创业补贴", ""]


def test_the_same_question_is_answered_from_what_is_kept(day: date, pack: Pack) -> None:
    first = computed(day)
    assert asked(day, title="同一个问题").pk == first.pk
    assert asked(day, changes={LOAN: {"conditions.age.0": "51"}}).pk != first.pk
    snapshot.take(pack, "person")
    assert asked(day).pk != first.pk


def test_parts_come_to_the_same(day: date, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = computed(day)
    monkeypatch.setattr(computing, "ROWS_IN_PART", 1)
    actions.delete_what_if(stage.helin(), run=whole)
    parts = asked(day)
    jobs.run_pending()
    again = WhatIfRun.objects.get(pk=parts.pk)
    assert again.counties_done > 3 and again.tables == whole.tables
    assert (again.people_after, again.rows_done) == (whole.people_after, whole.rows)


def test_a_county_is_tried_by_itself(day: date) -> None:
    run = computed(day, area=COUNTY)
    (one,) = whatif.answer_of(run, exact=True).measures
    assert [row.label for row in one.counties] == ["通山县"] and one.total.after == run.people_after


def test_a_run_keeps_its_rules_whatever_is_changed_meanwhile(day: date, pack: Pack) -> None:
    run = asked(day)
    measure = pack.measures[LOAN]
    (version,) = measure.versions
    age = version.conditions["age"].model_copy(update={"when": "age_years <= 20"})
    stricter = version.model_copy(update={"conditions": {**version.conditions, "age": age}})
    others = {**pack.measures, LOAN: measure.model_copy(update={"versions": (stricter,)})}
    apply(pack, measures=others)
    jobs.run_pending()
    done = WhatIfRun.objects.get(pk=run.pk)
    assert done.release != releases.current_id()
    assert done.people_before == (facts().filter(pl.col("is_graduate"))["age_years"] <= 45).sum()


def test_a_draft_of_the_rule_desk_is_tried_out_as_it_was(day: date) -> None:
    proposal = rules.raised()
    run = whatif.start_of_proposal(stage.helin(), proposal=proposal)
    assert run.changed_day == proposal.effective_on and run.measures == [SUBSIDY]
    proposal = rules.saved(proposal, rules.amount("7000"), {**rules.CASE, "amount_yuan": "7000"})
    jobs.run_pending()
    done = WhatIfRun.objects.get(pk=run.pk)
    (one,) = whatif.answer_of(done, exact=True).measures
    assert one.total.before > 0 and one.total.fen_more == one.total.before * 1_000_00
    assert sentence(done, whatif.answer_of(done, exact=True), "全市").startswith("按起草的规则改后，全市")
    assert any("6,000元" in said["changed"] for said in done.said)


def test_a_draft_with_faults_or_without_changes_is_refused(day: date) -> None:
    with pytest.raises(Refused, match=r"没有不同|没改好"):
        whatif.start_of_proposal(stage.helin(), proposal=rules.begun())
    broken = rules.saved(rules.begun(GRADUATE), rules.amount("much"))
    with pytest.raises(Refused, match="没改好"):
        whatif.start_of_proposal(stage.helin(), proposal=broken)


def test_facts_that_are_gone_are_said_and_nothing_is_invented(day: date, pack: Pack) -> None:
    run = asked(day)
    for _ in range(kept_facts.KEPT):
        snapshot.take(pack, "person")
    jobs.run_pending()
    stuck = WhatIfRun.objects.get(pk=run.pk)
    assert stuck.computed_at is None and "换成更新的" in stuck.problem and stuck.state_label == "没有算成"
    assert computed(day).computed_at is not None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "什么也没有改"),
        ({LOAN: {"conditions.age.0": "45"}}, "什么也没有改"),
        ({LOAN: {"to": "2020-01-01"}}, "截止日期早于施行日期"),
        ({SUBSIDY: {"benefit.amount_yuan": "1"}}, "没有选中的措施不能改"),
    ],
)
def test_what_makes_no_question_is_refused(day: date, changes: dict[str, dict[str, str]], words: str) -> None:
    with pytest.raises(Refused, match=words):
        asked(day, changes=changes)
    assert not WhatIfRun.objects.exists()


def test_who_may_ask_and_where(day: date) -> None:
    with pytest.raises(NotAllowed):
        whatif.start(
            actor_by_username("linzong"), title="a", kind="person", measures=[LOAN], area=CITY, day=day,
            changed_day=day, changes=OLDER,
        )  # fmt: skip
    with pytest.raises(NotFound):
        asked(day, area=420100000000)
    with pytest.raises(Refused, match="至少选一项"):
        asked(day, measures=[])


def test_without_facts_there_is_nothing_to_ask(day: date) -> None:
    stage.in_force("guarantee-loan-firm")
    more = {"guarantee-loan-firm": {"benefit.amount_max_yuan": "6000000"}}
    with pytest.raises(Refused, match="先取数"):
        asked(day, kind="organisation", measures=["guarantee-loan-firm"], changes=more)


def test_it_is_audited_and_taken_away(day: date) -> None:
    run = computed(day)
    actions.delete_what_if(stage.helin(), run=run)
    assert list(AuditEntry.objects.filter(target=run.ref).order_by("id").values_list("action", flat=True)) == [
        "whatif.start",
        "whatif.compute",
        "whatif.delete",
    ]
    with pytest.raises(NotFound):
        queries.what_if_by_id(stage.helin(), run.pk)
    with pytest.raises(NotFound):
        actions.delete_what_if(stage.helin(), run=run)


def test_taken_away_while_it_is_computed_the_job_ends(day: date) -> None:
    run = asked(day)
    actions.delete_what_if(stage.helin(), run=run)
    jobs.run_pending()
    assert not WhatIfRun.objects.exists()


def test_groups_of_one_and_two_are_put_together(day: date) -> None:
    run = computed(day)
    exact, merged = (whatif.answer_of(run, exact=seen).measures[0] for seen in (True, False))
    assert any(is_small(row) for row in exact.counties)
    for rows, whole in ((merged.counties, exact.counties), (merged.ages, exact.ages)):
        small = [row for row in rows if is_small(row)]
        assert not small or len(rows) == 1
        assert sum(row.after for row in rows) == sum(row.after for row in whole)
        assert sum(row.fen_more for row in rows) == sum(row.fen_more for row in whole)


@pytest.mark.parametrize(
    ("fen", "words"),
    [(5_000_00, "5,000元"), (10_000_00, "1万元"), (4_093_000_00, "409.3万元"), (2_070 * 10_000_00, "2,070万元")],
)
def test_money_is_said_in_wan(fen: int, words: str) -> None:
    assert in_wan(fen) == words


class Group:
    def __init__(self, *counts: int) -> None:
        self.counts = counts


@pytest.mark.parametrize(
    ("groups", "shown"),
    [
        ([10, 20], [10, 20]),
        ([10, 1, 20], [20, 11]),  # by itself it could be reckoned from the total
        ([10, 1, 1, 20], [20, 12]),
        ([0, 2, 2, 9], [0, 9, 4]),
        ([1], [1]),
    ],
)
def test_a_small_group_is_never_alone(groups: list[int], shown: list[int]) -> None:
    found = without_small([Group(one) for one in groups], lambda some: Group(sum(one.counts[0] for one in some)))
    assert [one.counts[0] for one in found] == shown
    assert FEW == 3


def test_the_lists_cost_the_same_for_one_and_for_three(day: date) -> None:
    helin = stage.helin()
    costs = []
    for years in ("50", "55", "60"):
        computed(day, changes={LOAN: {"conditions.age.0": years}})
        with CaptureQueriesContext(connection) as asked_for:
            assert list(queries.what_ifs_for(helin, words="年龄", state="done", measure=LOAN))
            assert queries.what_if_counts(helin)["done"] and queries.measures_tried(helin) == [LOAN]
        costs.append(len(asked_for))
    assert len(set(costs)) == 1
