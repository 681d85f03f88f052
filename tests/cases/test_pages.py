"""The desk's pages over one case, as the people who handle it see them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.audit.models import AuditEntry
from guiyan.registers import actions as registers
from guiyan.registers.sample.numbers import id_number
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(at: Clock, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def text_of(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def test_the_acceptor_sees_the_request_and_what_follows_from_accepting(scoped_db: object, client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    desk = client_as("zhoumin")
    assert "刘春燕" in text_of(desk, "/desk/")
    assert case.number in text_of(desk, "/desk/cases/")
    page = text_of(desk, f"/desk/cases/{case.number}/")
    assert "受理以后" in page and "不在名单里" in page
    for path in ("print", "code", "step/request_supplement", "step/accept", "step/refuse_acceptance"):
        text_of(desk, f"/desk/cases/{case.number}/{path}/")


def test_a_fact_that_was_checked_long_ago_says_so_and_asks_to_look_again(
    scoped_db: object, client_as: SignIn, at: Clock
) -> None:
    case = people.submitted(people.a_returnee())

    def conditions() -> str:
        page = text_of(client_as("zhoumin"), f"/desk/cases/{case.number}/")
        return page.split("条件核对")[1].split("</table>")[0]

    fresh = conditions()
    assert "天前" in fresh or "今天" in fresh
    assert "数据较旧" not in fresh
    at("2026-12-20 09:00")
    assert "195天前" in conditions() and "数据较旧，核验时请重点核对" in conditions()


def test_what_a_list_found_stands_first_and_a_yes_names_it(
    scoped_db: object, client_as: SignIn, tmp_path: Path
) -> None:
    people.with_list(tmp_path, people.id_number(people.BORN, "女", 1))
    case = people.checked(people.a_returnee())
    page = text_of(client_as("zhengwei"), f"/desk/cases/{case.number}/")
    first, folded = page.split('class="fold"')
    assert "1份比对到" in first and "签批以前必须写明核对结果" in first and "不在名单里" not in first
    assert "份名单里都没有（截至" in folded and "不在名单里" in folded
    assert "名单比对到：" in folded and "经核对，符合条件" not in page


def test_the_other_areas_open(scoped_db: object, client_as: SignIn) -> None:
    case = people.checked(people.a_returnee())
    reviewer, batcher = client_as("zhengwei"), client_as("huanglei")
    page = text_of(reviewer, f"/desk/cases/{case.number}/")
    assert "不予发放" in page and "占用后本县预算还余" in page
    check = CaseCheck.objects.get(case=case, check_id="registration")
    text_of(client_as("marketchecker"), "/desk/checks/?view=answered")
    text_of(client_as("marketchecker"), f"/desk/checks/{check.pk}/")
    text_of(client_as("marketchecker"), "/desk/")
    for path in ("suspend", "return_to_checks", "refuse"):
        text_of(reviewer, f"/desk/cases/{case.number}/step/{path}/")
    text_of(batcher, "/desk/batches/")
    text_of(batcher, "/desk/batches/prepare/")
    drawn = text_of(reviewer, "/desk/flows/startup-subsidy/")
    assert "必交的材料已交齐" in drawn and "请补齐后再提交" not in drawn
    assert "受理后合计" in drawn and "可撤回审核" in drawn and "撤回审核到审核" not in drawn
    text_of(client_as("lihuifang"), "/desk/mandates/")
    text_of(client_as("lihuifang"), "/desk/mandates/new/?q=刘")
    text_of(client_as("chenjing"), "/desk/cases/new/?entry=counter&q=刘")


def test_a_batch_is_shown_and_printed(scoped_db: object, client_as: SignIn) -> None:
    batch = people.a_batch(people.approved(people.a_returnee()))
    page = text_of(client_as("wuqiang"), f"/desk/batches/{batch.number}/")
    assert "复核通过" in page and "5,000元" in page
    text_of(client_as("wuqiang"), f"/desk/batches/{batch.number}/print/")
    text_of(client_as("wuqiang"), f"/desk/batches/{batch.number}/step/recheck/")


def test_the_clerk_enters_a_request_at_the_counter_from_search_to_submission(
    scoped_db: object, client_as: SignIn
) -> None:
    person = people.a_returnee()
    known = {"name": person.name, "id_number": id_number(people.BORN, "女", 1), "birth_date": people.BORN}
    registers.record(SYSTEM, register="person", values=known, source="shared")
    counter = client_as("chenjing")
    found = text_of(counter, "/desk/cases/new/?entry=counter&q=刘春")
    assert "通山县" in found and "，1997年生" in found
    start = {"entry": "counter", "item": people.ITEM, "subject": person.subject_id}
    answer = counter.post("/desk/cases/open/", start)
    path = answer.headers["Location"]
    page = text_of(counter, path)
    assert "部门数据共享" in page and "请填写" not in page
    kept = counter.post(f"{path}save/", {"returned_from": "广东省", "jobs_led": "四"})
    assert kept.status_code == 204
    assert 'value="四"' in text_of(counter, path)
    case = Case.objects.get(pk=int(path.split("/")[-2]))
    wrong = counter.post(path, {**people.ANSWERS, "jobs_led": "四", "token": case.submission_token})
    assert wrong.status_code == 200
    assert "现在带动就业应填整数" in wrong.content.decode() and "还没有交身份证" in wrong.content.decode()
    for material in ("id_card", "account"):
        upload = SimpleUploadedFile(f"{material}.pdf", people.PAPER)
        counter.post(f"{path}materials/{material}/", {"file": upload})
    done = counter.post(path, {**people.ANSWERS, "token": case.submission_token})
    case.refresh_from_db()
    assert (done.status_code, case.state, case.entry) == (302, "submitted", "counter")


def test_a_file_that_is_not_what_its_name_says_is_refused_in_plain_words(scoped_db: object, client_as: SignIn) -> None:
    draft = people.a_draft(people.a_returnee(), by=people.as_actor("chenjing"), entry="counter")
    counter = client_as("chenjing")
    for content in (b"", b"MZ\x90 program"):
        upload = SimpleUploadedFile("身份证.jpg", content)
        answer = counter.post(f"/desk/cases/drafts/{draft.pk}/materials/id_card/", {"file": upload}, follow=True)
        assert "toast-error" in answer.content.decode()
    assert draft.materials.count() == 2


def test_the_steps_of_a_case_are_done_from_its_page(scoped_db: object, client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    acceptor = client_as("zhoumin")
    done = acceptor.post(f"/desk/cases/{case.number}/step/accept/", {"opinion": "材料齐全"}, follow=True)
    assert "已受理刘春燕的申请" in done.content.decode()
    for check in CaseCheck.objects.filter(case=case):
        by = "marketchecker" if check.check_id == "registration" else "townchecker"
        bare = client_as(by).post(f"/desk/checks/{check.pk}/", {"result": "differs", "note": ""})
        assert (bare.status_code, "请写明查到的情况" in bare.content.decode()) == (409, True)
        client_as(by).post(f"/desk/checks/{check.pk}/", {"result": "true", "note": ""})
    reviewer = client_as("zhengwei")
    stopped = reviewer.post(f"/desk/cases/{case.number}/step/suspend/", {"opinion": ""})
    assert (stopped.status_code, "请写明理由" in stopped.content.decode()) == (409, True)
    done = reviewer.post(f"/desk/cases/{case.number}/step/pass_review/", {"opinion": "同意"}, follow=True)
    assert "等待汇总签批" in done.content.decode()
    batch = client_as("huanglei").post("/desk/batches/prepare/", {"cases": [case.pk]})
    path = batch.headers["Location"]
    client_as("wuqiang").post(f"{path}step/recheck/", {"opinion": "无误"})
    client_as("xurong").post(f"{path}step/sign/", {"opinion": "同意"})
    case.refresh_from_db()
    assert case.state == "signed"


def test_a_refusal_is_looked_at_only_by_who_may_make_it(scoped_db: object, client_as: SignIn) -> None:
    case = people.checked(people.a_returnee(2, name="王建", firms=2))
    here = f"/desk/cases/{case.number}/step/refuse/"
    for other in ("zhoumin", "linzong", "shenji", "huanglei"):
        looked = client_as(other).post(here, {"grounds": ["*"], "opinion": "已经领过。"})
        assert looked.status_code in (403, 404), other


def test_a_refused_applicant_gets_a_decision_that_can_be_printed(scoped_db: object, client_as: SignIn) -> None:
    case = people.checked(people.a_returnee(2, name="王建", firms=2))
    reviewer = client_as("zhengwei")
    here = f"/desk/cases/{case.number}/step/refuse/"
    before = text_of(reviewer, here)
    assert "查到：名下办过2次注册登记" in before and "看决定书" in before
    assert 'class="btn btn-danger' not in before and "不服本决定的" not in before
    bare = reviewer.post(here, {"opinion": "这是第二次。"})
    assert bare.status_code == 409 and "请选出不符合哪一条" in bare.content.decode()
    looked = reviewer.post(here, {"grounds": ["*"], "opinion": "已经领过。"})
    letter = looked.content.decode()
    case.refresh_from_db()
    assert (looked.status_code, case.state) == (200, "reviewing") and "<p>已经领过。</p>" in letter
    assert letter.index("不服本决定的") < letter.index('name="seen"')
    seen = letter.split('name="seen" value="')[1].split('"')[0]
    said = {"grounds": ["first_time"], "opinion": "这是第二次办理注册登记。"}
    other = reviewer.post(here, {**said, "seen": seen}).content.decode()
    case.refresh_from_db()
    assert case.state == "reviewing" and "看过以后改了内容" in other and "这是第二次办理注册登记。" in other
    seen = other.split('name="seen" value="')[1].split('"')[0]
    assert reviewer.post(here, {**said, "seen": seen}).status_code == 302
    page = text_of(reviewer, f"/desk/cases/{case.number}/decision/")
    for words in (
        "不予发放决定书",
        "人社局不予〔2026〕1号",
        "二（七）",
        "通山县人民政府申请行政复议",
        "通山县人民法院提起行政诉讼",
    ):
        assert words in page


def test_a_number_in_full_is_shown_to_who_may_and_logged(scoped_db: object, client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    assert client_as("xurong").get(f"/desk/cases/{case.number}/show/account_number/").status_code == 403
    page = text_of(client_as("zhengwei"), f"/desk/cases/{case.number}/show/account_number/")
    assert "6200000000000381" in page
    read = AuditEntry.objects.filter(targets__contains=[case.ref], purpose=f"办件{case.number}")
    assert read.exists()
    assert "15412345678" in text_of(client_as("zhengwei"), f"/desk/cases/{case.number}/show/phone/")


def test_the_helper_works_from_the_mandate_to_the_submission(scoped_db: object, client_as: SignIn) -> None:
    person, helper = people.a_returnee(), client_as("lihuifang")
    paper = SimpleUploadedFile("委托书.pdf", people.PAPER)
    given = {"subject": person.subject_id, "item": people.ITEM, "valid_to": "2026-06-30", "paper": paper}
    path = helper.post("/desk/mandates/new/", given).headers["Location"]
    assert "还没有经本人确认" in text_of(helper, "/desk/cases/new/?entry=helper")
    start = {"entry": "helper", "item": people.ITEM, "subject": person.subject_id}
    refused = helper.post("/desk/cases/open/", start, follow=True)
    assert "还没有经本人确认" in refused.content.decode()
    assert helper.post(path, {"do": "confirm"}).status_code == 403
    counter = client_as("chenjing")
    assert "本人在场，确认委托" in text_of(counter, path)
    counter.post(path, {"do": "confirm"})
    draft = helper.post("/desk/cases/open/", start).headers["Location"]
    left = helper.post(f"{draft}save/", {"returned_from": "广东省", "leave": "1"}, follow=True)
    assert "已存好刘春燕的草稿" in left.content.decode() and "继续填写" in left.content.decode()
    helper.post(f"{draft}withdraw/", {})
    assert Case.objects.get(subject_id=person.subject_id).state == "withdrawn"
    assert helper.get(f"{path}paper/").status_code == 200


def test_an_applicant_takes_a_request_back_at_the_counter(scoped_db: object, client_as: SignIn) -> None:
    case = people.submitted(people.a_returnee())
    counter = client_as("chenjing")
    assert "帮申请人撤回" in text_of(counter, f"/desk/cases/{case.number}/")
    text_of(counter, f"/desk/cases/{case.number}/step/withdraw/")
    counter.post(f"/desk/cases/{case.number}/step/withdraw/", {"opinion": "先不办了"})
    case.refresh_from_db()
    assert case.state == "withdrawn"
