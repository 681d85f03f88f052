"""The pages of batches: what came back and whose turn it is, and the sheet that is signed on paper."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import actions
from guiyan.cases.queries import Batch, Case
from guiyan.desk.batches.printing import yuan_in_words
from guiyan.kernel import jobs
from guiyan.ledger import actions as treasury
from guiyan.ledger import queries as ledger
from tests.cases import people
from tests.prepared import clock_to

ClientAs = Callable[[str], Client]
Limit = Callable[[int], AbstractContextManager[object]]
HEAD = ("支付申请编号", "行号", "收款人", "金额（元）", "结果", "回单号", "日期", "退票原因")


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def stands(folder: Path) -> None:
    """A batch of two: one is paid, the other came back from the bank; three working days are over."""
    clock_to("2026-06-08 09:00")
    people.with_budget()
    people.with_list(folder)
    cases = [people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)]
    batch = people.signed(*cases)
    jobs.run_pending()
    clock_to("2026-06-16 09:00")
    jobs.run_pending()
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    jobs.run_pending()
    answer(cases[0], "成功")
    answer(cases[1], "退票")
    clock_to("2026-06-25 09:00")


@pytest.fixture
def returned(scoped_db: object) -> Batch:
    return Batch.objects.get()


def answer(case: Case, outcome: str) -> None:
    line = ledger.lines_for(case.ref)[0]
    reason = "户名与账号不符" if outcome == "退票" else ""
    row = (line.request.number, line.line_no, line.payee, "5000.00", outcome, f"HD{line.pk}", "2026-06-17", reason)
    target = io.StringIO()
    csv.writer(target).writerows([HEAD, row])
    content = target.getvalue().encode("utf-8-sig")
    treasury.import_result(people.as_actor("sunli"), request=line.request, name=f"{case.pk}.csv", content=content)
    jobs.run_pending()


def test_a_payment_that_came_back_says_why_and_whose_turn_it_is(client_as: ClientAs, returned: Batch) -> None:
    address = f"/desk/batches/{returned.number}/"
    page = page_of(client_as("huanglei"), address)
    assert "1笔退票：示例乙，户名与账号不符，6月17日" in page
    assert "陈静，或本人" in page and "再由资金科经办黄磊重新申请拨付" in page
    assert "更正示例乙的收款账户" not in page
    assert "更正示例乙的收款账户" in page_of(client_as("chenjing"), address)


def test_the_list_of_batches_says_which_is_late_and_for_how_many(client_as: ClientAs, returned: Batch) -> None:
    for address in ("/desk/batches/", f"/desk/batches/{returned.number}/"):
        assert "天，1笔" in page_of(client_as("huanglei"), address)


def test_the_account_is_given_then_confirmed_and_then_the_batch_waits_for_a_new_request(
    client_as: ClientAs, returned: Batch
) -> None:
    case = Case.objects.get(applicant="示例乙")
    people.corrected(case)
    address = f"/desk/batches/{returned.number}/"
    assert re.search(
        "由创业服务科(审核岗郑伟|副科长方云)对照银行卡照片确认新账户", page_of(client_as("huanglei"), address)
    )
    assert "确认示例乙的新账户" in page_of(client_as("zhengwei"), address)
    people.confirmed(case)
    page = page_of(client_as("huanglei"), f"/desk/batches/{returned.number}/")
    assert "1笔退票已更正账户" in page and "重新申请拨付" in page
    actions.request_batch_payment(people.as_actor("huanglei"), batch=returned)
    assert "退票" not in page_of(client_as("huanglei"), f"/desk/batches/{returned.number}/")


def test_the_payment_page_does_not_end_with_a_payment_that_came_back(client_as: ClientAs, returned: Batch) -> None:
    number = ledger.lines_for(Case.objects.get(applicant="示例乙").ref)[0].request.number
    page = page_of(client_as("sunli"), f"/desk/payments/{number}/")
    assert "1笔退票" in page and "示例乙，户名与账号不符" in page and "下一步：更正收款账户" in page
    assert "财政不用再办" in page
    assert "看示例乙的办件" in page_of(client_as("huanglei"), f"/desk/payments/{number}/")


def test_the_list_takes_as_many_queries_for_three_batches_as_for_one(
    client_as: ClientAs, returned: Batch, max_queries: Limit
) -> None:
    client = client_as("huanglei")
    page_of(client, "/desk/batches/")
    counts = []
    for serial in (3, 5):
        with max_queries(40) as captured:
            page_of(client, "/desk/batches/")
        counts.append(len(captured))  # type: ignore[arg-type]
        people.signed(people.approved(people.a_returnee(serial, name=f"示例{serial}")))
    assert counts[0] == counts[1]


def test_the_printed_sheet_has_the_total_in_words_and_room_to_sign(client_as: ClientAs, returned: Batch) -> None:
    page = page_of(client_as("huanglei"), f"/desk/batches/{returned.number}/print/")
    assert "金额（元）" in page and "壹万元整" in page
    for cell in ("汇总", "复核", "签批", "日期"):
        assert f">{cell}<" in page
    assert "，系统" not in page and "公示期满" not in page and "打印人：黄磊" in page


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "零元整"),
        (35_000_00, "叁万伍仟元整"),
        (5_000_00, "伍仟元整"),
        (10_00, "壹拾元整"),
        (100_010_00, "壹拾万零壹拾元整"),
        (1_000_500_00, "壹佰万零伍佰元整"),
        (20_305_04, "贰万零叁佰零伍元零肆分"),
        (12_30, "壹拾贰元叁角整"),
        (75, "柒角伍分"),
        (5, "伍分"),
        (12_000_05, "壹万贰仟元零伍分"),
        (1_000_000_000_00, "壹拾亿元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (123_456_789_01, "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元零壹分"),
    ],
)
def test_an_amount_is_written_in_words_as_banks_write_it(fen: int, words: str) -> None:
    assert yuan_in_words(fen) == words
