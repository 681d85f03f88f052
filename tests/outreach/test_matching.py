"""A run asks the registers whom measures fit, county by county, and keeps counts, audience and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.kernel import jobs, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.outreach import actions, queries
from guiyan.outreach.models import AudienceRow, CountyCount, MatchRun, MissingFact
from guiyan.policies.actions import end_confirmations
from tests.cases import people
from tests.outreach import stage
from tests.outreach.stage import COUNTY, GRADUATE, LOAN, SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db", "morning")
OTHER_TOWN = 421223101000  # in 崇阳县


@pytest.fixture
def registers_filled(tmp_path: Path) -> dict[str, int]:
    """Two whom the subsidy fits in 通山县, one in 崇阳县, one who had two businesses, one of whom nothing is known."""
    stage.with_lists(tmp_path)
    stage.in_force(SUBSIDY, LOAN)
    return {
        "first": people.a_returnee(1, name="刘示例").subject_id,
        "second": people.a_returnee(2, name="王示例").subject_id,
        "elsewhere": people.a_returnee(3, name="李示例", region=OTHER_TOWN).subject_id,
        "twice": people.a_returnee(4, name="陈示例", firms=2).subject_id,
        "unknown": stage.undecided(5),
    }


def test_counts_by_county_and_measure_are_what_the_rules_say(registers_filled: dict[str, int]) -> None:
    run = stage.computed(SUBSIDY)
    assert run.state == "computed" and run.subjects == 5 and run.people == 3
    counts = {row.county: (row.yes, row.unknown, row.amount_fen) for row in CountyCount.objects.filter(measure=SUBSIDY)}
    assert counts[COUNTY] == (2, 1, 2 * 5_000_00)
    assert counts[421223000000] == (1, 0, 5_000_00)
    audience = set(AudienceRow.objects.filter(run=run).values_list("about_id", "measure", "region"))
    named = registers_filled
    assert audience == {
        (named["first"], SUBSIDY, people.VILLAGE),
        (named["second"], SUBSIDY, people.VILLAGE),
        (named["elsewhere"], SUBSIDY, OTHER_TOWN),
    }


def test_the_unknown_are_counted_by_the_fact_to_ask_for_and_never_in_the_audience(
    registers_filled: dict[str, int],
) -> None:
    run = stage.computed(SUBSIDY)
    facts = dict(MissingFact.objects.filter(run=run).values_list("fact", "people"))
    assert facts == {"is_returnee": 1, "business_registrations": 1}
    assert not AudienceRow.objects.filter(about_id=registers_filled["unknown"]).exists()
    assert {row.label for row in queries.missing_facts(run)} == {releases.current().facts[name].label for name in facts}


def test_a_person_whom_two_measures_fit_counts_once_in_all(registers_filled: dict[str, int]) -> None:
    run = stage.computed(SUBSIDY, LOAN, area=COUNTY)
    table = queries.count_table(run)
    (county,) = table.rows
    assert county.yes == run.people == 4  # the loan asks for nothing but a person
    assert [total.yes for total in table.totals] == [{SUBSIDY: 2, LOAN: 4}[total.measure] for total in table.totals]


def test_only_the_area_is_looked_at(registers_filled: dict[str, int]) -> None:
    run = stage.computed(SUBSIDY, area=COUNTY)
    assert run.subjects == 4 and run.people == 2
    assert [piece.name for piece in queries.piece_progress(run)] == ["通山县"]


def test_pressing_twice_is_one_run(registers_filled: dict[str, int]) -> None:
    assert stage.started(SUBSIDY).pk == stage.started(SUBSIDY).pk
    jobs.run_pending()
    assert MatchRun.objects.count() == 1


def test_a_run_keeps_the_rules_it_was_started_with(registers_filled: dict[str, int]) -> None:
    run = stage.started(SUBSIDY)
    pack = releases.current()
    measure = pack.measures[SUBSIDY]
    version = measure.versions[0]
    dearer = version.model_copy(update={"benefit": version.benefit.model_copy(update={"amount_yuan": "9000"})})
    edited = measure.model_copy(update={"versions": (dearer,)})
    releases.apply(SYSTEM, pack.model_copy(update={"measures": {**pack.measures, SUBSIDY: edited}}))
    jobs.run_pending()
    assert set(AudienceRow.objects.filter(run=run).values_list("amount_fen", flat=True)) == {5_000_00}


def test_a_measure_that_is_not_confirmed_or_of_another_kind_is_refused(registers_filled: dict[str, int]) -> None:
    with pytest.raises(Refused, match="没有确认"):
        stage.started(GRADUATE)
    with pytest.raises(Refused, match="至少选一项"):
        actions.start_run(
            stage.helin(), title="空", kind="person", measures=(), area=COUNTY, day=stage.calendar.today()
        )
    with pytest.raises(Refused, match="没有施行"):
        stage.started(SUBSIDY, day=stage.date(2025, 6, 8))
    end_confirmations(SYSTEM, document_id=1)
    with pytest.raises(Refused, match="已经停用"):
        stage.started(SUBSIDY)


def test_nobody_looks_beyond_her_own_area_or_without_the_right(
    registers_filled: dict[str, int], actor: Callable[[str], object]
) -> None:
    with pytest.raises(NotFound):
        stage.started(SUBSIDY, area=420100000000)
    with pytest.raises(NotAllowed):
        actions.start_run(
            actor("zhoumin"), title="名", kind="person", measures=(SUBSIDY,), area=COUNTY, day=stage.calendar.today()
        )


def test_a_stopped_run_computes_no_further(registers_filled: dict[str, int]) -> None:
    run = stage.started(SUBSIDY)
    with pytest.raises(Refused, match="理由"):
        actions.stop_run(stage.helin(), run=run, reason=" ")
    actions.stop_run(stage.helin(), run=run, reason="范围选错了")
    jobs.run_pending()
    assert stage.again(run).state == "stopped" and not CountyCount.objects.filter(run=run).exists()


def test_a_firm_that_was_recognised_is_found_as_a_firm(registers_filled: dict[str, int]) -> None:
    stage.in_force("guarantee-loan-firm")
    run = stage.computed("guarantee-loan-firm", kind="organisation")
    assert (
        run.subjects == 5
        and run.people + sum(CountyCount.objects.filter(run=run, measure="").values_list("unknown", flat=True)) == 5
    )


def test_what_was_done_stands_in_the_audit_log(registers_filled: dict[str, int]) -> None:
    run = stage.sent(SUBSIDY)
    acts = list(AuditEntry.objects.filter(target=run.ref).order_by("id").values_list("action", flat=True))
    assert acts == [
        "outreach.start",
        "outreach.compute",
        "outreach.propose",
        "outreach.approve",
        "outreach.send",
        "outreach.end",
    ]
