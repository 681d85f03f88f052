"""What does not fit together over the plans in force is found from the live rows, and a dismissal is of these facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from guiyan.accounts.models import Unit
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.plans import actions
from guiyan.plans.findings import Finding
from guiyan.plans.models import FindingDismissal, Indicator, Task
from guiyan.plans.queries import tasks
from guiyan.plans.queries.findings import findings_on, listed, words_of
from tests.plans.conflicting import two_plans

DAY = date(2026, 6, 1)


@pytest.fixture
def helin(scoped_db: object, actor: Callable[[str], Actor], at: Callable[[str], object]) -> Actor:
    at("2026-06-01 09:00")
    return actor("helin")


def found(kind: str, day: date = DAY) -> list[Finding]:
    return [x for x in findings_on(day) if x.kind == kind]


def test_one_indicator_with_two_figures_is_found_with_both_clauses(helin: Actor) -> None:
    first, second = two_plans(helin)
    (differ,) = found("differ")
    assert differ.documents == {first.id, second.id}
    assert [x.words for x in differ.said] == ["每年不少于100家", "每年不少于120家"]
    words = words_of([differ])
    assert all("服务企业" in words[x.row.item_id] for x in differ.said)


def test_the_same_figure_twice_is_another_finding(helin: Actor) -> None:
    two_plans(helin, 100, 100)
    assert len(found("repeated")) == 1
    assert not found("differ")


def test_figures_for_other_times_or_of_other_things_are_no_finding(helin: Actor) -> None:
    two_plans(helin)
    x = Indicator.objects.get(target=120)
    for change in ({"period": "by:2027"}, {"unit": "人", "period": "per_year"}, {"name": "走访企业", "unit": "家"}):
        Indicator.objects.filter(id=x.id).update(**change)
        assert not found("differ"), change


def test_two_who_lead_one_task_in_one_document_and_in_two(helin: Actor) -> None:
    two_plans(helin)
    leads = found("leads")
    assert [x.title for x in leads] == ["培育企业", "建立返乡人员台账"]
    assert "市商务局、市财政局" in leads[0].why
    assert [x.words for x in leads[1].said] == ["市人社局牵头", "市农业农村局牵头"]


def test_several_units_and_nobody_who_leads_is_found_one_alone_is_not(helin: Actor) -> None:
    two_plans(helin)
    assert [x.title for x in found("no-lead")] == ["办好创业活动"]


def test_a_task_past_its_date_is_found_until_it_is_done(helin: Actor) -> None:
    two_plans(helin)
    task = Task.objects.get(title="统一窗口服务")
    assert not [x for x in found("late") if x.title == task.title]
    actions.set_task_due(helin, task=task, due_on=DAY - timedelta(days=1))
    (late,) = [x for x in found("late") if x.title == task.title]
    assert "过了1天" in late.why
    assert not [x for x in found("late", DAY - timedelta(days=1)) if x.title == task.title]
    actions.finish_task(helin, task=task, note="已开窗")
    assert not [x for x in found("late") if x.title == task.title]


def test_a_figure_for_a_year_that_is_over_without_any_result(helin: Actor) -> None:
    two_plans(helin)
    (late,) = found("late")
    assert late.title == "建成服务站点" and "2024年已经过去" in late.why
    assert not found("late", date(2024, 12, 31))


def test_a_unit_that_is_no_more_is_found_with_who_took_over(helin: Actor) -> None:
    two_plans(helin)
    assert not found("unit")
    heir = Unit.objects.get(code="4212-commerce")
    Unit.objects.filter(code="4212-finance").update(valid_to=date(2026, 3, 1), successor=heir)
    ended = found("unit")
    assert len(ended) == 4
    assert f"已于2026年3月1日撤销，由{heir.name}承接" in ended[0].why
    assert ended[0].units == ("4212-finance",)


def test_a_dismissal_needs_a_reason_and_is_logged(helin: Actor) -> None:
    two_plans(helin)
    (differ,) = found("differ")
    with pytest.raises(Refused, match="为什么无碍"):
        actions.dismiss_finding(helin, key=differ.key, mark=differ.mark, reason=" ")
    actions.dismiss_finding(helin, key=differ.key, mark=differ.mark, reason="口径不同，一个含个体户")
    actions.dismiss_finding(helin, key=differ.key, mark=differ.mark, reason="又点了一次")
    assert FindingDismissal.objects.get().reason == "口径不同，一个含个体户"
    assert AuditEntry.objects.filter(action="finding.dismiss").count() == 1
    assert [x.dismissal is not None for x in listed([differ])] == [True]


def test_it_comes_back_when_the_facts_change_and_goes_again_when_they_change_back(helin: Actor) -> None:
    two_plans(helin)
    (differ,) = found("differ")
    actions.dismiss_finding(helin, key=differ.key, mark=differ.mark, reason="口径不同")
    Indicator.objects.filter(target=120).update(target=130)
    (again,) = found("differ")
    assert again.key == differ.key and listed([again])[0].dismissal is None
    with pytest.raises(Refused, match="刚才变了"):
        actions.dismiss_finding(helin, key=differ.key, mark=differ.mark, reason="口径不同")


def test_only_who_manages_plans_dismisses(helin: Actor, actor: Callable[[str], Actor]) -> None:
    two_plans(helin)
    (differ,) = found("differ")
    with pytest.raises(NotAllowed):
        actions.dismiss_finding(actor("linzong"), key=differ.key, mark=differ.mark, reason="无碍")


def test_documents_no_longer_in_force_make_no_findings(helin: Actor) -> None:
    first, second = two_plans(helin)
    actions.supersede_document(helin, document=first, by=second, since=DAY, reason="新方案第一条")
    assert not found("differ")
    assert {x.documents == {second.id} for x in findings_on(DAY)} == {True}


def test_findings_cost_as_many_queries_however_many_plans_there_are(
    helin: Actor, max_queries: Callable[[int], object]
) -> None:
    two_plans(helin)
    assert tasks().count() == 5
    with max_queries(11):  # type: ignore[attr-defined]
        listed(findings_on(DAY))
