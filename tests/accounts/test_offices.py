"""Units and regions as the pack declares them, found by the names people use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from guiyan.accounts import queries
from guiyan.accounts.actions import apply_units
from guiyan.accounts.models import Grant, Post, Region, Unit, User
from guiyan.kernel import regions
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.scope import Scope
from guiyan.packs import Pack

DAY = date(2026, 6, 8)


@pytest.fixture
def bureaus(scoped_db: Scope) -> None:
    new = sample_unit("new", name="样本新局", short_name="新局")
    sample_unit("old", name="样本旧局", aliases=["旧单位"], valid_to=date(2024, 3, 1), successor=new)
    for number in (1, 2):
        sample_unit(f"same{number}", name=f"同名{number}", short_name="同名")


def sample_unit(code: str, **fields: Any) -> Unit:
    return Unit.objects.create(code=code, kind="sample", region=421200000000, **fields)


@pytest.mark.parametrize("name", ["样本新局", "新局", " 新局 ", "样本旧局", "旧单位"])
def test_a_unit_is_found_by_name_short_name_alias_or_its_predecessors_name(bureaus: None, name: str) -> None:
    found = queries.resolve_unit(name, DAY)
    assert found is not None and found.code == "new"


def test_on_a_day_when_it_still_lived_the_old_unit_itself_is_meant(bureaus: None) -> None:
    found = queries.resolve_unit("样本旧局", date(2023, 1, 1))
    assert found is not None and found.code == "old"


@pytest.mark.parametrize("name", ["同名", "没有这个局", ""])
def test_an_unknown_or_ambiguous_name_is_not_guessed(bureaus: None, name: str) -> None:
    assert queries.resolve_unit(name, DAY) is None


def test_successors_in_a_circle_end_in_nothing(scoped_db: Scope) -> None:
    gone = date(2020, 1, 1)
    one = sample_unit("one", name="甲", valid_to=gone)
    two = sample_unit("two", name="乙", valid_to=gone, successor=one)
    one.successor = two
    one.save()
    assert queries.resolve_unit("甲", DAY) is None


def test_the_pack_is_applied_whole_and_a_second_time_changes_nothing(scoped_db: Scope, pack: Pack) -> None:
    def stock() -> tuple[list[object], ...]:
        return (
            list(Region.objects.values()),
            list(Unit.objects.order_by("code").values()),
            list(User.objects.values("username", "password")),
            list(Grant.objects.values()),
        )

    before = stock()
    apply_units(SYSTEM, pack)
    assert stock() == before
    assert set(Unit.objects.values_list("code", flat=True)) >= set(pack.units)
    assert set(Region.objects.values_list("code", flat=True)) >= set(pack.regions)
    assert set(User.objects.values_list("username", flat=True)) >= set(pack.demo)


def test_every_demo_officer_has_the_grants_the_pack_declares(actor: Callable[[str], Actor], pack: Pack) -> None:
    for username, account in pack.demo.items():
        grants = actor(username).grants
        assert sorted(grant.role for grant in grants) == sorted(account.roles), username
        for grant in grants:
            assert grant.permissions == frozenset(pack.roles[grant.role].permissions)


def test_a_post_that_has_ended_grants_nothing(actor: Callable[[str], Actor]) -> None:
    assert actor("zhoumin").grants
    Post.objects.filter(user__username="zhoumin").update(valid_to=date(2020, 1, 1))
    assert actor("zhoumin").grants == ()


def test_a_grant_that_has_not_begun_grants_nothing(actor: Callable[[str], Actor]) -> None:
    Grant.objects.filter(post__user__username="zhoumin").update(valid_from=date(2099, 1, 1))
    assert actor("zhoumin").grants == ()


def test_an_officer_needs_two_queries(actor: Callable[[str], Actor], max_queries: Callable[[int], object]) -> None:
    user = User.objects.get(username="caoyun")
    with max_queries(2):  # type: ignore[attr-defined]
        assert len(queries.actor_of(user, DAY).grants) == 2


def test_a_path_is_written_from_the_county_down(scoped_db: Scope) -> None:
    assert queries.region_path(421224107000) == "通山县大畈镇"
    assert queries.region_path(421224000000) == "通山县"
    assert queries.region_path(421200000000) == "咸宁市"
    assert queries.region_paths([421224107000, 421224000000]) == {
        421224107000: "通山县大畈镇",
        421224000000: "通山县",
    }


def test_everything_below_a_county_lies_in_its_interval(scoped_db: Scope) -> None:
    below = list(queries.regions_below(421224000000).values_list("code", flat=True))
    assert 421224107000 in below
    assert 421224000000 not in below
    assert all(regions.contains(421224000000, code) for code in below)
