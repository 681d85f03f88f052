"""Telling the audience: by two officers, each measure version once, by the channels people want, at decent hours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from guiyan.accounts.queries import actor_by_username
from guiyan.cli.sms_peer import Peer
from guiyan.kernel import jobs
from guiyan.kernel.errors import NotFound, Refused
from guiyan.outreach import actions, queries, states
from guiyan.outreach.models import Delivery, Message, Telling
from guiyan.registers import actions as registers
from tests.cases import people
from tests.outreach import stage
from tests.outreach.stage import LOAN, SUBSIDY

pytestmark = pytest.mark.usefixtures("scoped_db", "morning")


@pytest.fixture
def found(tmp_path: Path) -> people.Person:
    """One whom the subsidy fits."""
    stage.with_lists(tmp_path)
    stage.in_force(SUBSIDY, LOAN)
    return people.a_returnee(1, name="刘示例")


def wants_texts(person: people.Person) -> None:
    actions.choose_channels(person.actor, choices={states.IN_APP: True, states.SMS: True})


def outcomes(channel: str = states.SMS) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(channel=channel).order_by("pk").values_list("outcome", "reason"))


def tick() -> None:
    jobs.defer("kernel.tick")
    jobs.run_pending()


def test_who_put_it_up_does_not_agree_to_it(found: people.Person) -> None:
    run = actions.propose_audience(stage.helin(), run=stage.computed(SUBSIDY))
    with pytest.raises(Refused, match="另一"):
        # Both rights in one hand are not enough.
        both = stage.helin()
        actions.approve_audience(with_right(both), run=run)
    back = actions.send_back_audience(stage.qinlan(), run=stage.again(run), reason="先核对大畈镇")
    assert back.state == "computed" and back.sent_back_for == "先核对大畈镇"


def with_right(actor: object) -> object:
    from dataclasses import replace

    grants = actor.grants  # type: ignore[attr-defined]
    more = tuple(replace(one, permissions=one.permissions | {"outreach.approve"}) for one in grants)
    return replace(actor, grants=more)  # type: ignore[type-var]


def test_there_must_be_somebody_to_tell(found: people.Person) -> None:
    run = stage.computed(SUBSIDY, area=421223000000)
    with pytest.raises(Refused, match="没有找到"):
        actions.propose_audience(stage.helin(), run=run)


def test_a_message_names_measures_amounts_and_where_to_apply_and_no_number(found: people.Person) -> None:
    run = stage.sent(SUBSIDY, LOAN)
    message = Message.objects.get(run=run)
    assert message.subject_id == message.about_id == found.subject_id and message.told_at is not None
    assert "2项政策" in message.title
    assert "一次性创业补贴（5,000元）" in message.body and "最高30万元贷款" in message.body
    assert "《" in message.body and "网上申请" in message.body
    assert people.id_number(people.BORN, "女", 1) not in message.body and "刘示例" not in message.body
    assert run.state == "sent"


def test_nobody_is_told_twice_of_the_same_version(found: people.Person) -> None:
    first = stage.sent(SUBSIDY)
    other = people.a_returnee(2, name="王示例")
    second = stage.sent(SUBSIDY, LOAN)
    told = set(Telling.objects.values_list("run_id", "about_id", "measure"))
    assert told == {
        (first.pk, found.subject_id, SUBSIDY),
        (second.pk, found.subject_id, LOAN),
        (second.pk, other.subject_id, SUBSIDY),
        (second.pk, other.subject_id, LOAN),
    }
    assert queries.untold_counts(second) == [("已经告诉过", 1)]


def test_who_was_merged_since_was_told_already(found: people.Person) -> None:
    stage.sent(SUBSIDY)
    other = people.a_returnee(2, name="刘示例", firms=0)
    registers.merge(stage.SYSTEM, kept=other.subject_id, merged=found.subject_id)
    again = stage.sent(SUBSIDY)
    assert again.people == 1 and not Telling.objects.filter(run=again).exists()


def test_text_messages_go_to_who_agreed_alone(found: people.Person, peer: Peer) -> None:
    agreed = people.a_returnee(2, name="王示例")
    wants_texts(agreed)
    stage.sent(SUBSIDY)
    assert outcomes() == [("suppressed", "no_consent"), ("sent", "")]
    (taken,) = peer.box.taken.values()
    assert taken["to"] == "154****5678" and "一次性创业补贴" in taken["text"] and "王示例" not in taken["text"]


def test_without_a_gateway_no_text_is_sent_and_it_says_so(found: people.Person) -> None:
    wants_texts(found)
    stage.sent(SUBSIDY)
    assert outcomes() == [("suppressed", "no_gateway")]
    assert outcomes(states.IN_APP) == [("sent", "")]


def test_at_night_texts_wait_for_the_morning(found: people.Person, peer: Peer, at: Callable[[str], object]) -> None:
    wants_texts(found)
    for hour, sent in (("2026-06-08 21:00", 0), ("2026-06-09 07:59", 0), ("2026-06-09 08:00", 1)):
        at(hour)
        run = stage.sent(SUBSIDY) if hour.endswith("21:00") else run  # noqa: F821
        tick()
        assert len(peer.box.taken) == sent, hour
        assert stage.again(run).state == ("sent" if sent else "sending")
    assert Message.objects.get().told_at is not None


def test_nobody_gets_more_texts_than_the_city_allows(
    found: people.Person, peer: Peer, at: Callable[[str], object]
) -> None:
    wants_texts(found)
    stage.sent(SUBSIDY)
    stage.sent(LOAN)
    assert outcomes() == [("sent", ""), ("suppressed", "too_often")]
    assert Telling.objects.count() == 2  # on the portal she is told all the same


def test_consent_that_was_taken_back_counts_up_to_the_last_moment(
    found: people.Person, peer: Peer, at: Callable[[str], object]
) -> None:
    wants_texts(found)
    at("2026-06-08 22:00")
    stage.sent(SUBSIDY)
    actions.choose_channels(found.actor, choices={states.SMS: False})
    at("2026-06-09 08:00")
    tick()
    assert outcomes() == [("suppressed", "no_consent")] and not peer.box.taken


def test_a_peer_that_is_down_is_asked_again_and_given_up_in_the_end(
    found: people.Person, peer: Peer, at: Callable[[str], object]
) -> None:
    wants_texts(found)
    peer.box.refuse({"how": "down", "times": 1})
    run = stage.sent(SUBSIDY)
    assert stage.again(run).state == "sending" and outcomes() == [("waiting", "短信网关回复503")]
    at("2026-06-08 09:06")
    tick()
    assert outcomes() == [("sent", "")] and stage.again(run).state == "sent"


def test_a_text_that_the_peer_refuses_has_failed(found: people.Person, peer: Peer) -> None:
    wants_texts(found)
    peer.box.refuse({"how": "reject", "times": 1})
    run = stage.sent(SUBSIDY)
    assert outcomes() == [("failed", "短信网关拒收（refused）")] and run.state == "sent"


def test_who_shut_off_both_channels_is_told_nothing(found: people.Person) -> None:
    actions.choose_channels(found.actor, choices={states.IN_APP: False, states.SMS: False})
    stage.sent(SUBSIDY)
    assert Message.objects.get().told_at is None and not queries.my_messages(found.actor).exists()


def test_stopping_keeps_what_waits_from_being_sent(
    found: people.Person, peer: Peer, at: Callable[[str], object]
) -> None:
    wants_texts(found)
    at("2026-06-08 22:00")
    run = stage.sent(SUBSIDY)
    actions.stop_run(stage.helin(), run=run, reason="文件有更正")
    at("2026-06-09 09:00")
    tick()
    assert outcomes() == [("suppressed", "stopped")] and not peer.box.taken


def test_of_a_firm_its_founder_is_told(found: people.Person) -> None:
    stage.in_force("returnee-project-award", "guarantee-loan-firm")
    run = stage.computed("guarantee-loan-firm", kind="organisation")
    assert run.people >= 0
    if run.people:
        run = actions.approve_audience(stage.qinlan(), run=actions.propose_audience(stage.helin(), run=run))
        actions.start_sending(stage.helin(), run=run)
        jobs.run_pending()
        assert set(Message.objects.filter(run=run).values_list("subject_id", flat=True)) == {found.subject_id}


def test_one_reads_and_answers_ones_own_messages_alone(found: people.Person) -> None:
    stage.sent(SUBSIDY)
    message = queries.my_messages(found.actor).get()
    assert queries.unread_count(found.actor) == 1
    neighbour = people.a_returnee(2, name="王示例").actor
    with pytest.raises(NotFound):
        queries.my_message(neighbour, message.pk)
    with pytest.raises(NotFound):
        actions.open_message(neighbour, message=message)
    actions.open_message(found.actor, message=message)
    telling = queries.my_telling(found.actor, message.pk, SUBSIDY)
    actions.answer_measure(found.actor, telling=telling, answer="declines")
    assert queries.unread_count(found.actor) == 0
    assert Telling.objects.get().answer == "declines"
    assert actor_by_username("helin").subject_id is None
