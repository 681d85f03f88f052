"""1+1+N: helpers are given by hand or many at once as previewed, within their room; the history is kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.registers import actions, queries
from guiyan.registers.models import Relation
from tests.registers.factories import CHONGYANG_TOWN, COUNTY, DAFAN, VILLAGE
from tests.registers.helping import mentor, returnee, specialist

pytestmark = pytest.mark.usefixtures("scoped_db")

As = Callable[[str], Actor]
Clock = Callable[[str], object]
OTHER_TOWN = 421224101201


def names_now(subject_id: int) -> dict[str, list[str]]:
    return {one.declared.id: [h.name for h in one.helpers] for one in queries.standing_of(subject_id)}


def give(who: int, kind: str, helper: int, reason: str = "", by: Actor = SYSTEM) -> Relation:
    return actions.assign_helper(by, kind=kind, subject_id=who, helper_id=helper, reason=reason)


def test_everybody_has_a_specialist_and_a_mentor_and_a_change_keeps_who_it_was(actor: As, at: Clock) -> None:
    at("2026-06-08 09:00")
    who, zhoumin = returnee(), actor("zhoumin")
    give(who, "specialist", specialist(), by=zhoumin)
    give(who, "mentor", mentor(), by=zhoumin)
    at("2026-06-15 09:00")
    with pytest.raises(Refused, match="更换创业服务专员要写明原因"):
        give(who, "specialist", specialist(2, name="何平"), by=zhoumin)
    give(who, "specialist", specialist(2, name="何平"), "李慧芳调离大畈镇", zhoumin)
    assert names_now(who) == {"specialist": ["何平"], "mentor": ["徐永年"]}
    rows = [one for one in queries.helper_history(who) if one.kind == "specialist"]
    assert [(one.name, one.relation.valid_to and one.relation.valid_to.isoformat()) for one in rows] == [
        ("何平", None),
        ("李慧芳", "2026-06-15"),
    ]
    assert (rows[1].relation.end_reason, rows[1].relation.ended_by) == ("李慧芳调离大畈镇", "周敏")


def test_a_helper_at_capacity_is_refused_by_hand_and_passed_over_in_bulk() -> None:
    full = mentor(capacity=1)
    first, second = returnee(1), returnee(2, name="王建")
    give(first, "mentor", full)
    with pytest.raises(Refused, match="徐永年已有1人，上限1人"):
        give(second, "mentor", full)
    proposal = queries.propose_helpers(SYSTEM, kind="mentor", region=COUNTY)
    assert proposal.pairs == () and [subject for subject, _ in proposal.left] == [second]
    with pytest.raises(Refused, match="没有可以指派的人"):
        actions.assign_many(SYSTEM, kind="mentor", region=COUNTY, digest=proposal.digest)


def test_who_serves_another_place_or_oneself_is_refused_and_ending_needs_a_reason() -> None:
    who = returnee()
    with pytest.raises(Refused, match="不负责这个地方"):
        give(who, "specialist", specialist(area=CHONGYANG_TOWN))
    with pytest.raises(NotFound):
        give(who, "mentor", specialist(2))
    with pytest.raises(Refused, match="现在没有创业导师"):
        actions.end_helper(SYSTEM, kind="mentor", subject_id=who, reason="不再需要")
    give(who, "mentor", mentor())
    with pytest.raises(Refused, match="就是徐永年"):
        give(who, "mentor", mentor())
    with pytest.raises(Refused, match="要写明原因"):
        actions.end_helper(SYSTEM, kind="mentor", subject_id=who, reason=" ")
    actions.end_helper(SYSTEM, kind="mentor", subject_id=who, reason="本人不需要")
    assert names_now(who)["mentor"] == [] and queries.count_unserved(SYSTEM, "mentor") == 1


def test_what_was_previewed_is_what_happens_and_it_can_be_taken_back(actor: As) -> None:
    zhoumin = actor("zhoumin")
    village, town = specialist(1, area=VILLAGE, capacity=1), specialist(2, name="何平", area=DAFAN)
    people = [returnee(n, name=f"示例{n}") for n in range(1, 4)]
    elsewhere = returnee(9, name="示例九", region=OTHER_TOWN)
    proposal = queries.propose_helpers(zhoumin, kind="specialist", region=COUNTY)
    assert {pair.helper_id for pair in proposal.pairs} == {village, town} and len(proposal.pairs) == 3
    assert proposal.left == ((elsewhere, OTHER_TOWN),)
    run = actions.assign_many(zhoumin, kind="specialist", region=COUNTY, digest=proposal.digest)
    given = set(Relation.objects.filter(run=run).values_list("to_subject_id", "from_subject_id"))
    assert given == {(pair.subject_id, pair.helper_id) for pair in proposal.pairs}
    assert (run.count, run.left_over, queries.count_unserved(zhoumin, "specialist")) == (3, 1, 1)
    with_village = next(pair.subject_id for pair in proposal.pairs if pair.helper_id == village)
    give(with_village, "specialist", town, "换镇上专员")
    run = actions.undo_run(zhoumin, run_id=run.pk)
    assert run.undone_count == 2 and names_now(with_village)["specialist"] == ["何平"]
    assert queries.count_unserved(zhoumin, "specialist") == 3
    assert all(queries.helper_history(one) for one in people)
    with pytest.raises(Refused, match="已经撤销过"):
        actions.undo_run(zhoumin, run_id=run.pk)


def test_a_list_that_changed_after_the_preview_is_not_carried_out(actor: As) -> None:
    specialist()
    returnee(1)
    proposal = queries.propose_helpers(actor("zhoumin"), kind="specialist", region=COUNTY)
    returnee(2, name="王建")
    with pytest.raises(Refused, match="请重新预览"):
        actions.assign_many(actor("zhoumin"), kind="specialist", region=COUNTY, digest=proposal.digest)
    assert not Relation.objects.exclude(assigned_at=None).exists()


def test_mentors_are_chosen_by_trade_for_all_together_not_first_come() -> None:
    """The first, who fits both mentors, leaves the inn's mentor to the second, who fits only him."""
    both, inn = mentor(1, name="甲", capacity=1, skills=("C", "H")), mentor(2, name="乙", capacity=1, skills=("C",))
    first, second = returnee(1, industry="C2041"), returnee(2, name="王建", industry="H6130")
    proposal = queries.propose_helpers(SYSTEM, kind="mentor", region=COUNTY)
    assert {(pair.subject_id, pair.helper_id) for pair in proposal.pairs} == {(first, inn), (second, both)}


