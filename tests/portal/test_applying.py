"""Applying at the portal: only what isn't held, nothing lost, submitted once, refused the second time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from guiyan.accounts.models import User
from guiyan.cases import answers
from guiyan.cases.models import Case, CaseMaterial
from tests.cases import people
from tests.portal.residents import APPLY, TYPED, begun, confirming, cost, filled, page, photo, resident, sent, words

pytestmark = pytest.mark.usefixtures("in_force")


def only_case() -> Case:
    return Case.objects.get()


def test_whoever_is_signed_out_signs_in_first_and_comes_back() -> None:
    asked = Client().get(APPLY)
    assert asked.status_code == 302
    assert asked.url == "/sign-in/?next=%2Fapply%2Fstartup-subsidy%2F"  # type: ignore[attr-defined]


def test_looking_at_the_start_page_opens_no_draft() -> None:
    client, _ = resident()
    seen = words(page(client, APPLY))
    assert "先准备好" in seen and "5,000元" in seen
    assert not Case.objects.exists()


def test_the_form_shows_what_is_held_with_its_source_and_asks_only_the_rest() -> None:
    client, _ = resident()
    html = page(client, begun(client))
    assert 'name="returned_from"' in html and 'name="account_number"' in html
    assert 'name="name"' not in html and 'name="business_registrations"' not in html
    assert "返乡人员名录" in html


def test_beginning_twice_goes_on_with_the_same_draft() -> None:
    client, _ = resident()
    assert begun(client) == begun(client)
    assert client.get(APPLY).status_code == 302


def test_what_is_missing_is_said_all_at_once_and_what_was_typed_is_kept() -> None:
    client, _ = resident()
    path = begun(client)
    html = client.post(path, {"returned_from": "广东省东莞市", "jobs_led": "几个", "do": "next"}).content.decode()
    for said in ("现在带动就业应填整数", "请填写开户银行", "请填写银行卡号", "请交身份证", "请交本人银行卡"):
        assert said in html
    assert "广东省东莞市" in page(client, path)


def test_a_draft_saves_itself() -> None:
    client, _ = resident()
    path = begun(client)
    saved = client.post(f"{path}save/", {"returned_from": "浙江省义乌市"}, headers={"X-Requested-With": "fetch"})
    assert saved.status_code == 204
    assert answers.answers_of(only_case())["returned_from"] == "浙江省义乌市"


def test_a_session_that_ends_in_the_middle_keeps_the_draft_and_comes_back_to_it() -> None:
    client, person = resident()
    path = begun(client)
    client.post(f"{path}save/", {"returned_from": "浙江省义乌市"}, headers={"X-Requested-With": "fetch"})
    client.logout()
    lost = client.post(path, {"jobs_led": "3", "do": "next"}, headers={"Referer": f"http://testserver{path}"})
    assert lost.status_code == 302 and f"next={path.replace('/', '%2F')}" in lost.url  # type: ignore[attr-defined]
    client.post(f"{path}save/", {}, headers={"X-Requested-With": "fetch"})
    client.force_login(User.objects.get(subject_id=person.subject_id))
    assert "浙江省义乌市" in page(client, path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("证.jpg", b"", "空"), ("证.png", b"%PDF-1.4 not a picture", "不"), ("证.exe", b"MZ" + b"\0" * 80, "不")],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_rest_is_kept(
    name: str, content: bytes, said: str
) -> None:
    client, _ = resident()
    path = begun(client)
    refused = client.post(path, {"returned_from": "广东省东莞市", "do": "files", "file-id_card": photo(name, content)})
    assert refused.status_code == 200
    assert said in words(refused.content.decode())
    assert not CaseMaterial.objects.exists()
    assert answers.answers_of(only_case())["returned_from"] == "广东省东莞市"


def test_a_file_can_be_looked_at_and_taken_out_again() -> None:
    client, _ = resident()
    path = filled(client)
    row = CaseMaterial.objects.filter(material="id_card").get()
    assert client.get(f"{path}files/{row.pk}/").status_code == 200
    client.post(path, {"remove": row.pk})
    assert not CaseMaterial.objects.filter(material="id_card", replaced_at=None).exists()


def test_an_unfinished_application_cannot_be_looked_over_or_sent() -> None:
    client, _ = resident()
    path = begun(client)
    assert client.get(f"{path}check/").url == path  # type: ignore[attr-defined]
    assert client.post(f"{path}check/", {"token": only_case().submission_token}).url == path  # type: ignore[attr-defined]
    assert only_case().state == "draft"


def test_submitting_twice_is_one_application_with_one_number() -> None:
    client, _ = resident()
    path = filled(client)
    html = page(client, f"{path}check/")
    assert "广东省深圳市" in html and "尾号0381" in html and people.ANSWERS["account_number"] not in html
    both = [client.post(f"{path}check/", confirming(html)) for _ in range(2)]
    assert [one.url for one in both] == [f"{path}done/"] * 2  # type: ignore[attr-defined]
    seen = words(page(client, f"{path}done/"))
    assert only_case().number in seen and "6月11日前告诉您受不受理" in seen
    assert Case.objects.filter(state="submitted").count() == 1


def test_a_page_with_an_old_token_is_refused_and_keeps_the_draft() -> None:
    client, _ = resident()
    path = filled(client)
    refused = client.post(f"{path}check/", {"token": "old"})
    assert refused.status_code == 409 and "这一页已经过期" in refused.content.decode()
    assert only_case().state == "draft"


def test_a_second_application_is_refused_with_the_number_of_the_first() -> None:
    client, _ = resident()
    case = sent(client)
    refused = client.post(APPLY)
    assert refused.status_code == 409
    assert case.number in refused.content.decode() and "同一人只能享受一次" in refused.content.decode()
    assert case.number in page(client, APPLY)
    assert Case.objects.count() == 1


def test_after_submitting_the_form_leads_to_the_case() -> None:
    client, _ = resident()
    case = sent(client)
    path = f"{APPLY}{case.pk}/"
    for address in (path, f"{path}check/", f"{path}drop/"):
        assert client.get(address).url == f"/my/cases/{case.number}/"  # type: ignore[attr-defined]


def test_a_draft_can_be_given_up_and_begun_anew() -> None:
    client, _ = resident()
    path = begun(client)
    assert "放弃" in page(client, f"{path}drop/")
    client.post(f"{path}drop/")
    assert only_case().state == "withdrawn"
    for address in (path, f"{path}check/", f"{path}done/", f"{path}drop/"):
        assert client.get(address).url == "/my/"  # type: ignore[attr-defined]
    assert client.post(f"{path}check/", {"token": only_case().submission_token}).url == "/my/"  # type: ignore[attr-defined]
    assert begun(client) != path


def test_nobody_else_finds_the_draft() -> None:
    client, _ = resident()
    path = filled(client)
    row = CaseMaterial.objects.first()
    assert row is not None
    other, _ = resident("wangjian", serial=2)
    for address in (path, f"{path}check/", f"{path}done/", f"{path}drop/", f"{path}files/{row.pk}/"):
        page(other, address, 404)
    assert other.post(f"{path}save/", {"returned_from": "x"}).status_code == 404
    assert other.post(path, {"returned_from": "x"}).status_code == 404


def test_whoever_does_not_qualify_is_told_before_she_begins() -> None:
    client, _ = resident("wangjian", serial=2, firms=2)
    assert "按已核对的信息，您暂不符合" in words(page(client, APPLY))


def test_an_officer_has_no_application_of_his_own(client_as: Callable[[str], Client]) -> None:
    page(client_as("zhoumin"), APPLY, 403)


def test_an_item_that_does_not_exist_is_not_found() -> None:
    client, _ = resident()
    page(client, "/apply/no-such-item/", 404)


def test_the_form_costs_the_same_with_one_paper_and_with_three() -> None:
    client, _ = resident()
    path = begun(client)
    client.post(path, {**TYPED, "file-id_card": photo("1.png")})
    page(client, path)  # takes the message that the file came
    one = cost(client, path)
    for n in (2, 3):
        client.post(path, {"file-id_card": photo(f"{n}.png", people.PHOTO + bytes([n]))})
    page(client, path)
    assert cost(client, path) == one


@pytest.mark.parametrize("change", [{"returned_from": "浙江省义乌市"}, {"account_number": "6200000000009999"}])
def test_what_was_changed_after_looking_it_over_is_not_sent_before_it_is_looked_over_again(
    change: dict[str, str],
) -> None:
    client, _ = resident()
    path = filled(client)
    looked_over = confirming(page(client, f"{path}check/"))
    client.post(f"{path}save/", change)
    again = client.post(f"{path}check/", looked_over)
    assert again.status_code == 409
    html = again.content.decode()
    assert "核对以后草稿又改过" in html and ("浙江省义乌市" in html or "尾号9999" in html)
    assert only_case().state == "draft"
    both = [client.post(f"{path}check/", confirming(html)) for _ in range(2)]
    assert [one.url for one in both] == [f"{path}done/"] * 2  # type: ignore[attr-defined]
    assert only_case().state == "submitted"


def test_a_paper_added_or_taken_out_after_looking_it_over_is_looked_over_again() -> None:
    client, _ = resident()
    path = filled(client)
    looked_over = confirming(page(client, f"{path}check/"))
    client.post(path, {"do": "files", "file-id_card": photo("back.png")})
    assert client.post(f"{path}check/", looked_over).status_code == 409
    looked_over = confirming(page(client, f"{path}check/"))
    client.post(path, {"remove": CaseMaterial.objects.get(file_name="back.png").pk})
    assert client.post(f"{path}check/", looked_over).status_code == 409
    assert client.post(f"{path}check/", {"token": looked_over["token"]}).status_code == 409
    assert only_case().state == "draft"
