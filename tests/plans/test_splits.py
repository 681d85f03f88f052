"""Targets over the counties: any split issued adds up exactly, by two people, with every version kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.insights.splitting import last_figures, last_year, suggest
from guiyan.insights.standing import standings_of
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.plans import actions
from guiyan.plans.models import Indicator, TargetShare, TargetSplit
from guiyan.plans.queries import splits
from guiyan.plans.sharing import faults_of, share_out
from guiyan.registers import actions as registers
from tests.plans.factories import published_plan

TONGSHAN, CHONGYANG, XIANAN, ZONE = 421224000000, 421223000000, 421202000000, 421202900000
COUNTIES = (421202000000, 421221000000, 421222000000, 421223000000, 421224000000, 421281000000)
People = Callable[[str], Actor]


@pytest.fixture
def founders(scoped_db: object, at: Callable[[str], object], actor: People) -> Indicator:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    return Indicator.objects.select_related("document").get(definition="new-returnee-businesses")


def even(total: int = 10_000) -> dict[int, Decimal | None]:
    return {**share_out(Decimal(total), dict.fromkeys(COUNTIES, Decimal(1))).shares, ZONE: Decimal(100)}


def saved(actor: Actor, indicator: Indicator, values: dict[int, Decimal | None], **more: str) -> TargetSplit:
    return actions.save_split(actor, indicator=indicator, year=2026, values=values, **more)  # type: ignore[arg-type]


def issued(actor: People, indicator: Indicator, values: dict[int, Decimal | None], **more: str) -> TargetSplit:
    split = actions.propose_split(actor("helin"), split=saved(actor("helin"), indicator, values, **more))
    return actions.issue_split(actor("panjian"), split=split)


@given(
    total=st.integers(0, 10**12),
    weights=st.lists(st.integers(0, 10**7), min_size=1, max_size=8).filter(any),
    step=st.sampled_from([1, 10_000]),
)
def test_whatever_the_weights_the_shares_add_up_exactly(total: int, weights: list[int], step: int) -> None:
    shared = share_out(Decimal(total), {n: Decimal(w) for n, w in enumerate(weights)}, Decimal(step))
    assert sum(shared.shares.values()) == total
    assert all(value >= 0 for value in shared.shares.values())
    assert len(shared.extra) < len(weights) or shared.extra == []


@given(values=st.lists(st.one_of(st.none(), st.integers(0, 4_000)), min_size=6, max_size=6))
def test_a_split_is_free_of_faults_exactly_when_its_counties_make_the_whole(values: list[int | None]) -> None:
    indicator = Indicator(target=Decimal(10_000), unit="人", kind="count", comparator=">=")
    shares = [
        TargetShare(place=p, value=None if v is None else Decimal(v)) for p, v in zip(COUNTIES, values, strict=True)
    ]
    shares.append(TargetShare(place=ZONE, inside=XIANAN, value=Decimal(0)))
    adds_up = None not in values and sum(v or 0 for v in values) == 10_000
    assert (faults_of(indicator, shares, per_region=False) == []) is adds_up


def test_a_draft_may_be_short_and_says_by_how_much_but_is_not_put_up(founders: Indicator, actor: People) -> None:
    split = saved(actor("helin"), founders, {**even(9_000), TONGSHAN: None})
    faults = actions.split_faults(split)
    assert "还有1个县（市、区）没有填" in faults and any("少2,500人" in fault for fault in faults)
    with pytest.raises(Refused, match="不能报请下达"):
        actions.propose_split(actor("helin"), split=split)
    over = saved(actor("helin"), founders, even(10_001), seen=split.mark)
    assert actions.split_faults(over) == ["各县合计比全市目标多1人"]


def test_whoever_drew_it_up_does_not_issue_it(founders: Indicator, actor: People) -> None:
    split = actions.propose_split(actor("helin"), split=saved(actor("helin"), founders, even()))
    with pytest.raises(NotAllowed):
        actions.issue_split(actor("helin"), split=split)
    actions.issue_split(actor("panjian"), split=split)
    assert sum(x.value or 0 for x in split.shares.all() if x.counts) == 10_000
    assert standings_of([founders], TONGSHAN)[0].target == Decimal(1666)
    assert standings_of([founders], ZONE)[0].target == Decimal(100)


def test_a_zone_is_within_its_county_and_never_added(founders: Indicator, actor: People) -> None:
    split = saved(actor("helin"), founders, {**even(), ZONE: Decimal(9_999)})
    assert actions.split_faults(split) == ["功能区的数不能大于它所在县区的数"]


def test_a_changed_split_says_why_and_the_old_one_stays(founders: Indicator, actor: People) -> None:
    first = issued(actor, founders, even())
    with pytest.raises(Refused, match="写明理由"):
        saved(actor("helin"), founders, even())
    values = {**even(), TONGSHAN: Decimal(1_566), CHONGYANG: even()[CHONGYANG] + 100}  # type: ignore[operator]
    second = issued(actor, founders, values, reason="通山县上半年受灾")
    first.refresh_from_db()
    assert (first.state, second.state, second.version) == ("replaced", "issued", 2)
    assert second.proposed_by == "何琳" and second.issued_by == "潘健" and second.reason == "通山县上半年受灾"
    assert first.shares.get(place=TONGSHAN).value == 1_666 and standings_of([founders], TONGSHAN)[0].target == 1_566


def test_two_windows_do_not_overwrite_each_other(founders: Indicator, actor: People) -> None:
    split = saved(actor("helin"), founders, even())
    with pytest.raises(Refused, match="刚刚由何琳改过"):
        saved(actor("helin"), founders, even(), seen="2026-06-01T00:00:00+08:00")
    saved(actor("helin"), founders, even(9_999), seen=split.mark)
    assert TargetSplit.objects.count() == 1


def test_what_holds_for_each_county_is_not_added_but_must_be_reached(founders: Indicator, actor: People) -> None:
    parks = Indicator.objects.get(definition="parks-per-county")
    low = actions.save_split(
        actor("helin"), indicator=parks, year=2027, values={**dict.fromkeys(COUNTIES, Decimal(2)), TONGSHAN: Decimal(1)}
    )
    assert actions.split_faults(low) == ["文件要求每个县（市、区）不少于2个，有1个低于它"]


def test_growth_has_bounds_and_no_sum(founders: Indicator, actor: People) -> None:
    growth = Indicator.objects.get(definition="chushang-signed-growth")
    split = saved(actor("helin"), growth, {**dict.fromkeys(COUNTIES, Decimal("12.5")), TONGSHAN: Decimal(-5)})
    assert actions.split_faults(split) == []


def test_counties_see_what_was_issued_and_nothing_of_drafts(founders: Indicator, actor: People) -> None:
    split = saved(actor("helin"), founders, even())
    with pytest.raises(NotFound):
        splits.split_by_id(actor("tangjie"), split.id)
    assert list(splits.versions_of(actor("tangjie"), founders)) == []
    actions.issue_split(actor("panjian"), split=actions.propose_split(actor("helin"), split=split))
    assert [x.id for x in splits.versions_of(actor("tangjie"), founders)] == [split.id]


def test_a_suggestion_adds_up_and_says_where_the_rest_went(founders: Indicator) -> None:
    shared = suggest(founders, 2026, "even")
    assert sum(shared.shares.values()) == 10_000 and shared.remainder == 4 and len(shared.extra) == 4
    with pytest.raises(Refused, match="去年都没有数"):
        suggest(founders, 2026, "last_year")


def test_last_years_growth_of_a_county_is_a_growth_and_names_what_it_was_divided_from(
    founders: Indicator,
) -> None:
    for serial, day in enumerate((date(2025, 2, 1), date(2025, 9, 1), date(2024, 3, 1))):
        values = {"name": f"示例项目{serial}", "kind": "chushang", "stage": "signed", "region": 421224000000}
        registers.record(SYSTEM, register="project", values={**values, "signed_on": day}, source="bureau")
    growth = Indicator.objects.get(definition="chushang-signed-growth")
    found = last_figures(growth, 2026)[421224000000]
    assert (found.value, found.above, found.below) == (100, 2, 1)
    assert 421223000000 not in last_year(growth, 2026)
