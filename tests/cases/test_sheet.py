"""The printed form of a case: its boxes follow the case's own flow, and what the document leaves open is said."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import actions, queries
from guiyan.cases.models import Case
from guiyan.desk.cases.sheet_boxes import boxes
from tests.cases import borrowers, people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]
BOX = re.compile(r"<div><b>(.*?)</b>(.*?)</div>")


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def printed(client_as: SignIn, case: Case) -> tuple[str, dict[str, str]]:
    page = client_as("zhoumin").get(f"/desk/cases/{case.number}/print/").content.decode()
    return page, dict(BOX.findall(page))


def test_a_loans_form_has_the_boxes_of_its_flow(scoped_db: object, client_as: SignIn) -> None:
    case = borrowers.granted(people.a_returnee())
    page, found = printed(client_as, case)
    assert list(found) == ["受理意见", "资格审核意见", "银行意见", "担保机构意见", "放款"]
    assert "周敏" in found["受理意见"] and "2026年6月8日" in found["受理意见"]
    assert "郑伟" in found["资格审核意见"] and "符合申请条件" in found["资格审核意见"]
    assert "同意" in found["银行意见"] and "8万元" in found["银行意见"] and "3.6%" in found["银行意见"]
    assert "免除反担保" in found["担保机构意见"] and "石玉" in found["担保机构意见"]
    assert "文件没有写明条件" in page and "还没有核对" not in page
    assert "申请贷款金额" in page and "想贷多少" not in page and "80,000元" not in page
    lent = borrowers.paid_out(case, contract_no="JJ-2026-0001")
    assert "8万元" in printed(client_as, Case.objects.get(number=lent.case_number))[1]["放款"]


def test_a_subsidys_form_has_reviewer_signer_notice_and_payment(scoped_db: object, client_as: SignIn) -> None:
    case = people.approved(people.a_returnee())
    page, found = printed(client_as, case)
    assert list(found) == ["受理意见", "审核意见", "复核", "签批", "公示", "拨付"]
    assert "郑伟" in found["审核意见"] and "年6月" not in found["复核"]
    assert "5,000元" in page or "5000元" in page


def test_what_was_sent_back_has_no_opinion_yet(scoped_db: object) -> None:
    case = people.approved(people.a_returnee())
    reviewer = people.as_actor("zhengwei")
    assert boxes(queries.case_page(reviewer, case))[1].lines != ()
    back = actions.take_back(reviewer, case=case, verb="take_back_review", reason="")
    assert [one.lines for one in boxes(queries.case_page(reviewer, back))[1:]] == [()] * 5
