"""From the treasury's answers to the end: paid, returned and put right, asked back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.cases import actions, answers, checks, queries
from guiyan.cases.actions.payment import payment_came_back, payment_made
from guiyan.cases.models import Batch, Case, Message
from guiyan.kernel import jobs, workflow
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.outbox import publish
from guiyan.ledger import actions as treasury_ledger
from guiyan.ledger import queries as ledger
from tests.cases import people
from tests.prepared import clock_to

Clock = Callable[[str], object]


def stands(folder: Path) -> None:
    """One case whose payment the treasury has been asked for."""
    clock_to("2026-06-08 09:00")
    people.with_budget()
    people.with_list(folder)
    case = people.approved(people.a_returnee())
    batch = people.signed(case)
    jobs.run_pending()  # the notice is published
    clock_to("2026-06-16 09:00")
    jobs.run_pending()  # and has run out
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    jobs.run_pending()


@pytest.fixture
def paying(scoped_db: object) -> Case:
    case = Case.objects.get()
    assert case.state == "paying"
    return case


def test_a_receipt_pays_the_case_and_settles_a_batch_with_nothing_left_on_its_way(paying: Case) -> None:
    assert payment_made(paying).state == "paid"
    paying.refresh_from_db()
    batch = Batch.objects.get(lines__case=paying)
    assert (paying.state, batch.state) == ("closed", "settled")
    again = payment_made(paying)
    assert again.state == "closed"


def test_a_returned_payment_is_put_right_and_asked_for_again(paying: Case) -> None:
    case = payment_came_back(paying, "账号与户名不符")
    told = Message.objects.filter(case=case).order_by("-id")[0]
    assert case.state == "returned"
    assert ("账号与户名不符" in told.body, told.todo) == (True, "更正收款账户")
    with pytest.raises(Refused, match="银行卡号只能是数字"):
        actions.correct_account(people.as_actor("chenjing"), case=case, bank="通山农商银行", account_no="6200-X")
    case = people.corrected(case)
    assert (case.state, case.account_tail) == ("account_check", "7777")
    assert workflow.history(case)[-1].on_behalf.startswith("刘春燕")
    assert people.confirmed(case).state == "payable"


def test_a_payment_that_came_back_stays_late_and_in_the_work_of_who_corrects_it(paying: Case, at: Clock) -> None:
    due = paying.due_on
    payment_came_back(paying, "账号与户名不符")
    at("2026-06-24 09:00")
    paying.refresh_from_db()
    assert (paying.state, paying.due_on, paying.due_clock) == ("returned", due, "拨付") and due == date(2026, 6, 22)
    for name in ("chenjing", "zhoumin"):
        (row,) = [row for row in queries.work_for(people.as_actor(name)) if row.todo == "更正收款账户"]
        assert (row.key, row.light.words, row.can_act) == (paying.number, "超期2天", True)
    assert queries.cases_for(people.as_actor("zhoumin")).rows[0] == paying
    corrected = people.confirmed(people.corrected(paying))
    assert (corrected.state, corrected.due_on) == ("payable", due)
    (asked,) = [row for row in queries.work_for(people.as_actor("huanglei")) if row.todo == "申请拨付"]
    assert asked.light.words == "超期2天"


def test_the_receivers_answer_events_of_the_ledger(paying: Case) -> None:
    publish("payment.paid", case_ref=paying.ref, line_id=1, batch_ref="batch:0")
    jobs.run_pending()
    paying.refresh_from_db()
    assert paying.state == "closed"


def answer_of_the_treasury(case: Case, outcome: str, reason: str = "") -> None:
    """A result file comes in and is worked off, as at the treasury's desk."""
    line = ledger.lines_for(case.ref).first()
    assert line is not None
    target = io.StringIO()
    head = ("支付申请编号", "行号", "收款人", "金额（元）", "结果", "回单号", "日期", "退票原因")
    row = (line.request.number, line.line_no, line.payee, "5000.00", outcome, f"HD{line.pk}", "2026-06-17", reason)
    csv.writer(target).writerows([head, row])
    treasury = people.as_actor("sunli")
    content = target.getvalue().encode("utf-8-sig")
    treasury_ledger.import_result(treasury, request=line.request, name="结果.csv", content=content)
    jobs.run_pending()
    case.refresh_from_db()


def test_the_treasurys_file_pays_or_returns_the_case(paying: Case) -> None:
    answer_of_the_treasury(paying, "退票", "账号与户名不符")
    assert paying.state == "returned"
    assert "账号与户名不符" in Message.objects.filter(case=paying).order_by("-id")[0].body
    people.confirmed(people.corrected(paying))
    batch = Batch.objects.get(lines__case=paying)
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    answer_of_the_treasury(paying, "成功")
    batch.refresh_from_db()
    assert (paying.state, batch.state) == ("closed", "settled")
    assert list(checks.findings()) == []