def test_somebody_registered_later_stands_among_the_unserved_and_is_proposed_at_once(actor: As) -> None:
    specialist(), returnee(1)
    zhoumin = actor("zhoumin")
    proposal = queries.propose_helpers(zhoumin, kind="specialist", region=COUNTY)
    actions.assign_many(zhoumin, kind="specialist", region=COUNTY, digest=proposal.digest)
    assert queries.count_unserved(zhoumin, "specialist") == 0
    late = returnee(2, name="王建")
    assert [one.subject_id for one in queries.unserved_people(zhoumin, "specialist", COUNTY)] == [late]
    (town,) = queries.unserved_by_town(zhoumin, "specialist")
    assert (town.region, town.total, town.unserved) == (DAFAN, 2, 1)
    assert [pair.subject_id for pair in queries.propose_helpers(zhoumin, kind="specialist", region=DAFAN).pairs] == [
        late
    ]


def test_two_who_are_found_to_be_one_keep_both_histories_and_are_served_once() -> None:
    first, second = returnee(1), returnee(2, name="刘春艳")
    give(first, "specialist", specialist(1))
    give(second, "specialist", specialist(2, name="何平"))
    actions.merge(SYSTEM, kept=first, merged=second)
    assert sorted(names_now(second)["specialist"]) == ["何平", "李慧芳"]
    assert {one.name for one in queries.helper_history(first)} == {"李慧芳", "何平"}
    give(first, "specialist", specialist(1), "两份档案合并，由李慧芳负责")
    assert names_now(first)["specialist"] == ["李慧芳"] and len(queries.helper_history(second)) == 3
    assert queries.count_unserved(SYSTEM, "specialist") == 0
    actions.unmerge(SYSTEM, subject_id=second)
    assert queries.count_unserved(SYSTEM, "specialist") == 1


def test_only_who_may_gives_helpers_and_another_county_finds_nobody(actor: As) -> None:
    who, helper = returnee(), specialist()
    with pytest.raises(NotAllowed):
        give(who, "specialist", helper, by=actor("lihuifang"))
    with pytest.raises(NotFound):
        give(who, "specialist", helper, by=actor("caoyun"))
    assert queries.propose_helpers(actor("caoyun"), kind="specialist", region=421223000000).pairs == ()
    with pytest.raises(NotAllowed):
        queries.propose_helpers(actor("zhengwei"), kind="specialist", region=COUNTY)


def test_a_founder_named_by_an_entry_is_no_helper_and_stays_when_the_entry_is_told_again() -> None:
    who = returnee(1, industry="H6130")
    give(who, "mentor", mentor())
    returnee(1, industry="H6130")
    assert [firm.display_name for firm in queries.firms_of(who)] == ["通山县枫林谷民宿"]
    assert queries.people_of(who) == [] and names_now(who)["mentor"] == ["徐永年"]
