"""The service log: who did what, what is needed, what comes next and in whose work it stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from guiyan.engagements import actions, queries
from guiyan.engagements.models import ServiceDraft, ServiceRecord
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.registers import actions as registers
from tests.registers.helping import returnee, specialist

pytestmark = pytest.mark.usefixtures("scoped_db")

As = Callable[[str], Actor]
DAY = date(2026, 6, 8)


@pytest.fixture(autouse=True)
def morning(at: Callable[[str], object], scoped_db: object) -> None:
    at("2026-06-08 09:00")


def write(by: Actor, who: int, token: str = "t1", **values: object) -> ServiceRecord:
    given = {"kind": "visit", "on": DAY, "note": "上门看民宿，问了消防手续", **values}
    return actions.record_service(by, subject_id=who, token=token, **given)  # type: ignore[arg-type]


def test_a_next_step_stands_in_the_specialists_work_until_it_is_done(actor: As) -> None:
    who, lihuifang = returnee(), actor("lihuifang")
    helper = specialist(account="lihuifang")
    registers.assign_helper(SYSTEM, kind="specialist", subject_id=who, helper_id=helper)
    record = write(actor("zhoumin"), who, next_step="陪同到消防站问备案", next_on=date(2026, 6, 12))
    assert (record.next_for_label, record.by_label) == ("李慧芳", "周敏")
    assert [one.pk for one in queries.steps_for(lihuifang)] == [record.pk]
    with pytest.raises(Refused, match="请写办得怎样"):
        actions.finish_step(lihuifang, service_id=record.pk, outcome=" ")
    actions.finish_step(lihuifang, service_id=record.pk, outcome="已备案")
    assert queries.steps_for(lihuifang) == []
    with pytest.raises(Refused, match="已经办完"):
        actions.finish_step(lihuifang, service_id=record.pk, outcome="已备案")


def test_without_a_specialist_it_stays_with_who_wrote_it(actor: As) -> None:
    record = write(actor("lihuifang"), returnee(), next_step="再去一次", next_on=DAY)
    assert [one.pk for one in queries.steps_for(actor("lihuifang"))] == [record.pk]


def test_the_same_page_sent_twice_is_one_service_and_its_draft_is_gone(actor: As) -> None:
    who, lihuifang = returnee(), actor("lihuifang")
    actions.save_service_draft(lihuifang, subject_id=who, values={"note": "写了一半", "x": "不留"})
    draft = queries.draft_of(lihuifang, who)
    assert draft is not None and draft.values == {"note": "写了一半"}
    assert write(lihuifang, who).pk == write(lihuifang, who, note="又点了一次").pk
    assert queries.draft_of(lihuifang, who) is None and ServiceDraft.objects.count() == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"note": "  "}, "请写做了什么"),
        ({"note": "长" * 601}, "写了601个字，最多600个字"),
        ({"kind": "party"}, "请选这次服务是哪一种"),
        ({"on": date(2026, 6, 9)}, "不能晚于今天"),
        ({"on": date(2024, 6, 9)}, "不能早于一年以前"),
        ({"next_step": "再去"}, "请填哪天以前办"),
        ({"next_on": DAY}, "请写下一步做什么"),
        ({"next_step": "再去", "next_on": date(2026, 6, 7)}, "不能早于今天"),
    ],
)
def test_what_cannot_be_is_refused_in_words(actor: As, values: dict[str, object], words: str) -> None:
    with pytest.raises(Refused, match=words):
        write(actor("lihuifang"), returnee(), **values)


def test_numbers_of_people_in_the_words_are_masked(actor: As) -> None:
    record = write(actor("lihuifang"), returnee(), note="联系了他爱人15412345678")
    assert "15412345678" not in record.note and "联系了他爱人" in record.note


def test_another_county_neither_writes_nor_reads_and_a_reader_does_not_write(actor: As) -> None:
    who = returnee()
    record = write(actor("lihuifang"), who)
    with pytest.raises(NotFound):
        write(actor("caoyun"), who, "t2")
    with pytest.raises(NotFound):
        queries.service_by_id(actor("caoyun"), record.pk)
    with pytest.raises(NotAllowed):
        write(actor("zhengwei"), who, "t3")


def test_only_who_wrote_it_strikes_a_record_and_it_stays_readable(actor: As) -> None:
    who = returnee()
    record = write(actor("lihuifang"), who)
    with pytest.raises(NotAllowed, match="只有记这条的人"):
        actions.strike_service(actor("zhoumin"), service_id=record.pk, reason="记错人")
    with pytest.raises(Refused, match="为什么划去"):
        actions.strike_service(actor("lihuifang"), service_id=record.pk, reason="")
    actions.strike_service(actor("lihuifang"), service_id=record.pk, reason="记错人")
    assert queries.services_count(actor("zhoumin"), who) == 0
    assert [one.struck_reason for one in queries.services_of(actor("zhoumin"), who)] == ["记错人"]


def test_two_who_are_one_have_one_log(actor: As) -> None:
    first, second, zhoumin = returnee(1), returnee(2, name="刘春艳"), actor("zhoumin")
    write(zhoumin, first, "t1")
    write(zhoumin, second, "t2")
    registers.merge(SYSTEM, kept=first, merged=second)
    assert len(queries.services_of(zhoumin, second)) == queries.services_count(zhoumin, first) == 2