def test_money_paid_wrongly_is_asked_back_and_the_case_ends_when_it_is_in(paying: Case) -> None:
    reviewer = people.as_actor("zhengwei")
    with pytest.raises(Refused, match="拨付中"):
        actions.start_recovery(reviewer, case=paying, amount_fen=5_000_00, reason="重复享受。")
    answer_of_the_treasury(paying, "成功")
    case = actions.start_recovery(reviewer, case=paying, amount_fen=5_000_00, reason="重复享受。")
    assert case.state == "recovering"
    treasury_ledger.record_recovery(people.as_actor("sunli"), case_ref=case.ref, amount_fen=5_000_00, receipt="RK-1")
    jobs.run_pending()
    case.refresh_from_db()
    assert case.state == "recovered"
    assert list(checks.findings()) == []


def test_nobody_redirects_a_payment_alone(paying: Case) -> None:
    case = people.corrected(payment_came_back(paying, "账号不存在"))
    batch = Batch.objects.get(lines__case=case)
    with pytest.raises(Refused, match="没有可以拨付"):
        actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    both = people.with_powers_of("chenjing", "zhengwei")
    with pytest.raises(Refused, match="审办分离"):
        actions.confirm_account(both, case=case)
    with pytest.raises(NotAllowed):
        actions.confirm_account(people.as_actor("zhoumin"), case=case)
    assert people.confirmed(case).state == "payable"
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    assert list(checks.findings()) == []


def test_a_new_account_at_the_counter_comes_with_a_fresh_picture_of_the_card(paying: Case) -> None:
    case, clerk = payment_came_back(paying, "账号不存在"), people.as_actor("chenjing")
    for picture in (None, actions.Picture("card.png", b""), actions.Picture("card.png", b"MZ no picture")):
        with pytest.raises(Refused):
            actions.correct_account(clerk, case=case, bank="别的银行", account_no="6200000000007777", picture=picture)
    case.refresh_from_db()
    assert (case.state, case.account_tail) == ("returned", "0381")
    before = set(case.materials.filter(material="account"))
    case = people.corrected(case)
    (fresh,) = set(case.materials.filter(material="account")) - before
    assert fresh.added_by_id == clerk.user_id
    assert {row.id: row.source for row in answers.answer_rows(case)}["account_number"] == "窗口代录，陈静"


def test_the_applicant_is_told_the_new_tail_and_by_whom_and_may_put_it_right_herself(paying: Case) -> None:
    person = people.a_returnee()
    case = people.corrected(payment_came_back(paying, "账号不存在"))
    told = Message.objects.filter(case=case).order_by("-id")[0]
    assert "尾号7777" in told.title and "陈静" in told.body and "不是您本人要求的" in told.body
    case = actions.correct_account(person.actor, case=case, bank="通山农商银行", account_no="6200000000009999")
    assert (case.state, case.account_tail) == ("payable", "9999")
    assert answers.source_of(case, "account_number") == "本人提交"


def test_an_account_that_does_not_hold_goes_back_to_be_corrected_again(paying: Case) -> None:
    case = people.corrected(payment_came_back(paying, "账号不存在"))
    reviewer = people.as_actor("zhengwei")
    with pytest.raises(Refused, match="理由"):
        actions.return_account(reviewer, case=case, reason=" ")
    case = actions.return_account(reviewer, case=case, reason="照片上的卡号对不上。")
    told = Message.objects.filter(case=case).order_by("-id")[0]
    assert (case.state, told.todo) == ("returned", "更正收款账户")
    assert "照片上的卡号对不上" in told.body
    assert people.corrected(case, account_no="6200000000008888").state == "account_check"


def test_the_second_person_finds_the_account_in_her_work_and_the_picture_on_its_page(
    paying: Case, client_as: Callable[[str], Client]
) -> None:
    case = payment_came_back(paying, "账号不存在")
    path = f"/desk/cases/{case.number}/"
    counter, reviewer = client_as("chenjing"), client_as("zhengwei")
    form = {"bank": "通山农商银行", "account_no": "6200000000007777"}
    bare = counter.post(f"{path}step/correct_account/", form)
    assert (bare.status_code, "请当面拍下新的银行卡" in bare.content.decode()) == (409, True)
    card = SimpleUploadedFile("card2.png", people.PHOTO)
    done = counter.post(f"{path}step/correct_account/", {**form, "picture": card}, follow=True)
    assert "等另一人确认" in done.content.decode() and "确认新账户" not in done.content.decode()
    assert "确认新账户" in reviewer.get("/desk/").content.decode()
    page = reviewer.get(path).content.decode()
    fresh = case.materials.get(file_name="card2.png")
    assert f"/desk/cases/materials/{fresh.pk}/" in page and "陈静替申请人" in page
    assert "户名须是刘春燕本人" in reviewer.get(f"{path}step/confirm_account/").content.decode()
    reviewer.post(f"{path}step/confirm_account/", {"opinion": "一致"})
    case.refresh_from_db()
    assert (case.state, queries.case_by_number(people.as_actor("zhengwei"), case.number).state) == ("payable",) * 2
