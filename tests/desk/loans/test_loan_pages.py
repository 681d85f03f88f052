"""The pages of banks, guarantors and those who reckon subsidies, through the web, as the people they are for."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from guiyan.accounts.models import User
from guiyan.cases import actions
from guiyan.cases.models import Case
from guiyan.insights.compute import figures
from guiyan.insights.periods import year_to
from guiyan.lending import states
from guiyan.lending.models import BankReport, Loan, Referral, Repayment, Subsidy, SubsidyList
from guiyan.lending.reading import HEAD
from guiyan.packs import Pack
from guiyan.plans.models import Indicator
from guiyan.registers import actions as registers
from tests.cases import borrowers, people
from tests.plans.factories import published_plan

Clock = Callable[[str], object]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_list(tmp_path)


def as_user(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return str(answer.content.decode())


def cells(answer: object, row: int) -> list[object]:
    """A row of a workbook that was sent, counted from 1."""
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return list(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()[row - 1])


def test_the_office_sends_it_the_bank_and_the_guarantor_answer_the_bank_pays_out() -> None:
    case = borrowers.qualified(people.a_returnee())
    office = as_user("zhengwei")
    assert "由选定的银行和担保机构同时审批" in text_of(office, f"/desk/cases/{case.number}/")
    step = f"/desk/cases/{case.number}/step/refer/"
    assert "示例城市银行咸宁分行" in text_of(office, step)
    bank, surety = borrowers.unit(borrowers.BANK).pk, borrowers.unit(borrowers.GUARANTOR).pk
    assert office.post(step, {"opinion": "合格"}).status_code == 409
    sent = {"bank": bank, "guarantor": surety, "opinion": "合格"}
    assert office.post(step, sent).status_code == 302
    assert "还差示例农商行通山支行、市示例担保公司" in text_of(office, f"/desk/cases/{case.number}/")

    banker, guarantor = as_user(borrowers.BANKER), as_user(borrowers.SURETY)
    assert "审批" in text_of(banker, "/desk/") and "担保审查" in text_of(guarantor, "/desk/")
    request = borrowers.to(case, states.BANK).pk
    page = text_of(banker, f"/desk/loan-requests/{request}/")
    assert "翻新客房4间" in page and "154****5678" not in page and "15412345678" not in page
    wrong = banker.post(f"/desk/loan-requests/{request}/answer/", {"decision": "approve", "amount": "90000"})
    assert wrong.status_code == 422 and "请填年利率" in wrong.content.decode()
    agreed = {"decision": "approve", "amount": "80,000", "rate": "3.6", "months": "12", "reason": ""}
    assert banker.post(f"/desk/loan-requests/{request}/answer/", agreed).status_code == 302
    asked = borrowers.to(case, states.GUARANTOR).pk
    page = text_of(guarantor, f"/desk/loan-requests/{asked}/")
    assert "建议免除反担保" in page and "打算申请的创业担保贷款：80,000元" in page
    waived = {"decision": "approve", "counter_guarantee": "waived", "reason": "不超过10万元"}
    assert guarantor.post(f"/desk/loan-requests/{asked}/answer/", waived).status_code == 302

    assert "等放款" in text_of(banker, "/desk/loan-requests/") and "放款" in text_of(banker, "/desk/")
    page = text_of(banker, f"/desk/loan-requests/{request}/")
    assert 'value="80,000"' in page and "怎么审" not in page and "不再放款，退回人社部门" in page
    paid = {"contract_no": "JJ-1", "from_on": "2026-06-08", "principal": "80000", "method": "interest-monthly"}
    assert banker.post(f"/desk/loan-requests/{request}/pay-out/", {**paid, "basis": "month"}).status_code == 302
    loan = Loan.objects.get()
    assert (loan.case_number, Case.objects.get(pk=case.pk).state) == (case.number, "lent")
    assert loan.number in text_of(office, f"/desk/cases/{case.number}/")


def test_a_decline_goes_back_to_the_office_with_its_reason() -> None:
    case = borrowers.referred(people.a_returnee())
    banker = as_user(borrowers.BANKER)
    request = borrowers.to(case, states.BANK).pk
    address = f"/desk/loan-requests/{request}/answer/"
    assert banker.post(address, {"decision": "decline", "reason": " "}).status_code == 422
    assert banker.post(address, {"decision": "decline", "reason": "负债偏高"}).status_code == 302
    office = as_user("zhengwei")
    page = text_of(office, f"/desk/cases/{case.number}/")
    assert "负债偏高" in page and "告知没有贷到" in page
    step = f"/desk/cases/{case.number}/step/end_unlent/"
    assert "不出决定书" in text_of(office, step)
    assert office.post(step, {"opinion": "负债偏高，半年后可以再申请"}).status_code == 302
    assert Case.objects.get(pk=case.pk).state == "not_lent"


def test_another_bank_and_another_county_find_nothing() -> None:
    loan = borrowers.lent(people.a_returnee())
    request = Referral.objects.get(role=states.BANK).pk
    for who in (borrowers.OTHER_BANKER, "caoyun"):
        client = as_user(who)
        assert client.get(f"/desk/loans/{loan.number}/").status_code == 404
        assert client.get(f"/desk/loan-requests/{request}/").status_code == 404
        assert loan.number not in text_of(client, "/desk/loans/")
    resident = as_user("liuchunyan")
    assert resident.get("/desk/loans/").status_code == 403
    assert as_user(borrowers.SURETY).get(f"/desk/loans/{loan.number}/").status_code == 200
    assert as_user(borrowers.BANKER).get("/desk/loan-subsidies/").status_code == 403


def test_the_list_keeps_its_filters_and_goes_out_as_excel(at: Clock) -> None:
    loan = borrowers.lent(people.a_returnee())
    office = as_user("huanglei")
    assert loan.number in text_of(office, "/desk/loans/?q=刘&standing=current&sort=-amount")
    assert "没有符合条件的贷款" in text_of(office, "/desk/loans/?standing=overdue")
    at("2026-07-20 09:00")
    assert loan.number in text_of(office, "/desk/loans/?standing=overdue")
    row = cells(office.get("/desk/loans/sheet/?standing=overdue"), 3)
    assert (row[0], row[1], row[9], row[16]) == (loan.number, "刘春燕", 80000, "逾期")
    assert cells(office.get(f"/desk/loans/{loan.number}/schedule/"), 3)[2:5] == [0, 240, 240]


def test_the_years_loans_are_counted_from_the_loans_down_to_each(pack: Pack) -> None:
    officer = people.as_actor("helin")
    published_plan(officer)
    loan = borrowers.lent(people.a_returnee())
    borrowers.granted(people.a_returnee(2, name="王示例"))
    indicator = Indicator.objects.get(definition="guarantee-loans-issued")
    found = figures(pack, pack.indicators["guarantee-loans-issued"], year_to(date(2026, 6, 8)))
    assert (found[421200000000].value, found[people.COUNTY].value) == (80_000, 80_000)
    page = text_of(as_user("linzong"), f"/desk/cockpit/{indicator.pk}/?place={people.COUNTY}")
    assert f"/desk/loans/{loan.number}/" in page and "正常还款" in page
    assert text_of(as_user("linzong"), f"/desk/loans/{loan.number}/")


def report(*rows: tuple[object, ...]) -> SimpleUploadedFile:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEAD, *rows)):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("6月还款.xlsx", target.getvalue())


def test_the_banks_report_is_taken_row_by_row_and_once(at: Clock) -> None:
    loan = borrowers.lent(people.a_returnee())
    at("2026-07-09 09:00")
    banker = as_user(borrowers.BANKER)
    assert cells(banker.get("/desk/loan-reports/template/"), 2)[:2] == [loan.contract_no, "刘春燕"]
    content = report(
        (loan.contract_no, "刘春燕", "L1", "2026-07-08", "还款", None, 240, None, None),
        ("JJ-0", "", "L2", "2026-07-08", "还款", None, 240, None, None),
        (loan.contract_no, "", "", "2026-07-08", "余额", None, None, None, 79000),
    )
    answer = banker.post("/desk/loan-reports/", {"file": content}, follow=True)
    page = answer.content.decode()
    assert "已记1笔还款，核对1笔余额，退回1行" in page and "没有登记过借据号JJ-0" in page
    assert Repayment.objects.get().interest_fen == 240_00
    row = BankReport.objects.get()
    assert "没有登记过借据号JJ-0" in text_of(banker, f"/desk/loan-reports/{row.pk}/errors/")
    listed = text_of(banker, "/desk/loan-reports/")
    assert "余额对不上" in listed and "-1,000.00" in listed
    content.seek(0)
    again = banker.post("/desk/loan-reports/", {"file": content}, follow=True).content.decode()
    assert "没有重复记账" in again and Repayment.objects.count() == 1
    assert as_user("huanglei").post("/desk/loan-reports/", {"file": content}).status_code == 403
    assert as_user("huanglei").get("/desk/loan-reports/template/").status_code == 403


def test_by_hand_a_repayment_is_stated_refused_and_voided(at: Clock) -> None:
    loan = borrowers.lent(people.a_returnee())
    at("2026-07-09 09:00")
    banker = as_user(borrowers.BANKER)
    address = f"/desk/loans/{loan.number}/"
    wrong = banker.post(
        f"{address}repay/", {"kind": "repaid", "on": "2026-07-08", "principal": "90000", "serial": "L1"}
    )
    assert wrong.status_code == 422 and "本金余额只有8万元" in wrong.content.decode()
    good = {"kind": "repaid", "on": "2026-07-08", "principal": "", "interest": "240", "serial": "L1"}
    assert banker.post(f"{address}repay/", good).status_code == 302
    row = Repayment.objects.get()
    assert (row.principal_fen, row.interest_fen) == (0, 240_00)
    assert banker.post(f"{address}void/{row.pk}/", {"reason": "记错"}).status_code == 302
    page = text_of(banker, address)
    assert "已作废" in page and "作废：还款240元" in page
    assert as_user("huanglei").post(f"{address}repay/", {**good, "serial": "L2"}).status_code == 403


def test_what_was_repaid_early_is_no_instalment_of_the_plan(at: Clock) -> None:
    loan = borrowers.lent(people.a_returnee())
    at("2026-06-09 09:00")
    banker, address = as_user(borrowers.BANKER), f"/desk/loans/{loan.number}/"
    early = {"kind": "early", "on": "2026-06-09", "principal": "10,000", "interest": "8.00", "serial": "E1"}
    sent = banker.post(f"{address}repay/", early)
    assert sent.status_code == 302, sent.content.decode()[:3000]
    page = text_of(banker, address)
    plan = page.split("还款计划</caption>")[1].split("</table>")[0]
    assert plan.count("<tr") - 2 == loan.months and "6月9日" not in plan
    assert "提前还了本金" in page
    assert "<h1>刘春燕：个人创业担保贷款</h1>" in page


def test_an_overdue_loan_is_claimed_and_paid_by_the_guarantor(at: Clock) -> None:
    loan = borrowers.lent(people.a_returnee())
    at("2026-09-10 09:00")
    banker, surety = as_user(borrowers.BANKER), as_user(borrowers.SURETY)
    address = f"/desk/loans/{loan.number}/"
    assert "申请担保代偿" in text_of(banker, address)
    assert banker.post(f"{address}claim/", {"amount": "80000", "reason": "催收三次，没有还"}).status_code == 302
    assert "代偿" in text_of(surety, "/desk/")
    assert "登记代偿" in text_of(surety, address)
    paid = {"on": "2026-09-10", "principal": "80000", "interest": "720", "serial": "D1"}
    assert surety.post(f"{address}claim/paid/", paid).status_code == 302
    assert "已代偿" in text_of(surety, address)


def graduate() -> people.Person:
    """Whom the registers know as a graduate, so that her measure gives half of the interest."""
    person = people.a_returnee()
    values = {"name": person.name, "id_number": people.id_number(people.BORN, "女", 1), "is_graduate": True}
    registers.record(people.as_actor("helin"), register="person", values=values, source="shared")
    return person


def test_a_quarters_list_is_reckoned_confirmed_by_another_and_goes_out(at: Clock) -> None:
    person = graduate()
    case = borrowers.a_draft(person, item="graduate-loan-person")
    case = actions.submit_case(person.actor, case=case, token=case.submission_token)
    case = actions.accept_case(people.as_actor("zhoumin"), case=case, opinion="齐全")
    for check in case.checks.all():
        people.answer(check)
    case.refresh_from_db()
    case = borrowers.sent_on(case)
    borrowers.bank_agrees(case)
    borrowers.surety_agrees(case)
    loan = borrowers.paid_out(case, contract_no="JJ-7")
    at("2026-10-09 09:00")
    banker = as_user(borrowers.BANKER)
    rows = [(loan.contract_no, "", f"L{m}", f"2026-0{m}-08", "还款", None, 240, None, None) for m in (7, 8)]
    rows.append((loan.contract_no, "", "L9", "2026-09-09", "还款", None, 240, None, None))  # a day late
    banker.post("/desk/loan-reports/", {"file": report(*rows)})
    first, second = as_user("huanglei"), as_user("wuqiang")
    assert "2026年第二季度" in text_of(first, "/desk/loan-subsidies/")
    for quarter in ("2026Q2", "2026Q3"):
        sent = first.post("/desk/loan-subsidies/prepare/", {"what": f"421224000000.{quarter}"})
        assert sent.status_code == 302
        sheet = SubsidyList.objects.get(quarter=quarter)
        assert first.get(f"/desk/loan-subsidies/{sheet.pk}/sheet/").status_code == 409
        assert "由另一人复核" in text_of(first, f"/desk/loan-subsidies/{sheet.pk}/")
        assert "复核" in text_of(second, "/desk/")
        assert second.post(f"/desk/loan-subsidies/{sheet.pk}/confirm/").status_code == 302
        sheet.refresh_from_db()
        assert sheet.confirmed_by_label == "吴强"
    row = Subsidy.objects.get()
    assert (row.interest_fen, row.basis_fen, row.amount_fen) == (480_00, 480_00, 240_00)
    out = second.get(f"/desk/loan-subsidies/{sheet.pk}/sheet/")
    assert cells(out, 3)[-4:] == [480, 480, "50%", 240]
    assert "240元" in text_of(second, f"/desk/loans/{loan.number}/")
    User.objects.filter(username="liuchunyan").update(subject_id=person.subject_id)
    own = text_of(as_user("liuchunyan"), f"/my/cases/{case.number}/")
    assert "2026年第三季度" in own and "240元" in own and "看每期还多少（12期）" in own
