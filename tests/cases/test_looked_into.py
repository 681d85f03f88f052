"""What a reviewer compares: a list's own words, whether it was looked into, the trade of the name beside the answer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import actions, queries
from guiyan.cases.list_words import told_of
from guiyan.cases.models import Case
from guiyan.kernel import releases
from guiyan.packs.trade import trade_differs
from guiyan.registers.sample.numbers import id_number
from tests.cases import people

SignIn = Callable[[str], Client]
INSURED = "social-insurance"
FIRM = "通山县枫林谷民宿10"


@pytest.fixture(autouse=True)
def morning(at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def insured_by(name: str, folder: Path) -> Case:
    """A checked case of somebody whom that unit insures since March."""
    row = [id_number(people.BORN, "女", 1), "刘春燕", name, "2026-03-01", ""]
    people.bring_in(folder, INSURED, [row])
    return people.checked(people.a_returnee())


def page_of(client_as: SignIn, case: Case) -> str:
    return client_as("zhengwei").get(f"/desk/cases/{case.number}/").content.decode()


def test_a_hit_names_who_insures_and_since_when_and_whether_it_is_hers(
    scoped_db: object, tmp_path: Path, client_as: SignIn
) -> None:
    case = insured_by("通山县远方货运有限公司", tmp_path)
    assert "参保单位：通山县远方货运有限公司，2026年3月1日起，不是申请人自己的" in page_of(client_as, case)
    declared = releases.current().lists[INSURED]
    row = {"note": FIRM, "from": "2026-03-01", "to": None, "date": None, "amount_fen": None}
    assert told_of([row], declared, [FIRM]) == [f"参保单位：{FIRM}，2026年3月1日起，是申请人自己的"]


def test_while_nobody_wrote_how_a_hit_was_looked_into_that_comes_before_the_yes(
    scoped_db: object, tmp_path: Path, client_as: SignIn
) -> None:
    case = insured_by("通山县远方货运有限公司", tmp_path)
    bar = page_of(client_as, case).split('id="act"')[1]
    assert bar.index("写明核对情况") < bar.index("同意")
    actions.add_remark(people.as_actor("zhengwei"), case=case, text="已电话核实，三月底已离职。")
    bar = page_of(client_as, case).split('id="act"')[1]
    assert "写明核对情况" not in bar and "同意" in bar


def test_who_is_insured_by_her_own_firm_needs_no_word(scoped_db: object, tmp_path: Path, client_as: SignIn) -> None:
    page = page_of(client_as, insured_by(FIRM, tmp_path))
    assert "是申请人自己的" in page and "写明核对情况" not in page


def test_without_a_hit_nothing_comes_before_the_yes(scoped_db: object, client_as: SignIn) -> None:
    assert "写明核对情况" not in page_of(client_as, people.checked(people.a_returnee()))


def test_an_answer_is_called_the_same_in_the_log(scoped_db: object) -> None:
    case = people.checked(people.a_returnee())
    told = [line for line in queries.log_lines(case) if "核验：" in line["title"]]
    assert told and all("核验：属实" in line["title"] for line in told), told
    assert not any("系统" in line["note"] for line in told), told


def test_another_trade_than_the_names_is_marked(scoped_db: object, client_as: SignIn) -> None:
    person = people.a_returnee()
    assert "请核对是不是一回事" not in page_of(client_as, people.checked(person))
    trades = releases.current().trades.values()
    assert trade_differs("通山县松鹤坊物流店", "民宿", trades) == "物流"
    assert trade_differs("通山县松鹤坊物流店", "快递代收", trades) == ""
    assert trade_differs("通山县松鹤坊", "民宿", trades) == trade_differs("通山县松鹤坊物流店", "修车", trades) == ""


def test_the_mark_stands_beside_the_answer(scoped_db: object, client_as: SignIn) -> None:
    case = people.a_draft(people.a_returnee())
    case = actions.save_draft(people.as_actor("zhoumin"), case=case, values={"main_business": "货运"})
    case = actions.submit_case(people.as_actor("zhoumin"), case=case, token=case.submission_token)
    assert "字号里写的是“民宿”，请核对是不是一回事" in page_of(client_as, case)
