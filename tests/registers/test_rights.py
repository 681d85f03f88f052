"""What somebody may ask about the data held of her: seen, copied, put right, blocked, erased, not revived."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from guiyan.kernel import audit, releases
from guiyan.kernel.actors import SYSTEM, Actor, FixedActor
from guiyan.kernel.audit.looks import listed_in, looks_at
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger.kept import payments
from guiyan.registers import actions, checks, queries, states
from guiyan.registers.models import (
    Assertion,
    Block,
    DataCopy,
    DataRequest,
    Hat,
    Relation,
    SearchTerm,
    ShutKey,
    Subject,
    SubjectKey,
)
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.queries import personal, rights
from guiyan.registers.rights import copying, retention
from guiyan.registers.rights.retention import Kept
from guiyan.registers.sample.numbers import id_number
from guiyan.registers.values import Value
from guiyan.registers.writing import reproject
from tests.registers.factories import BORN, a_person, a_returnee, csv_file
from tests.registers.helping import mentor, returnee, specialist

pytestmark = pytest.mark.usefixtures("scoped_db")
RIGHT = "15487654321"
BASIS = "个人信息保护法第四十七条"
Actors = Callable[[str], Actor]


@pytest.fixture
def she() -> FixedActor:
    """A resident of Tongshan who is in two registers."""
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    actions.record(SYSTEM, register="returnee", values=a_returnee(wish="planned"), source="visit")
    return FixedActor("user", "刘春燕", 9_001, who)


def ask(she: Actor, field: str = "phone", right: str = RIGHT, register: str = "person") -> DataRequest:
    return actions.ask_correction(
        she, register=register, entry_id=she.subject_id or 0, field=field, right=right, reason="换了号码"
    )


def erasure(she: Actor, officer: Actor, *, erase: bool = True) -> DataRequest:
    asked = actions.ask_erasure(she, reason="不再需要")
    return actions.decide_erasure(officer, request_id=asked.pk, erase=erase, basis=BASIS)


def test_she_sees_every_field_with_its_source_and_day(she: FixedActor) -> None:
    found = personal.my_data(she)
    assert [one.register.id for one in found.entries] == ["person", "returnee"]
    cells = {one.field.id: one for one in found.entries[0].fields}
    assert (cells["phone"].value, cells["phone"].source) == ("154****5678", "部门数据共享")
    assert cells["phone"].day is not None
    assert found.entries[1].register.basis and found.entries[1].register.purpose


def test_what_only_some_officers_see_is_shown_to_her(she: FixedActor) -> None:
    other = actions.record(SYSTEM, register="alumni", values=alumna(), source="school")
    mobile = releases.current().registers["alumni"].fields["mobile"]
    assert mobile.seen_by
    _, held = personal.my_field(FixedActor("user", "刘春燕", 9_003, other), "alumni", other, "mobile")
    assert held.value == "154****5678"


def test_an_address_of_somebody_elses_field_is_not_found(she: FixedActor) -> None:
    other = actions.record(SYSTEM, register="person", values=a_person(2, name="王建"), source="shared")
    with pytest.raises(NotFound):
        personal.my_field(she, "person", other, "phone")
    with pytest.raises(NotFound):
        actions.ask_correction(she, register="person", entry_id=other, field="phone", right=RIGHT, reason="x")


def test_an_account_without_a_subject_is_nobody_here(actor: Actors) -> None:
    with pytest.raises(NotAllowed):
        personal.my_data(actor("zhoumin"))


def test_merged_she_sees_both_and_taken_apart_one(she: FixedActor) -> None:
    other = actions.record(SYSTEM, register="alumni", values=alumna(), source="school")
    both = FixedActor("user", she.label, she.user_id, she.subject_id, (), "", (other,))
    assert {one.register.id for one in personal.my_data(both).entries} == {"person", "returnee", "alumni"}
    assert {one.register.id for one in personal.my_data(she).entries} == {"person", "returnee"}


def alumna() -> dict[str, Value]:
    return {
        "name": "刘春燕",
        "number": "XY2026-0001",
        "mobile": "15412345678",
        "region": 421224107206,
        "school": "示例科技学院",
        "graduated": 2018,
    }


def test_a_look_at_her_alone_is_told_and_a_list_is_counted(she: FixedActor, actor: Actors) -> None:
    officer = actor("zhoumin")
    queries.reveal(officer, she.subject_id or 0, "phone", "电话联系本人")
    audit.record_read(officer, "register.person", [f"subject:{she.subject_id}", "subject:77"], "看名录")
    found = personal.my_data(she).looks
    assert [(one.done, one.purpose) for one in found.alone] == [("查看了完整的手机号", "电话联系本人")]
    assert "周敏" not in found.alone[0].who
    assert found.alone[0].who.startswith("通山县")
    assert (found.total, found.listed) == (1, 1)


def test_what_a_system_read_is_told_even_in_a_list(she: FixedActor) -> None:
    other = FixedActor("user", "省厅（接口ab）")
    audit.record_read(other, "register.person", [f"subject:{she.subject_id}", "subject:77"], "接口：省厅对接")
    found = personal.my_data(she).looks
    assert [one.who for one in found.api] == ["接口：省厅对接"]
    assert found.listed == 0


def test_looks_come_page_by_page_however_many(she: FixedActor, actor: Actors) -> None:
    officer = actor("zhoumin")
    for number in range(45):
        audit.record_read(officer, "dossier", [f"subject:{she.subject_id}"], f"第{number}次")
    first = personal.my_looks(she, before=None)
    second = personal.my_looks(she, before=first.next_before)
    assert (first.total, len(first.alone), first.alone[0].purpose) == (45, 20, "第44次")
    assert second.alone[0].purpose == "第24次"
    third = personal.my_looks(she, before=second.next_before)
    assert (len(third.alone), third.next_before) == (5, None)


def test_only_readings_are_noted_and_nobody_but_the_log_writes_them() -> None:
    audit.record(SYSTEM, "case.open", "case:12")
    audit.record_read(SYSTEM, "dossier", ["subject:5", "subject:5", "subject:6"], "x")
    with entered(Scope.system()):
        assert looks_at(["case:12"]).total == 0
        assert [one.times for one in listed_in(["subject:5"])] == [1]


def test_a_correction_wins_over_all_sources_and_says_so(she: FixedActor, actor: Actors) -> None:
    asked = ask(she)
    assert asked.unit_name.startswith("通山县")
    actions.accept_correction(actor("zhoumin"), request_id=asked.pk)
    # The same wrong file once more, and newer.
    later = a_person()
    del later["birth_date"]
    actions.record(SYSTEM, register="person", values=later, source="shared", at=date.today() + timedelta(days=400))
    cell = {one.field.id: one for one in personal.my_data(she).entries[0].fields}["phone"]
    assert (cell.value, cell.source) == ("154****4321", states.CORRECTION_LABEL)
    assert asked.number in cell.basis


def test_an_empty_claim_empties_the_field(she: FixedActor, actor: Actors) -> None:
    asked = ask(she, "wish", "", "returnee")
    actions.accept_correction(actor("zhoumin"), request_id=asked.pk)
    assert "wish" not in {one.field.id for one in personal.my_data(she).entries[1].fields}


def test_a_claim_that_the_field_could_not_hold_is_refused_in_words(she: FixedActor) -> None:
    with pytest.raises(Refused, match="手机号"):
        ask(she, right="123")


def test_the_same_field_is_asked_for_once_at_a_time(she: FixedActor) -> None:
    asked = ask(she)
    with pytest.raises(Refused, match=asked.number):
        ask(she)
    actions.withdraw_request(she, request_id=asked.pk)
    assert ask(she).pk != asked.pk


def test_a_claim_lies_sealed(she: FixedActor) -> None:
    asked = ask(she)
    assert RIGHT.encode() not in bytes(asked.claim or b"")
    assert rights.claim_of(asked) == RIGHT


def test_a_refusal_needs_reason_and_basis_and_is_told(she: FixedActor, actor: Actors) -> None:
    asked = ask(she)
    with pytest.raises(Refused, match="依据"):
        actions.refuse_request(actor("zhoumin"), request_id=asked.pk, reason="与登记一致", basis="")
    done = actions.refuse_request(actor("zhoumin"), request_id=asked.pk, reason="与登记一致", basis=BASIS)
    assert (done.state, done.answer) == ("refused", "与登记一致")
    with pytest.raises(Refused):
        actions.accept_correction(actor("zhoumin"), request_id=asked.pk)


def test_officers_of_another_county_do_not_find_it(she: FixedActor, actor: Actors) -> None:
    asked = ask(she)
    with pytest.raises(NotFound):
        actions.accept_correction(actor("caoyun"), request_id=asked.pk)
    assert not rights.requests_for(actor("caoyun")).filter(pk=asked.pk).exists()


def test_nobody_answers_what_she_asked_herself(she: FixedActor, actor: Actors) -> None:
    officer = actor("zhoumin")
    herself = FixedActor("user", officer.label, officer.user_id, she.subject_id, officer.grants)
    asked = ask(herself)
    with pytest.raises(NotAllowed):
        actions.accept_correction(herself, request_id=asked.pk)
    assert not rights.requests_to_answer(herself).exists()


def test_another_ones_number_is_no_mistake_of_writing(she: FixedActor, actor: Actors) -> None:
    number = id_number(BORN, "女", 9)
    actions.record(SYSTEM, register="person", values=a_person(9, name="王建"), source="shared")
    asked = ask(she, "id_number", number)
    with pytest.raises(Refused, match="另一个档案"):
        actions.accept_correction(actor("zhoumin"), request_id=asked.pk)


def audience() -> set[int]:
    """Whom a run would look at."""
    table = queries.fact_table(releases.current(), "person", date(2026, 6, 1), (0, 999_999_999_999))
    with connection.cursor() as cursor:
        cursor.execute(table.query.as_string())
        return {row[0] for row in cursor.fetchall()}


def test_blocked_she_is_in_no_list_search_or_dataset_and_comes_back_whole(she: FixedActor, actor: Actors) -> None:
    officer, who = actor("helin"), she.subject_id or 0
    before = personal.my_data(she).entries
    done = erasure(she, officer, erase=False)
    assert done.done["registers"] == ["person", "returnee"]
    assert not Hat.objects.filter(subject_id=who).exists()
    assert not SearchTerm.objects.filter(subject_id=who).exists()
    assert queries.entry_list(officer, "person", search="刘春燕").total == 0
    assert queries.dataset("returnee").rows.filter(subject_id=who).count() == 0
    assert queries.search(officer, str(a_person()["id_number"])) == []
    assert queries.readers_of([who]) == {}
    assert who not in audience()
    with pytest.raises(NotFound, match="封存"):
        queries.known_person(officer, who)
    assert [one.blocked for one in personal.my_data(she).entries] == [True, True]
    reproject(releases.current(), releases.current().registers["person"], [who])
    assert not Hat.objects.filter(subject_id=who).exists()
    actions.lift_block(officer, subject_id=who, reason="本人要求恢复")
    assert [(x.register.id, x.fields) for x in personal.my_data(she).entries] == [
        (x.register.id, x.fields) for x in before
    ]
    assert queries.entry_list(officer, "person", search="刘春燕").total == 1
    assert who in audience()


def test_whoever_helped_her_does_again_when_the_block_is_lifted(she: FixedActor, actor: Actors) -> None:
    officer, who = actor("helin"), she.subject_id or 0
    helper, first = mentor(capacity=1), specialist()
    for kind, one in (("mentor", helper), ("specialist", first)):
        actions.assign_helper(officer, kind=kind, subject_id=who, helper_id=one)
    erasure(she, officer, erase=False)
    assert not Relation.objects.filter(CURRENT, to_subject_id=who).exists()
    other = returnee(7, name="王小草")
    actions.assign_helper(officer, kind="mentor", subject_id=other, helper_id=helper)
    left = actions.lift_block(officer, subject_id=who, reason="本人要求恢复")
    assert left == ["原来的创业导师徐永年名额已满"]
    (given,) = Relation.objects.filter(CURRENT, to_subject_id=who)
    assert (given.kind, given.from_subject_id, given.reason) == ("specialist", first, "封存解除，恢复原来的对接")
    assert Relation.objects.filter(to_subject_id=who, end_reason="本人的数据已封存").count() == 2


def test_what_is_blocked_is_seen_with_a_permission_and_a_reason(she: FixedActor, actor: Actors) -> None:
    erasure(she, actor("helin"), erase=False)
    block = Block.objects.get()
    assert not rights.blocks_for(actor("chenjing")).exists()
    with pytest.raises(NotFound):
        rights.see_blocked(actor("chenjing"), block_id=block.pk, reason="好奇")
    with pytest.raises(Refused, match="原因"):
        rights.see_blocked(actor("helin"), block_id=block.pk, reason=" ")
    _, entries = rights.see_blocked(actor("helin"), block_id=block.pk, reason="复核拨付")
    assert [one.register.id for one in entries] == ["person", "returnee"]
    look = personal.my_data(she).looks.alone[0]
    assert (look.done, look.purpose) == ("查看了您封存的数据", "复核拨付")


def test_no_file_form_or_system_brings_her_back(she: FixedActor, actor: Actors, tmp_path: Path) -> None:
    erasure(she, actor("helin"))
    with pytest.raises(Refused, match="封存或删除"):
        actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    number = str(a_person()["id_number"])
    file = csv_file(
        tmp_path / "人员.csv",
        ["姓名", "身份证号", "常住地"],
        [["刘春燕", number, "通山县大畈镇"], ["王建", id_number(BORN, "男", 21), "通山县大畈镇"]],
    )
    summary = actions.import_rows(
        actor("helin"), register="person", path=file, name="人员.csv", source="shared", at=date(2026, 6, 1)
    )
    assert (summary.refused, summary.created) == (1, 1)
    assert "封存或删除" in summary.faults[0].wrong


def test_erased_reports_are_empty_and_nothing_finds_her(she: FixedActor, actor: Actors) -> None:
    who = she.subject_id or 0
    asked = ask(she)
    done = erasure(she, actor("helin"))
    told = Assertion.objects.filter(subject_id=who)
    assert told.count() == 2
    assert {value for one in told for value in one.fields.values()} == {None}
    assert not SubjectKey.objects.filter(subject_id=who).exists()
    assert Subject.objects.get(pk=who).display_name == "（已删除）"
    assert DataRequest.objects.get(pk=asked.pk).claim is None
    assert done.done["reports"] == 2
    assert "刘春燕" not in json.dumps(done.done, ensure_ascii=False)
    with pytest.raises(Refused, match="不能解除"):
        actions.lift_block(actor("helin"), subject_id=who, reason="x")
    assert ShutKey.objects.count() >= 1
    with entered(Scope.system()):
        assert list(checks.findings()) == []


def test_the_check_finds_who_is_blocked_and_still_there(she: FixedActor, actor: Actors) -> None:
    who = she.subject_id or 0
    erasure(she, actor("helin"), erase=False)
    with entered(Scope.system()):
        assert list(checks.findings()) == []
        Block.objects.update(erased=True)
        assert [one.code for one in checks.findings()] == ["registers.erased-report"]
        Block.objects.update(lifted_at=now())
        reproject(releases.current(), releases.current().registers["person"], [who])
        Block.objects.update(lifted_at=None, erased=False)
        assert [one.code for one in checks.findings()] == ["registers.blocked-entry"]


def test_what_must_be_kept_keeps_her_keys(she: FixedActor, actor: Actors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(retention._keepers, "payment", lambda ids: [Kept("拨付记录", 1)])
    done = erasure(she, actor("helin"))
    assert SubjectKey.objects.filter(subject_id=she.subject_id).exists()
    assert done.done["kept"] == [["拨付记录", 1, releases.current().city.data_rights.keeps["payment"]]]
    monkeypatch.undo()
    assert payments([she.subject_id or 0])[0].count == 0


def test_the_application_can_empty_nobody_who_was_not_decided_on(she: FixedActor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT registers_empty_reports(%s)", [[she.subject_id]])
        assert cursor.fetchone() == (0,)
    assert any(Assertion.objects.get(register="person").fields.values())


def test_a_copy_holds_everything_and_is_fetched_once_by_herself(she: FixedActor, actor: Actors) -> None:
    queries.reveal(actor("zhoumin"), she.subject_id or 0, "phone", "电话联系本人")
    asked = actions.ask_copy(she)
    assert actions.ask_copy(she).pk == asked.pk
    with pytest.raises(Refused, match="还没有做好"):
        actions.fetch_copy(she, copy_id=asked.pk)
    with entered(Scope.system()):
        copying.make_copy(asked.pk)
    somebody = FixedActor("user", "王建", 9_002, 1)
    with pytest.raises(NotFound):
        actions.fetch_copy(somebody, copy_id=asked.pk)
    content = actions.fetch_copy(she, copy_id=asked.pk)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        told = json.loads(archive.read("个人信息.json"))
        page = archive.read("个人信息.html").decode()
    assert {one["名录"] for one in told["名录"]} == {
        releases.current().registers[name].label for name in ("person", "returnee")
    }
    assert "15412345678" in page and told["谁看过"][0]["用途"] == "电话联系本人"
    with pytest.raises(Refused, match="下载过"):
        actions.fetch_copy(she, copy_id=asked.pk)
    assert DataCopy.objects.get().sealed is None


def test_a_copy_that_nobody_fetched_is_destroyed(she: FixedActor) -> None:
    asked = actions.ask_copy(she)
    with entered(Scope.system()):
        copying.make_copy(asked.pk)
        made = DataCopy.objects.get()
        assert made.expires_at is not None
        copying.sweep_copies(made.expires_at)
    assert DataCopy.objects.get().sealed is None


def test_erasing_is_said_twice_at_the_desk(she: FixedActor, client_as: Callable[[str], Client]) -> None:
    asked = actions.ask_erasure(she, reason="不再需要")
    officer, address, said = client_as("zhoumin"), f"/desk/data/{asked.pk}/", {"decision": "erase", "basis": BASIS}
    first = officer.post(address, said)
    asked.refresh_from_db()
    assert first.status_code == 200 and "删除以后不能恢复" in first.content.decode() and asked.is_open
    assert officer.post(address, said | {"sure": "1"}).status_code == 302
    asked.refresh_from_db()
    assert not asked.is_open
