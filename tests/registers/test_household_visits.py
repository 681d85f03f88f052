"""What phones send: each record once, each with its own answer; attacks on it; what a phone takes along."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers import queries
from guiyan.registers.models import Assertion, SentRecord, SurveyRound, SurveyVisit
from guiyan.registers.queries.due import visits_due
from guiyan.registers.sample.numbers import id_number
from guiyan.registers.surveying.records import Answer
from guiyan.registers.surveying.rounds import close_round
from guiyan.registers.surveying.visits import MOST, take_records
from tests.registers.factories import BORN, VILLAGE, an_away_person
from tests.registers.surveyed import OTHER_VILLAGE, a_round, answered, found_person, people_away, visit_of

pytestmark = pytest.mark.usefixtures("scoped_db")
ActorOf = Callable[[str], Actor]


@pytest.fixture
def home(actor: ActorOf) -> tuple[SurveyRound, int]:
    """One person of the village in an open round."""
    (who,) = people_away(1)
    return a_round(actor("zhoumin")), who


def one(actor: Actor, record: dict[str, Any]) -> Answer:
    (answer,) = take_records(actor, [record])
    return answer


def held(subject_id: int) -> dict[str, Any]:
    return queries.entry(SYSTEM, "away", subject_id) or {}


def reports(subject_id: int) -> list[tuple[str, date]]:
    with entered(Scope.system()):
        rows = Assertion.objects.filter(register="away", subject_id=subject_id).order_by("pk")
        return list(rows.values_list("source", "at"))


def test_an_answer_is_a_report_of_the_visit_on_its_day(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    day = today() - timedelta(days=2)
    record = {
        **answered(found, who, wish="planned", needs=["funds", "site"], mobile="15412345678"),
        "on": day.isoformat(),
    }
    answer = one(actor("yuanmei"), record)
    assert answer.outcome == "taken", answer
    assert reports(who)[-1] == ("visit", day)
    entry = held(who)
    assert (entry["has_wish"], entry["wish"], entry["needs"]) == (True, "planned", ("funds", "site"))
    assert (entry["surveyed_on"], entry["survey_round"]) == (day, found.title)
    assert queries.sources_of("away", who) == {"labour", "visit"}
    visit = visit_of(found, who)
    assert (visit.standing, visit.answers, visit.visited_on) == ("done", {"has_wish": True, "wish": "planned"}, day)


def test_what_is_asked_only_after_a_yes_is_left_out_without_it(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    assert one(actor("yuanmei"), answered(found, who, has_wish="false", wish="planned")).outcome == "taken"
    assert (held(who)["has_wish"], held(who)["wish"]) == (False, None)


def test_a_faulty_record_comes_back_and_the_others_are_taken(actor: ActorOf) -> None:
    first, second = people_away(2)
    found = a_round(actor("zhoumin"))
    wrong = answered(found, first, has_wish="", mobile="123")
    told = take_records(actor("yuanmei"), [wrong, answered(found, second)])
    assert [answer.outcome for answer in told] == ["wrong", "taken"]
    assert set(told[0].faults) == {"has_wish", "mobile"} and "11位" in told[0].faults["mobile"]
    assert visit_of(found, first).standing == "due" and not SentRecord.objects.filter(pk=wrong["number"]).exists()
    assert one(actor("yuanmei"), answered(found, first)).outcome == "taken"


def test_sent_twice_is_stored_once(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    record = answered(found, who, skill="木工")
    first, again = one(actor("yuanmei"), record), one(actor("yuanmei"), record)
    assert first == again and first.outcome == "taken"
    assert len(reports(who)) == 2 and SentRecord.objects.count() == 1
    new = found_person(found, id_number(BORN, "女", 77))
    assert [one(actor("yuanmei"), new).visit, one(actor("yuanmei"), new).visit] == [
        SurveyVisit.objects.get(added=True).pk
    ] * 2


def test_a_number_used_for_something_else_is_refused(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    record = answered(found, who)
    assert one(actor("yuanmei"), record).outcome == "taken"
    changed = {**record, "values": {"has_wish": "false"}}
    assert "已经用在另一条" in one(actor("yuanmei"), changed).words
    assert "已经用在另一条" in one(actor("lihuifang"), record).words
    assert held(who)["has_wish"] is True


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"number": "x"}, "编号不对"),
        ({"number": None}, "编号不对"),
        ({"kind": "other"}, "读不出来"),
        ({"on": "2099-01-01"}, "还没有到"),
        ({"on": "2020-01-01"}, "请重新走访"),
        ({"on": "明天"}, "读不出来"),
        ({"visit": -1}, "读不出来"),
        ({"visit": 999_999_999}, "不在您的走访范围"),
        ({"round": 999_999_999}, "不在您的走访范围"),
        ({"values": ["x"]}, "读不出来"),
        ({"values": {"has_wish": {"x": 1}}}, "请改好再发"),
        ({"values": {"has_wish": "true", "home_region": "通山县"}}, "请改好再发"),
        ({"values": {"has_wish": "true", "id_number": "421299199705120011"}}, "请改好再发"),
        ({"kind": "unreached", "reason": "x"}, "请选没有访到的原因"),
    ],
)
def test_a_record_that_our_page_would_not_make_changes_nothing(
    actor: ActorOf, home: tuple[SurveyRound, int], change: dict[str, Any], words: str
) -> None:
    found, who = home
    answer = one(actor("yuanmei"), {**answered(found, who), **change})
    assert (answer.outcome, words in answer.words) == ("wrong", True), answer
    assert len(reports(who)) == 1 and visit_of(found, who).standing == "due"


def test_no_record_at_all_and_too_many_are_refused(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    assert one(actor("yuanmei"), "x").outcome == "wrong"  # type: ignore[arg-type]
    with pytest.raises(Refused, match="一次最多"):
        take_records(actor("yuanmei"), [{}] * (MOST + 1))
    with pytest.raises(NotAllowed):
        take_records(actor("sunli"), [])


def test_another_villages_household_is_none_of_hers(actor: ActorOf) -> None:
    (who,) = people_away(1, home_region=OTHER_VILLAGE)
    found = a_round(actor("zhoumin"))
    assert "不在您的走访范围" in one(actor("yuanmei"), answered(found, who)).words
    elsewhere = found_person(found, id_number(BORN, "女", 71), region=OTHER_VILLAGE)
    assert "不在您的走访范围" in one(actor("yuanmei"), elsewhere).words
    stolen = found_person(found, str(an_away_person(50)["id_number"]))
    answer = one(actor("yuanmei"), stolen)
    assert "登记在别的地方" in answer.words and held(who)["home_region"] == OTHER_VILLAGE
    assert visits_due(actor("yuanmei")).visits == () and len(visits_due(actor("lihuifang")).visits) == 1


def test_two_phones_in_one_house_see_both_values_and_choose(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    mine = answered(found, who, again="second", works_in="广东省深圳市", skill="焊工")
    assert one(actor("lihuifang"), answered(found, who, works_in="浙江省宁波市")).outcome == "taken"
    answer = one(actor("yuanmei"), mine)
    assert answer.outcome == "changed"
    (clash,) = answer.clashes
    assert (clash["field"], clash["mine"], clash["theirs"], clash["value"]) == (
        "works_in", "广东省深圳市", "浙江省宁波市", "浙江省宁波市",
    )  # fmt: skip
    theirs = {**mine, "was": {**mine["was"], **answer.now}, "values": {**mine["values"], "works_in": clash["value"]}}
    assert one(actor("yuanmei"), theirs).outcome == "taken"
    assert (held(who)["works_in"], held(who)["skill"]) == ("浙江省宁波市", "焊工")
    own = {**mine, "number": mine["number"].replace("-", "")[::-1], "was": {**mine["was"], **answer.now}}
    assert one(actor("yuanmei"), own).outcome in ("taken", "changed")


def test_a_round_closed_meanwhile_keeps_what_was_said(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    record, new = answered(found, who), found_person(found, id_number(BORN, "女", 72))
    close_round(actor("zhoumin"), round_id=found.pk)
    told = take_records(actor("yuanmei"), [record, new])
    assert [answer.outcome for answer in told] == ["late", "late"] and "不计入这一轮" in told[0].words
    assert held(who)["has_wish"] is True and visit_of(found, who).standing == "missed"
    assert found.visits.count() == 1 and queries.search(SYSTEM, "示例新人")


def test_somebody_found_at_home_is_added_and_counted_apart(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, _ = home
    answer = one(actor("yuanmei"), found_person(found, id_number(BORN, "女", 73), household="3组1号"))
    assert answer.outcome == "taken"
    visit = SurveyVisit.objects.get(pk=answer.visit)
    assert (visit.added, visit.standing, visit.region) == (True, "done", VILLAGE)
    assert held(visit.subject_id)["household"] == "3组1号"
    faulty = one(actor("yuanmei"), found_person(found, "421299199705120010"))
    assert (faulty.outcome, set(faulty.faults)) == ("wrong", {"id_number"})
    nameless = one(actor("yuanmei"), found_person(found, id_number(BORN, "女", 74), name=""))
    assert nameless.faults == {"name": "还没有填"}


def test_somebody_found_who_is_listed_is_that_visit(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    answer = one(actor("yuanmei"), found_person(found, str(an_away_person(50)["id_number"])))
    assert answer.visit == visit_of(found, who).pk and not visit_of(found, who).added


def test_who_can_not_be_reached_has_a_reason(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    record = {**answered(found, who), "kind": "unreached", "reason": "moved", "values": {}, "note": "锁着门"}
    assert one(actor("yuanmei"), record).outcome == "taken"
    visit = visit_of(found, who)
    assert (visit.standing, visit.reason, visit.note) == ("unreached", "moved", "锁着门")
    assert len(reports(who)) == 1
    assert one(actor("yuanmei"), answered(found, who, again="later")).outcome == "taken"
    late = {**record, "number": record["number"][::-1].replace("-", "")}
    assert "已经访到" in one(actor("yuanmei"), late).words


def test_a_phone_takes_along_as_little_as_it_needs(actor: ActorOf, max_queries: Callable[..., object]) -> None:
    people_away(3, mobile="15412345678", household="3组12号")
    a_round(actor("zhoumin"))
    taken = visits_due(actor("yuanmei"))
    first = taken.visits[0]
    assert (first.name, first.house, first.held["away_in"]) == ("示例甲", "3组12号", "out_of_province")
    assert "mobile" not in first.held and first.was["mobile"]
    assert "4212" not in repr([one.held for one in taken.visits]) and "154" not in repr(taken.visits)
    with max_queries(12):
        assert len(visits_due(actor("yuanmei")).visits) == 3


def test_visits_stay_within_the_officers_reach_of_permissions(actor: ActorOf, home: tuple[SurveyRound, int]) -> None:
    found, who = home
    registers.record(SYSTEM, register="away", values={"works_in": "上海"}, source="labour", subject_id=who)
    with pytest.raises(NotAllowed):
        visits_due(actor("zhoumin"))
    assert one(actor("yuanmei"), answered(found, who)).outcome == "taken"
