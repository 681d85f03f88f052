"""Reported figures: asked for when a period ends, filled, checked and locked by three people, each value kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from guiyan.insights.standing import standings_of
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.plans import actions
from guiyan.plans.actions import Given
from guiyan.plans.actions.reporting import ended_periods
from guiyan.plans.models import Indicator, ReportedFigure
from guiyan.plans.queries import reported
from tests.plans.factories import published_plan

CITY, TONGSHAN = 421200000000, 421224000000
People = Callable[[str], Actor]


@pytest.fixture
def packaged(scoped_db: object, at: Callable[[str], object], actor: People) -> Indicator:
    """策划包装招商信息和招商项目: reported monthly by each county; the plan is in force since May."""
    at("2026-05-18 09:00")
    published_plan(actor("helin"))
    at("2026-06-02 09:00")
    actions.open_figures(date(2026, 6, 2))
    return Indicator.objects.select_related("document").get(definition="chushang-packaged-projects")


def own(indicator: Indicator, place: int = TONGSHAN) -> ReportedFigure:
    return ReportedFigure.objects.get(indicator=indicator, place=place, period_end=date(2026, 5, 31))


def filled(actor: People, figure: ReportedFigure, value: int) -> ReportedFigure:
    return actions.fill_figure(actor("tangjie"), figure=figure, given=Given(Decimal(value)))


def locked(actor: People, figure: ReportedFigure, value: int) -> ReportedFigure:
    figure = actions.check_figure(actor("fangyu"), figure=filled(actor, figure, value), passed=True)
    return actions.lock_figure(actor("lulin"), figure=figure, accepted=True)


def test_periods_are_whole_and_only_those_that_ended_are_asked_for() -> None:
    found = list(ended_periods(date(2026, 5, 18), date(2026, 7, 1), 1))
    assert found == [(date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 6, 1), date(2026, 6, 30))]
    assert list(ended_periods(date(2026, 5, 18), date(2026, 6, 30), 3)) == []
    assert list(ended_periods(date(2026, 5, 18), date(2026, 7, 1), 3)) == [(date(2026, 4, 1), date(2026, 6, 30))]
    assert list(ended_periods(date(2026, 11, 2), date(2027, 1, 1), 12)) == [(date(2026, 1, 1), date(2026, 12, 31))]


def test_each_county_is_asked_once_and_by_its_own_bureau(packaged: Indicator) -> None:
    rows = ReportedFigure.objects.filter(indicator=packaged)
    assert rows.count() == 6 and {x.due_on for x in rows} == {date(2026, 6, 5)}
    before = ReportedFigure.objects.count()
    assert actions.open_figures(date(2026, 6, 2)) == 0 and ReportedFigure.objects.count() == before


def test_three_people_fill_check_and_lock(packaged: Indicator, actor: People) -> None:
    figure = filled(actor, own(packaged), 18)
    with pytest.raises((NotAllowed, NotFound)):
        actions.check_figure(actor("tangjie"), figure=figure, passed=True)
    with pytest.raises((NotAllowed, NotFound)):
        actions.lock_figure(actor("fangyu"), figure=figure, accepted=True)
    figure = actions.check_figure(actor("fangyu"), figure=figure, passed=True)
    figure = actions.lock_figure(actor("lulin"), figure=figure, accepted=True)
    assert figure.state == "locked" and standings_of([packaged], TONGSHAN)[0].value == 18


def test_a_value_is_a_row_and_a_correction_another(packaged: Indicator, actor: People) -> None:
    figure = locked(actor, own(packaged), 18)
    with pytest.raises(Refused):
        actions.fill_figure(actor("tangjie"), figure=figure, given=Given(Decimal(20)))
    with pytest.raises(Refused, match="理由"):
        actions.unlock_figure(actor("lulin"), figure=figure, reason=" ")
    figure = actions.unlock_figure(actor("lulin"), figure=figure, reason="漏报2个项目")
    assert standings_of([packaged], TONGSHAN)[0].value is None
    filled(actor, figure, 20)
    assert [x.value for x in reported.entries_of(figure)] == [20, 18]


def test_the_city_counts_only_when_every_county_is_locked(packaged: Indicator, actor: People) -> None:
    locked(actor, own(packaged), 18)
    found = standings_of([packaged], CITY)[0]
    assert (found.value, found.light, found.words) == (None, "idle", "未锁定（6个县里1个已锁定）")
    for figure in ReportedFigure.objects.filter(indicator=packaged).exclude(place=TONGSHAN):
        lock_as_system(figure, 10)
    assert standings_of([packaged], CITY)[0].value == 68


def lock_as_system(figure: ReportedFigure, value: int) -> None:
    from guiyan.kernel.actors import SYSTEM, FixedActor

    people = [FixedActor("system", name, number, None) for name, number in (("甲", 901), ("乙", 902), ("丙", 903))]
    assert SYSTEM.kind == "system"
    actions.fill_figure(people[0], figure=figure, given=Given(Decimal(value)))
    figure.refresh_from_db()
    actions.check_figure(people[1], figure=figure, passed=True)
    actions.lock_figure(people[2], figure=figure, accepted=True)


@pytest.mark.parametrize(
    ("given", "words"),
    [(Given(), "没有发生的填0"), (Given(Decimal("1.5")), "应为整数"), (Given(Decimal(-1)), "应在0到")],
)
def test_what_cannot_be_is_refused_in_words(packaged: Indicator, actor: People, given: Given, words: str) -> None:
    with pytest.raises(Refused, match=words):
        actions.fill_figure(actor("tangjie"), figure=own(packaged), given=given)
    assert own(packaged).state == "open"


def test_a_yearly_total_does_not_shrink_without_a_word(
    packaged: Indicator, actor: People, at: Callable[[str], object]
) -> None:
    locked(actor, own(packaged), 18)
    at("2026-07-02 09:00")
    actions.open_figures(date(2026, 7, 2))
    june = ReportedFigure.objects.get(indicator=packaged, place=TONGSHAN, period_end=date(2026, 6, 30))
    with pytest.raises(Refused, match="不应少于2026年5月锁定的18个"):
        filled(actor, june, 17)
    actions.fill_figure(actor("tangjie"), figure=june, given=Given(Decimal(17), note="1个项目重复"))


def test_a_share_is_divided_by_the_system_and_never_by_nothing(packaged: Indicator, actor: People) -> None:
    rate = Indicator.objects.get(definition="local-conversion-rate")
    actions.open_figures(date(2026, 7, 1))
    figure = ReportedFigure.objects.get(indicator=rate)
    with pytest.raises(Refused, match="分子不能大于分母"):
        lock_given(figure, Given(above=Decimal(5), below=Decimal(4)))
    lock_given(figure, Given(above=Decimal(0), below=Decimal(0)))
    figure.refresh_from_db()
    assert (figure.value, figure.why) == (None, "分母是0，算不出比例")


def lock_given(figure: ReportedFigure, given: Given) -> None:
    from guiyan.kernel.actors import FixedActor

    actions.fill_figure(FixedActor("system", "甲", 901, None), figure=figure, given=given)


def test_another_county_sees_nothing_of_it_and_the_late_are_listed(packaged: Indicator, actor: People) -> None:
    figure = filled(actor, own(packaged), 18)
    with pytest.raises(NotFound):
        reported.figure_by_id(actor("caoyun"), figure.id)
    rows = reported.late(reported.figures_for(actor("lulin")), date(2026, 6, 8)).filter(indicator=packaged)
    assert rows.count() == 6
    assert {x.indicator_id for x in reported.waiting_for(actor("fangyu"))} == {packaged.id}
