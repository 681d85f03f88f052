"""Grants never cross: one grant must hold both the permission and the place. `visible` and `decide` always agree."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import OWN, decide, require, view_permission, visible
from guiyan.accounts.scope import scope_of
from guiyan.kernel.actors import PUBLIC, SYSTEM, Actor, FixedActor, Grant
from guiyan.kernel.errors import NotAllowed, NotFound, SignInNeeded
from guiyan.kernel.regions import subtree, within
from guiyan.kernel.scope import Scope

TONGSHAN, CHONGYANG, CITY = 421224000000, 421223000000, 421200000000
REGIONS = (CITY, TONGSHAN, CHONGYANG, 421224107000, 421224107206, 421223101000)
PERMISSIONS = ("case.view", "case.accept", "case.review", "payment.view")


class Thing:
    """Anything with a place, an office and a person."""

    def __init__(self, region: int | None, unit_id: int | None = None, subject_id: int | None = None) -> None:
        self.region, self.unit_id, self.subject_id = region, unit_id, subject_id


def grant(permissions: str, *regions: int, unit: int | None = 1, own: bool = False) -> Grant:
    return Grant("role", frozenset(permissions.split()), tuple(map(subtree, regions)), unit, own)


def officer(*grants: Grant, subject_id: int | None = None) -> Actor:
    return FixedActor("user", "某人", user_id=5, subject_id=subject_id, grants=grants)


def test_permissions_of_one_grant_do_not_reach_the_places_of_another() -> None:
    actor = officer(grant("case.view case.accept", TONGSHAN), grant("case.view case.review", CHONGYANG))
    here, there = Thing(421224107000), Thing(421223101000)
    assert decide(actor, "case.accept", here) and decide(actor, "case.review", there)
    assert not decide(actor, "case.review", here)
    assert not decide(actor, "case.accept", there)


def test_an_officer_of_another_county_is_told_there_is_nothing() -> None:
    with pytest.raises(NotFound):
        require(officer(grant("case.view case.accept", CHONGYANG)), "case.accept", Thing(421224107000))


def test_who_may_see_but_not_act_is_told_so() -> None:
    with pytest.raises(NotAllowed):
        require(officer(grant("case.view", TONGSHAN)), "case.accept", Thing(421224107000))


def test_who_may_see_only_through_another_grant_is_told_so_for_that_place_alone() -> None:
    actor = officer(grant("case.accept", CHONGYANG), grant("case.view", TONGSHAN))
    with pytest.raises(NotAllowed):
        require(actor, "case.accept", Thing(421224107000))


def test_nobody_is_asked_to_sign_in() -> None:
    with pytest.raises(SignInNeeded):
        require(PUBLIC, "case.view", Thing(421224107000))


def test_a_grant_for_ones_own_unit_ends_at_the_unit_and_at_the_place() -> None:
    actor = officer(grant("case.check", TONGSHAN, unit=3, own=True))
    assert decide(actor, "case.check", Thing(421224107000, unit_id=3))
    assert not decide(actor, "case.check", Thing(421224107000, unit_id=4))
    assert not decide(actor, "case.check", Thing(421223101000, unit_id=3))
    assert not decide(actor, "case.check", Thing(421224107000))


def test_a_grant_without_a_range_reaches_nothing() -> None:
    actor = officer(grant("case.view"))
    assert decide(actor, "case.view")
    assert not decide(actor, "case.view", Thing(421224107000, unit_id=1))


def test_residents_act_for_themselves_within_what_is_everybodys() -> None:
    resident = FixedActor("user", "刘春燕", user_id=9, subject_id=77)
    assert decide(resident, "case.view", Thing(421224107000, subject_id=77))
    assert not decide(resident, "case.view", Thing(421224107000, subject_id=78))
    assert not decide(resident, "case.accept", Thing(421224107000, subject_id=77))
    assert not decide(resident, "case.view")


def test_the_system_may_and_the_public_may_not() -> None:
    assert decide(SYSTEM, "case.review", Thing(None))
    assert not decide(PUBLIC, "case.view", Thing(421224107000, subject_id=1))


def test_an_object_without_a_place_is_out_of_every_officers_reach() -> None:
    assert not decide(officer(grant("case.view", CITY)), "case.view", Thing(None, unit_id=1))


def test_a_place_may_be_read_through_a_relation() -> None:
    line = type("Line", (), {"batch": Thing(421224107000)})()
    assert decide(officer(grant("case.view", TONGSHAN)), "case.view", line, region="batch__region", unit=None)


@pytest.mark.parametrize(
    ("permission", "view"),
    [("case.accept", "case.view"), ("batch.sign", "case.view"), ("payment.result", "payment.view")],
)
def test_which_permission_shows_an_object(permission: str, view: str) -> None:
    assert view_permission(permission) == view


grants = st.builds(
    Grant,
    role=st.just("role"),
    permissions=st.frozensets(st.sampled_from(PERMISSIONS)),
    regions=st.lists(st.sampled_from(REGIONS), max_size=2).map(lambda roots: tuple(map(subtree, roots))),
    unit_id=st.sampled_from([None, 1, 2]),
    own_unit_only=st.booleans(),
)
actors = st.one_of(
    st.just(SYSTEM),
    st.just(PUBLIC),
    st.builds(
        FixedActor,
        kind=st.just("user"),
        label=st.just("某人"),
        user_id=st.just(5),
        subject_id=st.sampled_from([None, 1, 2]),
        grants=st.lists(grants, max_size=3).map(tuple),
    ),
)


@pytest.fixture
def offices(scoped_db: Scope) -> QuerySet[Unit]:
    """Rows with a place, an office and a person: units stand in, their parent as the office, a number as the person."""
    parents = [Unit.objects.create(code=f"p{n}", name=f"单位{n}", kind="sample", region=CITY) for n in (1, 2)]
    for number, region in enumerate(REGIONS):
        for parent in (None, *parents):
            code = f"s{number}-{parent.code if parent else 0}"
            Unit.objects.create(code=code, name=code, kind="sample", region=region, parent=parent)
    return Unit.objects.filter(kind="sample")


def test_visible_shows_exactly_what_decide_allows(offices: QuerySet[Unit]) -> None:
    rows = list(offices)
    real = {1: rows[0].pk, 2: rows[1].pk}

    @given(actors, st.sampled_from(PERMISSIONS))
    def agree(drawn: FixedActor, permission: str) -> None:
        actor = on_real_units(drawn, real)
        names = {"unit": "parent_id", "subject": "id"}
        shown = {row.pk for row in visible(actor, permission, offices, **names)}
        assert shown == {row.pk for row in rows if decide(actor, permission, row, **names)}

    agree()


@given(actors, st.sampled_from(PERMISSIONS), st.sampled_from(REGIONS), st.sampled_from([None, 1, 2]))
def test_the_second_wall_is_never_narrower_than_the_first(
    actor: FixedActor, permission: str, region: int, unit_id: int | None
) -> None:
    scope = scope_of(actor)
    if decide(actor, permission, Thing(region, unit_id)):
        assert scope.everything or within(scope.regions, region) or unit_id in scope.units


def test_what_is_everybodys_own_is_reading_and_applying() -> None:
    assert {"case.view", "case.enter"} <= OWN
    assert not {"case.accept", "case.review", "payment.request", "person.reveal"} & OWN


def on_real_units(actor: FixedActor, real: dict[int, int]) -> Actor:
    if actor.kind != "user":
        return actor
    moved = tuple(
        Grant(g.role, g.permissions, g.regions, real.get(g.unit_id or 0), g.own_unit_only) for g in actor.grants
    )
    return FixedActor("user", actor.label, 5, real.get(actor.subject_id or 0), moved)
