"""创业一件事 at the portal: chosen, filled in once, sent together; one code; nothing lost, nothing twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from guiyan.cases import answers
from guiyan.cases.models import Case, CaseMaterial, Joint
from guiyan.cases.queries import joint_token
from tests.cases import people
from tests.cases.test_together import ALL, BOTH, GRADUATE, SUBSIDY
from tests.portal.residents import confirming, cost, page, photo, resident, sent, words

pytestmark = pytest.mark.usefixtures("library", "lists")
START = "/together/start-a-business/"


@pytest.fixture
def lists(library: None, tmp_path: Path) -> None:
    people.bring_in(tmp_path, "paid-graduates", [])


def begun(client: Client, *items: str) -> str:
    answer = client.post(START, {"items": items or BOTH})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.url)  # type: ignore[attr-defined]


def filled(client: Client, *items: str) -> str:
    path = begun(client, *items)
    papers = {"file-id_card": photo("id.png"), "file-account": photo("card.png")}
    client.post(path, {**ALL, "do": "files", **papers})
    return path


def all_sent(client: Client, path: str) -> Joint:
    answer = client.post(f"{path}check/", confirming(page(client, f"{path}check/")))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Joint.objects.get(number__gt="")


def test_it_stands_on_top_of_what_can_be_done() -> None:
    seen = words(page(Client(), "/services/"))
    assert seen.index("几件事一起办") < seen.index("补贴和奖补") and "创业一件事" in seen
    assert "创业一件事" in words(page(Client(), "/services/?q=一件事"))
    assert Client().get(START).status_code == 302


def test_what_is_for_her_is_chosen_beforehand_and_nothing_is_begun_by_looking() -> None:
    client, _ = resident()
    html = page(client, START)
    chosen = re.findall(r'name="items" value="([^"]+)"( checked)?', html)
    assert chosen == [(SUBSIDY, " checked"), (GRADUATE, "")]
    seen = words(html)
    assert "5,000元" in seen and "是的就选上" in seen and "经办：通山县人社局" in seen
    assert not Joint.objects.exists()


def test_what_she_told_decides_what_is_offered_and_is_carried_into_the_form() -> None:
    client, _ = resident()
    client.post("/can-i-get/q/is_graduate/", {"answer": "true"})
    client.post("/can-i-get/q/jobs_led_excluding_founder/", {"answer": "3"})
    assert re.findall(r'name="items" value="[^"]+"( checked)?', page(client, START)) == [" checked", " checked"]
    path = begun(client)
    html = page(client, path)
    assert words(html).count("您在“我能享受什么”里填的") == 2
    client.post("/can-i-get/q/is_graduate/", {"answer": "false"})
    client.post(f"{path}drop/")
    assert "这一项不适用" in words(page(client, START))


def test_shared_questions_and_papers_stand_once() -> None:
    client, _ = resident()
    html = page(client, begun(client))
    for name in ("account_number", "account_bank", "school", "returned_from", "file-id_card", "file-account"):
        assert html.count(f'name="{name}"') == 1, name
    assert html.index("毕业情况") < html.index("收款账户")


def test_what_is_missing_in_any_is_said_at_once_and_what_was_typed_is_kept() -> None:
    client, _ = resident()
    path = begun(client)
    html = client.post(path, {"returned_from": "广东省东莞市", "jobs_led": "几个", "do": "next"}).content.decode()
    for said in ("现在带动就业应填整数", "请填写毕业学校", "请填写银行卡号", "请交身份证", "请交本人银行卡"):
        assert said in html
    assert "广东省东莞市" in page(client, path)
    assert client.get(f"{path}check/").url == path  # type: ignore[attr-defined]


def test_sent_together_each_has_its_number_and_one_code_shows_all() -> None:
    client, _ = resident()
    path = filled(client)
    seen = words(page(client, f"{path}check/"))
    assert "2件" in seen and "尾号0381" in seen and people.ANSWERS["account_number"] not in seen
    joint = all_sent(client, path)
    html = page(client, f"{path}done/")
    numbers = list(Case.objects.filter(joint=joint).values_list("number", flat=True))
    assert joint.number in html and all(number in html for number in numbers)
    mine = page(client, f"/my/together/{joint.number}/")
    assert all(number in mine for number in numbers)
    assert "一起办的" in words(page(client, "/my/")) and "一起办的" in words(page(client, f"/my/cases/{numbers[0]}/"))
    public = words(page(Client(), f"/p/{joint_token(joint)}/"))
    assert public.count("办完这一步") == 2 and "刘*燕" in public and "刘春燕" not in public
    asked = Client().post("/progress/", {"number": joint.number.lower(), "applicant": "刘春燕"})
    assert "一起办2件" in words(asked.content.decode())
    wrong = Client().post("/progress/", {"number": joint.number, "applicant": "刘春"})
    assert "对不上" in words(wrong.content.decode())


def test_two_clicks_and_two_tabs_send_once() -> None:
    client, _ = resident()
    path = filled(client)
    first, second = page(client, f"{path}check/"), page(client, f"{path}check/")
    both = [client.post(f"{path}check/", confirming(html)) for html in (first, second, first)]
    assert [one.url for one in both] == [f"{path}done/"] * 3  # type: ignore[attr-defined]
    assert Case.objects.filter(state="submitted").count() == 2
    for address in (path, f"{path}items/", f"{path}check/", f"{path}drop/"):
        assert client.get(address).url.startswith("/my/together/")  # type: ignore[attr-defined]


def test_one_applied_for_in_another_tab_is_named_nothing_is_sent_and_the_rest_can_go() -> None:
    client, person = resident()
    path = filled(client)
    html = page(client, f"{path}check/")
    other = people.submitted(person)
    refused = client.post(f"{path}check/", confirming(html))
    said = words(refused.content.decode())
    assert refused.status_code == 409 and "一件都没有交" in said and other.number in said
    assert "不用再申请" in words(page(client, path)) and other.number in words(page(client, f"{path}items/"))
    assert client.post(f"{path}items/", {"items": [SUBSIDY, GRADUATE]}).status_code == 422
    assert client.post(f"{path}items/", {"items": [GRADUATE]}).status_code == 302
    joint = all_sent(client, path)
    assert joint.chosen == [GRADUATE]


def test_answers_that_rule_an_item_out_leave_it_out_and_say_so() -> None:
    client, _ = resident()
    path = filled(client)
    went = client.post(path, {**ALL, "is_graduate": "false", "do": "next"})
    assert went.url == f"{path}check/"  # type: ignore[attr-defined]
    html = page(client, f"{path}check/")
    seen = words(html)
    assert "不适用，已经去掉" in html and "1件" in seen and "毕业学校" not in seen


def test_a_draft_saves_itself_and_is_found_again() -> None:
    client, _ = resident()
    path = begun(client)
    saved = client.post(f"{path}save/", {"school": "湖北科技学院"}, headers={"X-Requested-With": "fetch"})
    assert saved.status_code == 204
    assert client.get(START).url == path  # type: ignore[attr-defined]
    assert answers.answers_of(Case.objects.get(item=GRADUATE))["school"] == "湖北科技学院"
    assert words(page(client, "/my/")).count("还没有提交") == 1
    assert client.post(path, {"do": "later"}).url == "/my/"  # type: ignore[attr-defined]


def test_a_file_is_seen_taken_out_and_refused_when_it_is_not_what_it_says() -> None:
    client, _ = resident()
    path = filled(client)
    row = CaseMaterial.objects.filter(material="id_card")[0]
    assert client.get(f"{path}files/{row.pk}/").status_code == 200
    client.post(path, {"remove": row.pk})
    assert not CaseMaterial.objects.filter(material="id_card", replaced_at=None).exists()
    refused = client.post(path, {"do": "files", "file-id_card": photo("证.exe", b"MZ" + b"0" * 80)})
    assert refused.status_code == 200 and "不" in words(refused.content.decode())


def test_a_paper_given_before_can_be_used_for_all_of_them() -> None:
    client, _ = resident()
    sent(client)
    path = begun(client, GRADUATE)
    html = page(client, path)
    earlier = re.search(r'name="reuse" value="(\d+)"[^>]*>用以前交过的身份证', html)
    assert earlier is not None
    client.post(path, {"reuse": earlier.group(1)})
    assert CaseMaterial.objects.filter(case__joint__isnull=False, material="id_card").exists()


def test_nobody_else_finds_them_and_parts_have_no_pages_of_their_own() -> None:
    client, _ = resident()
    path = filled(client)
    row, case = CaseMaterial.objects.all()[0], Case.objects.get(item=SUBSIDY)
    other, _ = resident("wangjian", serial=2)
    for address in (path, f"{path}items/", f"{path}check/", f"{path}done/", f"{path}drop/", f"{path}files/{row.pk}/"):
        page(other, address, 404)
    page(client, f"/apply/{SUBSIDY}/{case.pk}/", 404)
    assert other.post(f"{path}save/", {"school": "x"}).status_code == 404
    joint = all_sent(client, path)
    page(other, f"/my/together/{joint.number}/", 404)


def test_an_item_whose_measure_is_not_in_force_cannot_be_chosen() -> None:
    from guiyan.policies.models import MeasureConfirmation

    client, _ = resident()
    MeasureConfirmation.objects.filter(measure_id=GRADUATE).delete()
    assert "现在不能申请" in words(page(client, START))
    assert client.post(START, {"items": BOTH}).status_code == 422
    assert client.post(START, {}).status_code == 422
    assert not Joint.objects.exists()
    page(client, "/together/no-such-thing/", 404)


def test_the_form_costs_the_same_with_one_paper_and_with_three() -> None:
    client, _ = resident()
    path = begun(client)
    client.post(path, {**ALL, "file-id_card": photo("1.png")})
    page(client, path)
    one = cost(client, path)
    for n in (2, 3):
        client.post(path, {"file-id_card": photo(f"{n}.png", people.PHOTO + bytes([n]))})
    page(client, path)
    assert cost(client, path) == one
    client.post(path, {"file-account": photo("card.png")})
    joint = all_sent(client, path)
    assert cost(client, f"/my/together/{joint.number}/") < 40
