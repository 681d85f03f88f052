"""Survey rounds: whom a round visits is fixed when it opens; how far it is adds up; what changed since the last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from guiyan.accounts.models import User
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers.models import SurveyRound, SurveyVisit
from guiyan.registers.queries import rounds, survey_changes
from guiyan.registers.surveying.rounds import close_round, remind
from guiyan.registers.surveying.visits import take_records
from tests.registers.factories import COUNTY, DAFAN, VILLAGE, an_away_person
from tests.registers.surveyed import OTHER_VILLAGE, a_round, answered, people_away

pytestmark = pytest.mark.usefixtures("scoped_db")
ActorOf = Callable[[str], Actor]


def test_a_round_fixes_whom_it_visits_when_it_opens(actor: ActorOf) -> None:
    people_away(3)
    found = a_round(actor("zhoumin"))
    people_away(5)
    assert (found.listed, found.visits.count()) == (3, 3)
    assert {one.standing for one in found.visits.all()} == {"due"}


def test_people_found_to_be_one_are_visited_once(actor: ActorOf) -> None:
    kept, merged = people_away(2)
    registers.merge(SYSTEM, kept=kept, merged=merged)
    found = a_round(actor("zhoumin"))
    assert [one.subject_id for one in found.visits.all()] == [kept]


def test_one_place_has_one_open_round(actor: ActorOf) -> None:
    people_away(1)
    found = a_round(actor("zhoumin"), region=DAFAN)
    for region in (COUNTY, DAFAN, VILLAGE):
        with pytest.raises(Refused, match="地方有重叠"):
            a_round(actor("zhoumin"), region=region)
    close_round(actor("zhoumin"), round_id=found.pk)
    assert a_round(actor("zhoumin")).pk != found.pk


@pytest.mark.parametrize("who", ["lihuifang", "yuanmei", "linzong", "caoyun"])
def test_only_who_runs_surveys_there_opens_and_closes(actor: ActorOf, who: str) -> None:
    people_away(1)
    with pytest.raises((NotAllowed, NotFound)):
        a_round(actor(who))
    found = a_round(actor("zhoumin"))
    with pytest.raises((NotAllowed, NotFound)):
        close_round(actor(who), round_id=found.pk)
    with pytest.raises((NotAllowed, NotFound)):
        remind(actor(who), round_id=found.pk, region=VILLAGE)


def test_nobody_to_visit_is_no_round(actor: ActorOf) -> None:
    with pytest.raises(Refused, match="没有要访的人"):
        a_round(actor("zhoumin"))
    with pytest.raises(Refused, match="早于"):
        a_round(actor("zhoumin"), to_on=date(2026, 1, 1))


def test_places_add_up_and_those_that_lag_come_first(actor: ActorOf, max_queries: Callable[..., object]) -> None:
    here, _, _ = people_away(3)
    people_away(2, first=20, home_region=OTHER_VILLAGE)
    people_away(1, first=30, home_region=COUNTY)
    found = a_round(actor("zhoumin"))
    take_records(actor("lihuifang"), [answered(found, here)])
    lines = rounds.completion(actor("zhoumin"), found, DAFAN)
    assert [(one.place, one.total, one.done) for one in lines] == [(OTHER_VILLAGE, 2, 0), (VILLAGE, 3, 1)]
    county = rounds.completion(actor("zhoumin"), found, COUNTY)
    assert [(one.place, one.total, one.own) for one in county] == [(COUNTY, 1, True), (DAFAN, 5, False)]
    total = rounds.total_of(county, COUNTY)
    assert (total.total, total.done, total.due) == (6, 1, 5)
    assert rounds.total_of(lines, DAFAN).total == next(one.total for one in county if one.place == DAFAN)
    zhoumin = actor("zhoumin")
    with max_queries(1):
        rounds.completion(zhoumin, found, COUNTY)


def test_closing_says_who_was_not_visited(actor: ActorOf) -> None:
    here, _ = people_away(2)
    found = a_round(actor("zhoumin"))
    take_records(actor("yuanmei"), [answered(found, here)])
    close_round(actor("zhoumin"), round_id=found.pk)
    assert sorted(found.visits.values_list("standing", flat=True)) == ["done", "missed"]
    with pytest.raises(Refused, match="已经结束"):
        close_round(actor("zhoumin"), round_id=found.pk)


def test_a_reminder_stands_in_the_work_of_the_village(actor: ActorOf) -> None:
    people_away(2)
    found = a_round(actor("zhoumin"))
    (waits,) = rounds.waiting_for(actor("yuanmei"))
    assert (waits.due, waits.reminded_at) == (2, None)
    assert remind(actor("zhoumin"), round_id=found.pk, region=DAFAN).left == 2
    (waits,) = rounds.waiting_for(actor("yuanmei"))
    assert waits.reminded_at is not None
    with pytest.raises(NotFound):
        remind(actor("helin"), round_id=found.pk, region=421223000000)
    assert rounds.waiting_for(actor("caoyun")) == []


def test_a_round_past_its_last_day_waits_to_be_closed(actor: ActorOf) -> None:
    people_away(1)
    found = a_round(actor("zhoumin"))
    assert rounds.to_close(actor("zhoumin"), found.to_on) == []
    assert rounds.to_close(actor("zhoumin"), date(2027, 1, 1)) == [found]
    assert rounds.to_close(actor("caoyun"), date(2027, 1, 1)) == []


def two_rounds(actor: ActorOf) -> tuple[SurveyRound, SurveyRound, list[int]]:
    """Four people: one begins to wish, one stops, one goes on, one is visited in the second round only."""
    who = people_away(4)
    first = a_round(actor("zhoumin"))
    said = zip(who[:3], ("false", "true", "true"), strict=True)
    take_records(actor("yuanmei"), [answered(first, one, has_wish=wish) for one, wish in said])
    close_round(actor("zhoumin"), round_id=first.pk)
    second = a_round(actor("zhoumin"), title="2026年下半年")
    now = zip(who, ("true", "false", "true", "true"), strict=True)
    take_records(actor("yuanmei"), [answered(second, one, has_wish=wish) for one, wish in now])
    return first, second, who


def test_two_rounds_tell_who_began_and_who_stopped(actor: ActorOf) -> None:
    first, second, who = two_rounds(actor)
    field = releases.current().registers["away"].fields["has_wish"]
    told = survey_changes.matrix(actor("zhoumin"), field, first, second, COUNTY)
    assert (told.both, told.began, told.stopped, told.changed) == (3, 1, 1, 2)
    assert told.counts == {("false", "true"): 1, ("true", "false"): 1, ("true", "true"): 1}
    people = survey_changes.turned(actor("zhoumin"), field, first, second, COUNTY, was=None, now="true")
    assert [(one.subject_id, one.before, one.after) for one in people] == [(who[0], "否", "是")]
    assert survey_changes.rounds_before(second) == [first]


def test_a_change_is_told_within_the_wall_alone(actor: ActorOf) -> None:
    first, second, _ = two_rounds(actor)
    field = releases.current().registers["away"].fields["has_wish"]
    assert survey_changes.matrix(actor("caoyun"), field, first, second, COUNTY).both == 0
    with pytest.raises(NotFound):
        rounds.round_for(actor("caoyun"), second.pk)


def test_the_tables_are_walled_for_the_application_itself(actor: ActorOf) -> None:
    people_away(2)
    a_round(actor("zhoumin"))
    with entered(Scope(regions=((421223000000, 421224000000),))):
        assert not SurveyVisit.objects.exists() and not SurveyRound.objects.exists()
    with entered(Scope(regions=((VILLAGE, VILLAGE + 1),))):
        assert SurveyVisit.objects.count() == 2 and not SurveyRound.objects.exists()
    assert User.objects.filter(username="yuanmei").exists()


def test_who_is_not_asked_by_the_rule_is_not_visited(actor: ActorOf, monkeypatch: pytest.MonkeyPatch) -> None:
    people_away(2)
    registers.record(SYSTEM, register="away", values=an_away_person(9, away_in="in_city"), source="labour")
    declared = releases.current().surveys["wish"]
    monkeypatch.setitem(
        releases.current().surveys,  # type: ignore[arg-type]
        "wish",
        declared.model_copy(update={"where": "away_in = 'out_of_province'"}),
    )
    assert a_round(actor("zhoumin")).listed == 2
