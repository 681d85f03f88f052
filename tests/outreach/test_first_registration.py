"""A first registration comes in: one subject, its measures, one message, a helper with a clock, the same day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.cli.sms_peer import Peer
from guiyan.engagements.models import ServiceRecord
from guiyan.kernel import jobs, workflow
from guiyan.kernel.actors import FixedActor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.outreach import actions, queries, states
from guiyan.outreach.models import Arrival, ArrivalMeasure, Delivery, Message, Telling
from guiyan.registers import queries as registers
from guiyan.registers.models import Assertion, Relation, Subject
from tests.cases import people
from tests.outreach import arriving, stage
from tests.outreach.arriving import arrival, record, sent
from tests.registers.helping import specialist

pytestmark = pytest.mark.usefixtures("scoped_db", "morning")
Clock = Callable[[str], object]
RIGHT = arriving.number(2)
WRONG_DIGIT = RIGHT[:-1] + ("0" if RIGHT[-1] != "0" else "1")


@pytest.fixture
def in_force(tmp_path: Path) -> None:
    stage.with_lists(tmp_path)
    stage.in_force("guarantee-loan-person", "guarantee-loan-firm", "startup-subsidy")


@pytest.fixture
def helper() -> int:
    return specialist(1, name="李慧芳", account="lihuifang")


def contact_clock(row: Arrival) -> workflow.ClockView:
    return next(one for one in workflow.clocks(row) if one.id == "contact")


def test_the_firm_and_its_founder_are_one_subject_each_with_source_and_basis(in_force: None, helper: int) -> None:
    known = people.a_returnee(7, name="刘春燕", firms=0)
    (result,) = sent(record(1, founder_name="刘春燕", founder_id_number=people.id_number(people.BORN, "女", 7)))
    row = arrival()
    assert (result.outcome, row.subject_id) == ("new", known.subject_id)
    assert registers.firms_of(known.subject_id)[0].pk == row.firm_id
    said = Assertion.objects.get(subject_id=row.firm_id)
    assert (said.register, said.source, said.basis) == ("firm", "market", arriving.trigger().basis[:80])
    hers = Assertion.objects.filter(subject_id=known.subject_id, register="person")
    assert sorted(hers.values_list("source", flat=True)) == ["market", "shared"]
    facts = registers.facts_of(known.subject_id, date(2026, 6, 8))
    assert facts["business_registrations"] == 1 and facts["is_returnee"] is True


def test_measures_of_both_are_found_told_once_and_a_helper_is_given_the_same_day(in_force: None, helper: int) -> None:
    known = people.a_returnee(7, name="刘春燕", firms=0)
    sent(record(1, founder_name="刘春燕", founder_id_number=people.id_number(people.BORN, "女", 7)))
    row = arrival()
    found = {(one.about_kind, one.measure): one.verdict for one in ArrivalMeasure.objects.filter(arrival=row)}
    assert found["person", "startup-subsidy"] == "yes" and found["organisation", "guarantee-loan-firm"] == "yes"
    message = Message.objects.get(arrival=row)
    assert message.subject_id == known.subject_id and message.told_at is not None
    assert "李慧芳" in message.title and "0715-0000000" in message.body and "6月10日前" in message.body
    assert "一次性创业补贴" in message.body and "单位可以申请：" in message.body
    assert set(Telling.objects.filter(message=message).values_list("about_id", "measure")) == {
        (about, name)
        for (kind, name), verdict in found.items()
        if verdict == "yes"
        for about in [known.subject_id if kind == "person" else row.firm_id]
    }
    assert (row.state, row.helper_account, row.day) == ("helping", "lihuifang", date(2026, 6, 8))
    given = Relation.objects.get(kind="first-helper", to_subject_id=known.subject_id)
    assert given.from_subject_id == helper and contact_clock(row).due_on == date(2026, 6, 10)


def test_the_same_number_again_changes_nothing_and_another_text_only_the_register(in_force: None, helper: int) -> None:
    sent(record(1))
    before = Message.objects.count(), Assertion.objects.count(), Relation.objects.count()
    (again,) = sent(record(1))
    assert again.outcome == "same"
    assert before == (Message.objects.count(), Assertion.objects.count(), Relation.objects.count())
    (other,) = sent(record(1, name="通山县云水民宿（大畈店）"))
    assert (other.outcome, Message.objects.count()) == ("known", before[0])
    assert Subject.objects.get(pk=arrival().firm_id).display_name == "通山县云水民宿（大畈店）"


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ({"credit_code": record(1)["credit_code"]}, "这家单位以前登记过"),
        ({}, "创办人以前办过注册登记"),
        ({"founder": 2, "registered_on": "2026-04-01"}, "早于30天前"),
    ],
)
def test_only_first_and_new_registrations_set_anything_off(
    in_force: None, helper: int, second: dict[str, object], why: str
) -> None:
    sent(record(1))
    (result,) = sent(record(2, **{"founder": 1, **second}))  # type: ignore[arg-type]
    assert result.outcome == "known" and why in result.why
    assert (arrival(2).state, Message.objects.count()) == ("known", 1)


def test_of_two_that_name_one_founder_in_one_sending_the_first_counts(in_force: None, helper: int) -> None:
    assert [one.outcome for one in sent(record(1), record(2), record(3, founder=9))] == ["new", "known", "new"]


def test_a_founder_whose_firm_the_registers_had_is_not_the_first(in_force: None, helper: int) -> None:
    people.a_returnee(7, name="王建", firms=1)
    mine = {"founder_name": "王建", "founder_id_number": people.id_number(people.BORN, "女", 7)}
    (result,) = sent(record(1, **mine))
    assert (result.outcome, arrival().state, Message.objects.count()) == ("known", "known", 0)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"registered_region": "火星镇"}, "不是本市的区划"),
        ({"registered_region": "咸宁市"}, "看不出是哪个县"),
        ({"credit_code": "92421224MA4A000000"}, "统一社会信用代码"),
        ({"registered_on": "2026-06-09"}, "还没有到"),
        ({"founder_id_number": WRONG_DIGIT}, "校验位不符"),
        ({"kind": "partnership"}, "不在可填的范围内"),
        ({"name": ""}, "没有填写"),
        ({"colour": "red"}, "没有这一项"),
    ],
)
def test_a_faulty_record_is_sent_back_under_its_number_and_the_others_go_on(
    in_force: None, helper: int, wrong: dict[str, object], words: str
) -> None:
    good, bad = sent(record(1), record(2, founder=2, **wrong))
    assert (good.outcome, bad.outcome) == ("new", "refused") and words in bad.why
    row = arrival(2)
    assert (row.state, row.firm_id, row.subject_id) == ("refused", None, None)
    steps = len(workflow.history(row))
    sent(record(2, founder=2, **wrong))
    assert len(workflow.history(row)) == steps
    (right,) = sent(record(2, founder=2))
    assert (right.outcome, arrival(2).state) == ("new", "helping")


def test_a_number_that_cannot_be_read_is_refused_and_kept_nowhere(in_force: None) -> None:
    assert [one.outcome for one in sent(record(1, number=""), record(2, founder=2, number="长" * 65))] == [
        "refused"
    ] * 2
    assert not Arrival.objects.exists()


def test_the_nearest_with_the_least_to_do_is_given(in_force: None) -> None:
    county = specialist(1, name="县专员", area=people.COUNTY)
    first, second = specialist(2, name="镇一"), specialist(3, name="镇二")
    sent(*(record(n, founder=n) for n in range(1, 4)))
    given = list(Relation.objects.filter(kind="first-helper").order_by("pk").values_list("from_subject_id", flat=True))
    assert given == [first, second, first] and county not in given


def test_where_nobody_has_room_it_waits_with_the_clock_running_and_the_founder_is_told(in_force: None) -> None:
    specialist(1, area=421223000000)
    sent(record(1))
    row = arrival()
    assert (row.state, row.helper_id) == ("unassigned", None) and contact_clock(row).due_on == date(2026, 6, 10)
    assert "正在给您安排创业首护人" in Message.objects.get().body
    zhoumin = actor_by_username("zhoumin")
    assert [one.arrival.pk for one in queries.to_assign(zhoumin)] == [row.pk]
    helper = specialist(2, account="lihuifang")
    row = actions.give_helper(zhoumin, arrival=row, helper_id=helper)
    assert (row.state, row.helper_name) == ("helping", "李慧芳") and Message.objects.count() == 1


def test_a_registration_that_names_nobody_gets_a_helper_and_says_why_nobody_was_told(
    in_force: None, helper: int
) -> None:
    sent(record(1, founder=None))
    row = arrival()
    assert (row.state, row.untold, Message.objects.count()) == ("helping", "nobody", 0)
    assert Relation.objects.get(kind="first-helper").to_subject_id == row.firm_id
    lihuifang = actor_by_username("lihuifang")
    done = actions.record_contact(
        lihuifang, arrival=row, kind="visit", on=date(2026, 6, 8), note="到店里走访", token="a" * 32
    )
    assert done.state == "contacted" and ServiceRecord.objects.get().subject_id == row.firm_id


def test_what_a_run_told_is_not_told_again_and_a_run_tells_nothing_of_it(in_force: None, helper: int) -> None:
    known = people.a_returnee(7, name="刘春燕", firms=0)
    stage.sent("guarantee-loan-person")
    told = set(Telling.objects.values_list("about_id", "measure"))
    assert (known.subject_id, "guarantee-loan-person") in told
    sent(record(1, founder_name="刘春燕", founder_id_number=people.id_number(people.BORN, "女", 7)))
    new = set(Telling.objects.filter(message__arrival=arrival()).values_list("measure", flat=True))
    assert "startup-subsidy" in new and "guarantee-loan-person" not in new
    before = ArrivalMeasure.objects.get(arrival=arrival(), measure="guarantee-loan-person")
    assert (before.verdict, before.untold) == ("yes", "told_before")
    stage.sent("startup-subsidy")
    assert Telling.objects.filter(about_id=known.subject_id, measure="startup-subsidy").count() == 1


def test_a_text_goes_with_consent_outside_the_night_and_once(
    in_force: None, helper: int, peer: Peer, at: Clock
) -> None:
    at("2026-06-08 22:30")
    known = people.a_returnee(7, name="刘春燕", firms=0)
    actions.choose_channels(known.actor, choices={states.SMS: True})
    sent(record(1, founder_name="刘春燕", founder_id_number=people.id_number(people.BORN, "女", 7)))
    sent(record(2, founder=2))
    waiting = Delivery.objects.filter(channel=states.SMS).order_by("pk").values_list("outcome", "reason")
    assert list(waiting) == [("waiting", ""), ("suppressed", "no_consent")] and not peer.box.taken
    at("2026-06-09 08:30")
    jobs.defer("kernel.tick")
    jobs.run_pending()
    jobs.defer("kernel.tick")
    jobs.run_pending()
    (text,) = peer.box.taken.values()
    assert "李慧芳" in text["text"] and "0715-0000000" in text["text"] and "政策" in text["text"]


def test_the_helper_ticks_it_off_with_a_service_and_nobody_else_does(in_force: None, helper: int, at: Clock) -> None:
    sent(record(1))
    row, lihuifang = arrival(), actor_by_username("lihuifang")
    assert [one.arrival.pk for one in queries.to_contact(lihuifang)] == [row.pk]
    wrong = {"kind": "training", "on": date(2026, 6, 8), "note": "讲政策", "token": "b" * 32}
    with pytest.raises(Refused, match="首次联系只能是"):
        actions.record_contact(lihuifang, arrival=row, **wrong)  # type: ignore[arg-type]
    with pytest.raises(Refused, match="不能早于"):
        actions.record_contact(lihuifang, arrival=row, **{**wrong, "kind": "call", "on": date(2026, 6, 7)})  # type: ignore[arg-type]
    with pytest.raises((NotAllowed, NotFound)):
        actions.record_contact(actor_by_username("helin"), arrival=row, **{**wrong, "kind": "call"})  # type: ignore[arg-type]
    at("2026-06-09 10:00")
    right = {"kind": "call", "on": date(2026, 6, 9), "note": "电话里讲了补贴怎么申请", "token": "c" * 32}
    done = actions.record_contact(lihuifang, arrival=row, **right)  # type: ignore[arg-type]
    again = actions.record_contact(lihuifang, arrival=row, **right)  # type: ignore[arg-type]
    assert done.state == again.state == "contacted" and ServiceRecord.objects.count() == 1
    assert contact_clock(done).words == "用了1天" and not queries.to_contact(lihuifang)


def test_a_service_logged_in_the_dossier_counts_too_if_it_is_the_helpers(in_force: None, helper: int) -> None:
    from guiyan.engagements import actions as engagements

    sent(record(1))
    row = arrival()
    logged = {"subject_id": row.subject_id, "on": date(2026, 6, 8), "note": "电话联系"}
    engagements.record_service(actor_by_username("zhoumin"), kind="call", token="d" * 32, **logged)
    engagements.record_service(actor_by_username("lihuifang"), kind="staff", token="e" * 32, **logged)
    jobs.run_pending()
    assert arrival().state == "helping"
    engagements.record_service(actor_by_username("lihuifang"), kind="call", token="f" * 32, **logged)
    jobs.run_pending()
    assert (arrival().state, arrival().contacted_by) == ("contacted", "李慧芳")


def test_it_turns_late_and_goes_up_to_the_head_and_the_supervision_office(
    in_force: None, helper: int, at: Clock
) -> None:
    sent(record(1))
    row = arrival()
    heads, offices = actor_by_username("xurong"), actor_by_username("duanyan")

    def told() -> tuple[int, int]:
        return len(queries.overdue_for(heads)), len(queries.overdue_for(offices))

    at("2026-06-10 17:00")
    assert (contact_clock(row).light, told()) == ("warn", (0, 0))
    at("2026-06-11 09:00")
    assert (contact_clock(row).words, told()) == ("超期1天", (1, 0))
    at("2026-06-15 09:00")
    assert (contact_clock(row).words, told()) == ("超期3天", (1, 1))
    assert [one.pk for one in queries.arrivals_for(actor_by_username("zhoumin"), state="late")] == [row.pk]
    actions.record_contact(
        actor_by_username("lihuifang"), arrival=row, kind="call", on=date(2026, 6, 15), note="联系上了", token="g" * 32
    )
    assert told() == (0, 0)


def test_another_helper_needs_a_reason_and_the_clock_goes_on(in_force: None, helper: int, at: Clock) -> None:
    sent(record(1))
    other, zhoumin = specialist(2, name="王秀", account=""), actor_by_username("zhoumin")
    at("2026-06-09 09:00")
    with pytest.raises(Refused):
        actions.give_helper(zhoumin, arrival=arrival(), helper_id=other, reason=" ")
    with pytest.raises((NotAllowed, NotFound)):
        actions.give_helper(actor_by_username("lihuifang"), arrival=arrival(), helper_id=other, reason="出差")
    row = actions.give_helper(zhoumin, arrival=arrival(), helper_id=other, reason="原首护人出差")
    assert (row.helper_name, row.helper_account, contact_clock(row).due_on) == ("王秀", "", date(2026, 6, 10))
    ended = Relation.objects.get(kind="first-helper", from_subject_id=helper)
    assert (ended.valid_to, ended.end_reason) == (date(2026, 6, 9), "原首护人出差")
    assert not queries.to_contact(actor_by_username("lihuifang"))
    assert [one.arrival.pk for one in queries.to_assign(zhoumin)] == [row.pk]


def test_another_county_sees_nothing_and_the_founder_sees_her_own_helper(in_force: None, helper: int) -> None:
    sent(record(1))
    row, caoyun = arrival(), actor_by_username("caoyun")
    assert not queries.arrivals_for(caoyun).exists()
    with pytest.raises(NotFound):
        queries.arrival_by_id(caoyun, row.pk)
    (mine,) = [one for one in registers.standing_of(row.subject_id or 0) if one.declared.id == "first-helper"]
    assert (mine.helpers[0].name, mine.helpers[0].phone) == ("李慧芳", "0715-0000000")
    founder = FixedActor("user", "示例1", 1, row.subject_id)
    message = queries.my_messages(founder).get()
    assert {one.measure for one, _ in queries.measures_in(message)}


def test_lists_take_the_same_number_of_queries_for_one_and_for_many(
    in_force: None, helper: int, max_queries: Callable[[int], object]
) -> None:
    sent(record(1))
    zhoumin = actor_by_username("zhoumin")
    with max_queries(6):  # type: ignore[attr-defined]
        queries.rows_of(list(queries.arrivals_for(zhoumin)))
    sent(*(record(n, founder=n) for n in range(2, 6)))
    with max_queries(6):  # type: ignore[attr-defined]
        assert len(queries.rows_of(list(queries.arrivals_for(zhoumin)))) == 5


def test_a_day_is_what_came_on_it(in_force: None, helper: int, at: Clock) -> None:
    sent(record(1))
    at("2026-06-09 09:00")
    sent(record(2, founder=2))
    zhoumin, today = actor_by_username("zhoumin"), date(2026, 6, 9)
    assert [one.number for one in queries.arrivals_for(zhoumin, day=today)] == [arrival(2).number]
    assert [one.number for one in queries.arrivals_for(zhoumin, day=today - timedelta(days=1))] == [arrival(1).number]
    assert [one.number for one in queries.arrivals_for(zhoumin, words="示例2")] == [arrival(2).number]
    assert queries.arrival_counts(zhoumin, today) == {"helping": 1}
