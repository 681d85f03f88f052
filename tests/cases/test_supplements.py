"""While a request is being supplemented, what was asked for may change and nothing else, by whoever and wherever."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.cases import actions, answers
from guiyan.cases.models import Case, CaseMaterial, Message
from guiyan.kernel import jobs
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import Refused
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]
OTHERS = {"account_number": "6200000000007777", "account_bank": "别的银行"}


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def supplementing(person: people.Person) -> Case:
    """Her own request, for which a photo of her card of identity and the place she came from were asked."""
    case = people.submitted(person)
    actions.request_supplement(
        people.as_actor("zhoumin"),
        case=case,
        materials=["id_card"],
        fields=["returned_from"],
        message="照片看不清，从哪里返乡请写到市。",
        due_on=date(2026, 6, 12),
    )
    case.refresh_from_db()
    return case


def audited(case: Case, action: str) -> list[dict[str, object]]:
    return [one.detail for one in AuditEntry.objects.filter(action=action, target=case.ref)]


@pytest.mark.parametrize("field", sorted(OTHERS))
def test_nobody_changes_a_field_that_was_not_asked_for(field: str) -> None:
    person = people.a_returnee()
    case = supplementing(person)
    before = answers.answers_of(case)
    for actor in (people.as_actor("chenjing"), person.actor):
        for doing in (
            lambda actor=actor: actions.save_draft(actor, case=case, values={field: OTHERS[field]}),
            lambda actor=actor: actions.resubmit_case(actor, case=case, values={field: OTHERS[field]}),
        ):
            with pytest.raises(Refused, match="不在其中"):
                doing()
    case.refresh_from_db()
    assert answers.answers_of(case) == before
    assert audited(case, "case.answers") == []


def test_nobody_adds_reuses_or_takes_out_a_paper_that_was_not_asked_for() -> None:
    person = people.a_returnee()
    case = supplementing(person)
    card = CaseMaterial.objects.get(case=case, material="account")
    for actor in (people.as_actor("chenjing"), person.actor):
        for doing in (
            lambda actor=actor: actions.add_material(
                actor, case=case, material="account", name="a.pdf", content=people.PAPER
            ),
            lambda actor=actor: actions.remove_material(actor, case=case, row=card),
            lambda actor=actor: actions.reuse_material(actor, case=case, material="account", earlier=card),
        ):
            with pytest.raises(Refused, match="本人银行卡不在其中"):
                doing()
    assert list(CaseMaterial.objects.filter(case=case, material="account", replaced_at=None)) == [card]


def test_an_answer_changed_at_the_counter_says_by_whom_and_leaves_a_trace_without_its_value() -> None:
    person, clerk = people.a_returnee(), people.as_actor("chenjing")
    case = actions.save_draft(clerk, case=supplementing(person), values={"returned_from": "广东省广州市"})
    sources = {row.id: row.source for row in answers.answer_rows(case)}
    assert sources["returned_from"] == "窗口代录，陈静"
    assert sources["account_bank"] == "本人提交"
    assert audited(case, "case.answers") == [{"fields": "returned_from"}]


def test_an_answer_she_changes_herself_is_traced_and_stays_hers() -> None:
    person = people.a_returnee()
    case = actions.save_draft(person.actor, case=supplementing(person), values={"returned_from": "广东省广州市"})
    assert answers.source_of(case, "returned_from") == "本人提交"
    assert audited(case, "case.answers") == [{"fields": "returned_from"}]
    actions.save_draft(person.actor, case=case, values={"returned_from": "广东省广州市"})
    assert len(audited(case, "case.answers")) == 1  # nothing changed


def test_a_fact_taken_from_a_changed_answer_names_its_true_source() -> None:
    person, clerk = people.a_returnee(), people.as_actor("chenjing")
    case = people.submitted(person)
    actions.request_supplement(
        people.as_actor("zhoumin"), case=case, fields=["jobs_led"], message="请核对人数。", due_on=date(2026, 6, 12)
    )
    case = actions.resubmit_case(clerk, case=case, values={"jobs_led": "5"})
    assert answers.fact_sources(case)["jobs_led"] == "窗口代录，陈静"


def test_the_desk_shows_only_what_was_asked_and_refuses_the_rest(client_as: SignIn) -> None:
    case = supplementing(people.a_returnee())
    counter, path = client_as("chenjing"), f"/desk/cases/drafts/{case.pk}/"
    html = counter.get(path).content.decode()
    assert 'name="returned_from"' in html and "materials/id_card/" in html
    for unasked in ('name="account_bank"', 'name="account_number"', "materials/account/", "部门数据共享"):
        assert unasked not in html
    answer = counter.post(f"{path}save/", OTHERS)
    assert (answer.status_code, "不在其中" in answer.content.decode()) == (409, True)
    upload = SimpleUploadedFile("card.png", people.PHOTO)
    told = counter.post(f"{path}materials/account/", {"file": upload}, follow=True)
    assert "本人银行卡不在其中" in told.content.decode()
    counter.post(f"{path}materials/id_card/", {"file": SimpleUploadedFile("id.png", people.PHOTO)})
    done = counter.post(path, {"returned_from": "广东省广州市"}, follow=True)
    case.refresh_from_db()
    assert (case.state, case.account_tail) == ("submitted", "0381")
    assert "窗口代录，陈静" in done.content.decode()


def test_what_an_asked_change_makes_necessary_may_come_with_it() -> None:
    person = people.a_returnee()
    case = supplementing(person)
    # The one answer the form then lacks is open although no notice could name it.
    case.answers = {**case.answers, "account_bank": ""}
    case.save(update_fields=["answers"])
    case = actions.save_draft(person.actor, case=case, values={"account_bank": "通山农商银行"})
    assert answers.answers_of(case)["account_bank"] == "通山农商银行"


def test_who_has_not_added_what_was_asked_is_reminded_once(at: Clock) -> None:
    case = people.submitted(people.a_returnee())
    ask = {"materials": ["id_card"], "message": "照片看不清，请重拍。", "due_on": date(2026, 6, 12)}
    actions.request_supplement(people.as_actor("zhoumin"), case=case, **ask)
    jobs.run_pending()
    assert not Message.objects.filter(kind="supplement_due").exists()
    for day in ("2026-06-11 09:00", "2026-06-12 09:00"):
        at(day)
        jobs.run_pending()
    assert Message.objects.filter(kind="supplement_due", case=case).count() == 1
