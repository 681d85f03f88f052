"""Applying for a firm at the portal and at the counter: which firm first, then the form; certificates to print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import answers, queries
from guiyan.cases.models import Case
from guiyan.registers.sample.numbers import credit_code
from tests.cases import firms, people, recognitions
from tests.portal.conftest import confirmed
from tests.portal.residents import confirming, cost, page, photo, resident, words

pytestmark = pytest.mark.usefixtures("library")
AWARD, RECOGNITION = f"/apply/{firms.AWARD}/", f"/apply/{recognitions.PROJECT}/"


@pytest.fixture(autouse=True)
def filled_registers(library: None) -> None:
    firms.registers_filled()


def chosen(client: Client, path: str, **firm: str) -> str:
    """Where the form is, once the firm is said."""
    answer = client.post(path, firm)
    assert answer.status_code == 302, words(answer.content.decode())
    return str(answer.url)  # type: ignore[attr-defined]


def the_firm_of(person: people.Person) -> str:
    return str(firms.of_person(person, 1).subject_id)


def test_it_is_asked_for_which_of_her_firms_and_another_can_be_named() -> None:
    client, _ = resident()
    seen = words(page(client, AWARD))
    assert "给哪个单位申请" in seen and "通山县枫林谷民宿10" in seen and "其他单位" in seen
    assert "50,000元" in seen or "5万元" in seen
    assert not Case.objects.exists()


def test_nothing_chosen_or_half_a_firm_is_said_in_words() -> None:
    client, _ = resident()
    asked = client.post(AWARD, {})
    assert asked.status_code == 422 and "请选是哪个单位" in asked.content.decode()
    half = client.post(AWARD, {"firm": "another", "name": "", "credit_code": "91"})
    assert "请填写单位全称" in half.content.decode() and "应为18位" in half.content.decode()
    assert not Case.objects.exists()


def test_somebody_elses_firm_is_neither_offered_nor_taken() -> None:
    client, _ = resident()
    other = firms.a_firm(2, owner="张晓明")
    assert client.post(AWARD, {"firm": str(other.subject_id)}).status_code == 422
    named = client.post(AWARD, {"firm": "another", "name": other.name, "credit_code": other.code})
    assert named.status_code == 422 and "不是申请人本人" in named.content.decode()
    assert not Case.objects.exists()


def test_the_form_is_the_firms_and_asks_only_what_is_not_known() -> None:
    client, person = resident()
    html = page(client, chosen(client, AWARD, firm=the_firm_of(person)))
    assert 'name="account_number"' in html and 'name="representative"' not in html and 'name="firm_name"' not in html
    assert "奖补由财政直接打到单位账户" in html and "补贴" not in words(html)


def test_a_draft_of_a_firm_is_offered_again_and_a_second_request_refused() -> None:
    client, person = resident()
    path = chosen(client, RECOGNITION, firm=the_firm_of(person))
    assert path in page(client, RECOGNITION)
    assert chosen(client, RECOGNITION, firm=the_firm_of(person)) == path
    typed = {**recognitions.ABOUT[recognitions.PROJECT], "do": "files", "file-photos": photo("p.png")}
    client.post(path, typed)
    sent = client.post(f"{path}check/", confirming(page(client, f"{path}check/")))
    assert sent.status_code == 302
    again = client.post(RECOGNITION, {"firm": the_firm_of(person)})
    assert again.status_code == 409 and "办完以前不用再申请" in again.content.decode()


def test_what_comes_of_it_is_told_before_it_is_sent() -> None:
    client, _ = resident()
    seen = words(page(client, RECOGNITION))
    assert "再公示、认定" in seen and "拨付" not in seen


def test_a_new_firm_brings_its_licence() -> None:
    client, _ = resident(firms=0)
    path = chosen(client, AWARD, firm="another", name="通山县新办的公司", credit_code=credit_code("company", 7))
    assert "营业执照" in words(page(client, path))
    assert "申请人填报，待核验" in words(page(client, path))


def test_the_page_costs_the_same_for_one_firm_and_for_three() -> None:
    one, _ = resident(firms=1)
    costs = cost(one, AWARD)
    three, _ = resident("wangjian", serial=2, firms=3)
    assert cost(three, AWARD) == costs


def test_the_counter_says_which_firm_before_the_form(client_as: Callable[[str], Client]) -> None:
    _, person = resident()
    clerk = client_as("chenjing")
    body = {"entry": "counter", "item": firms.AWARD, "subject": str(person.subject_id)}
    asked = clerk.post("/desk/cases/open/", body)
    assert asked.status_code == 200 and "通山县枫林谷民宿10" in asked.content.decode()
    opened = clerk.post("/desk/cases/open/", {**body, "chosen": "1", "firm": the_firm_of(person)})
    assert opened.status_code == 302
    case = Case.objects.get()
    assert (case.entry, case.for_firm) == ("counter", True)
    assert "通山县枫林谷民宿10" in page(clerk, f"/desk/cases/drafts/{case.pk}/")
    elsewhere = client_as("caoyun").post("/desk/cases/open/", body)
    assert elsewhere.status_code in (403, 404)


def test_a_certificate_is_printed_by_its_owner_and_checked_by_anybody(
    at: Callable[[str], object], client_as: Callable[[str], Client], tmp_path: Path
) -> None:
    client, person = resident()
    confirmed("returnee-project-award", "对认定的返乡创业项目给予5万元奖补。")
    case = recognitions.recognised(firms.of_person(person, 1), at)
    told = words(page(client, f"/my/cases/{case.number}/"))
    assert "已认定为返乡创业项目" in told
    assert told.index("申请奖补5万元") < told.index("看证书")
    paper = words(page(client, f"/my/cases/{case.number}/certificate/"))
    assert "认定证书" in paper and "大畈镇竹木精深加工项目" in paper and "2029年6月15日" in paper
    assert "认定证书" in page(client_as("zhoumin"), f"/desk/cases/{case.number}/certificate/")
    stranger, _ = resident("wangjian", serial=2)
    page(stranger, f"/my/cases/{case.number}/certificate/", 404)
    page(client_as("caoyun"), f"/desk/cases/{case.number}/certificate/", 404)
    token = queries.certificate_token(case.certificate)
    assert "证书有效" in words(page(Client(), f"/certificates/{token}/"))
    page(Client(), f"/certificates/{token}x/", 404)


def test_the_desk_shows_a_recognition_without_money(
    at: Callable[[str], object], client_as: Callable[[str], Client]
) -> None:
    _, person = resident()
    case = recognitions.checked(recognitions.submitted(firms.of_person(person, 1)))
    seen = page(client_as("zhengwei"), f"/desk/cases/{case.number}/")
    assert "不予认定" in seen and "占用" not in seen and "列入待汇总名单" in seen
    assert "3年有效" in seen


def test_the_reviewer_fills_in_the_amount_within_the_range(client_as: Callable[[str], Client]) -> None:
    firm = firms.a_firm()
    firms.recognised(firm, register="carrier", code="incubator-municipal", kind="incubator", grade="municipal")
    firms.with_budget("incubator-award")
    case = firms.checked(firms.submitted(firm, "incubator-award"))
    reviewer, path = client_as("zhengwei"), f"/desk/cases/{case.number}/step/pass_review/"
    assert "在10万元到20万元之间" in page(reviewer, path)
    wrong = reviewer.post(path, {"amount_yuan": "250000", "opinion": "多给一点"})
    assert wrong.status_code == 409 and "应在10万元到20万元之间" in wrong.content.decode()
    assert reviewer.post(path, {"amount_yuan": "150000", "opinion": "入驻20家"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.amount_fen) == ("approved", 15_000_000)


def told(client: Client, firm: int | None, **answers: object) -> None:
    """As 我能享受什么 keeps what was told of a firm; None: of one that nobody named."""
    session = client.session
    session["can_i_get"] = {"kind": "organisation", "firm": firm, "organisation": {"answers": answers}}
    session.save()


@pytest.mark.parametrize("another", [False, True], ids=["a firm nobody named", "another firm"])
def test_what_was_told_of_a_firm_stands_in_its_form_and_in_no_other(another: bool) -> None:
    client, _ = resident(firms=0)
    told(client, firms.a_firm(2, owner="张晓明").subject_id if another else None, is_returnee_led=True)
    path = chosen(client, RECOGNITION, firm="another", name="通山县新办的公司", credit_code=credit_code("company", 7))
    assert answers.answers_of(Case.objects.get()).get("is_returnee_led") == (None if another else "true")
    assert ("您在“我能享受什么”里填的" in words(page(client, path))) is not another


def test_what_was_told_of_ones_own_firm_is_shown_before_the_form_and_registers_win() -> None:
    client, person = resident()
    firm = firms.of_person(person, 1).subject_id
    told(client, firm, is_returnee_led=False)
    page(client, RECOGNITION)
    chosen(client, RECOGNITION, firm=str(firm))
    case = Case.objects.get()
    kept = case.held.get("is_returnee_led")
    assert kept is not None and "is_returnee_led" not in answers.answers_of(case)
