"""Pairs at the desk: side by side, decided, several after a preview, merged by hand and taken apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries
from guiyan.registers.models import PersonLink
from tests.registers.factories import COUNTY
from tests.registers.knowing import alumnus, founder, known, known_again, look

pytestmark = pytest.mark.usefixtures("scoped_db")

ClientAs = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(at: Callable[[str], object], scoped_db: object) -> None:
    at("2026-06-08 09:00")


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return answer.content.decode()


def waiting() -> PersonLink:
    with entered(Scope.system()):
        return PersonLink.objects.filter(verdict="waiting").order_by("-pk")[0]


def again(link: PersonLink) -> PersonLink:
    with entered(Scope.system()):
        return PersonLink.objects.get(pk=link.pk)


def test_nothing_waits_at_first(client_as: ClientAs) -> None:
    assert "没有要核对的" in text_of(client_as("zhoumin"), "/desk/links/")


def test_a_pair_is_read_side_by_side_and_decided_and_the_next_follows(client_as: ClientAs) -> None:
    known_again(1)
    first = waiting()
    known_again(2)
    officer = client_as("zhoumin")
    assert "共2对" in text_of(officer, "/desk/links/")
    link = waiting()
    text = text_of(officer, f"/desk/links/{link.pk}/?view=waiting")
    for words in (
        "可能是家里人",
        "手机号相同",
        "有一方未填",
        "154****0002",
        "校友资源库，学校上传",
        "为同一人的可能",
        "下一对",
    ):
        assert words in text, words
    assert "15412350002" not in text
    answer = officer.post(f"/desk/links/{link.pk}/", {"decision": "same", "view": "waiting"})
    assert answer["Location"] == f"/desk/links/{first.pk}/?view=waiting"
    assert (again(link).verdict, again(link).how) == ("same", "review")
    twice = officer.post(f"/desk/links/{link.pk}/", {"decision": "apart"})
    assert twice.status_code == 422 and "已经核对过这一对" in twice.content.decode()
    officer.post(f"/desk/links/{first.pk}/", {"decision": "apart", "view": "waiting", "reason": "兄弟"})
    assert again(first).verdict == "apart"
    assert "兄弟" in text_of(officer, "/desk/links/?view=apart")


def test_pairs_that_wait_are_one_line_of_work_and_told_where_registers_are_looked_at(client_as: ClientAs) -> None:
    officer = client_as("zhoumin")
    assert "可能是同一人" not in text_of(officer, "/desk/") + text_of(officer, "/desk/freshness/")
    known_again(1)
    known_again(2)
    work = text_of(officer, "/desk/")
    assert work.count("可能是同一人的登记</a>") == 1 and "2对" in work and "/desk/links/?view=waiting" in work
    assert "合成一个档案后有问题的登记" in work
    for address in ("/desk/registers/", "/desk/freshness/"):
        assert "有2对登记可能是同一人，等您核对" in text_of(officer, address)
    for _ in range(2):
        officer.post(f"/desk/links/{waiting().pk}/", {"decision": "apart", "view": "waiting", "reason": "兄弟"})
    assert "可能是同一人的登记" not in text_of(officer, "/desk/")


def test_several_are_decided_after_a_preview_with_a_reason(client_as: ClientAs) -> None:
    known_again(1)
    link, officer = waiting(), client_as("zhoumin")
    assert "先看一遍" in text_of(officer, f"/desk/links/bulk/?link={link.pk}&decision=apart")
    form = {"link": [link.pk], "decision": "apart"}
    assert officer.post("/desk/links/bulk/", form).status_code == 422
    assert officer.post("/desk/links/bulk/", {**form, "reason": "核对过"}).status_code == 302
    assert again(link).verdict == "apart"


def test_a_list_costs_as_many_queries_with_three_pairs_as_with_one(client_as: ClientAs) -> None:
    officer = client_as("zhoumin")

    def cost() -> int:
        officer.get("/desk/links/")
        with CaptureQueriesContext(connection) as captured:
            text_of(officer, "/desk/links/")
        return len(captured)

    known_again(1)
    one = cost()
    known_again(2)
    known_again(3)
    assert cost() <= one


def test_the_dossier_shows_both_hats_what_was_merged_and_takes_it_apart(client_as: ClientAs) -> None:
    linked, _ = known_again(1)
    officer, root = client_as("zhoumin"), queries.canonical(linked)
    text = text_of(officer, f"/desk/dossier/{root}/")
    for words in ("楚商名录", "校友资源库", "并进来的登记", "自动对上", "示例科技学院"):
        assert words in text, words
    address = f"/desk/dossier/{root}/apart/{linked}/"
    assert "校友资源库的登记" in text_of(officer, address)
    assert officer.post(address, {"reason": ""}).status_code == 422
    assert officer.post(address, {"reason": "不是一个人"})["Location"] == f"/desk/dossier/{linked}/"
    assert queries.canonical(linked) == linked
    assert "校友资源库" not in text_of(officer, f"/desk/dossier/{root}/")
    assert officer.get(address).status_code == 404


def test_two_are_merged_by_hand_and_the_finding_is_settled(client_as: ClientAs) -> None:
    one = known("chushang", founder(mobile=None), "bureau")
    two = known("alumni", alumnus(mobile=None, name="阮小宁", firm_name=None), "school")
    look()
    officer = client_as("zhoumin")
    assert "阮小宁" in text_of(officer, f"/desk/dossier/{one}/merge/?q=阮小宁")
    address = f"/desk/dossier/{one}/merge/{two}/"
    assert "留下的：阮咸宁" in text_of(officer, address)
    assert officer.post(address, {"reason": "改过名"})["Location"] == f"/desk/dossier/{one}/"
    assert queries.canonical(two) == one
    with entered(Scope.system()):
        PersonLink.objects.update(finding="身份证号不一样")
        link = PersonLink.objects.get()
    assert link.region == COUNTY or link.region > COUNTY
    assert "身份证号不一样" in text_of(officer, "/desk/links/?view=finding")
    assert officer.post(f"/desk/links/{link.pk}/keep/", {"reason": ""}).status_code == 422
    assert officer.post(f"/desk/links/{link.pk}/keep/", {"reason": "登记时写错"}).status_code == 302
    assert (again(link).finding, again(link).note) == ("", "身份证号不一样")


def test_an_officer_of_another_county_finds_no_such_pair(client_as: ClientAs) -> None:
    known_again(1)
    link = waiting()
    stranger = client_as("caoyun")
    assert "没有要核对的" in text_of(stranger, "/desk/links/")
    assert stranger.get(f"/desk/links/{link.pk}/").status_code == 404
    assert stranger.post(f"/desk/links/{link.pk}/", {"decision": "same"}).status_code == 404
    assert stranger.post("/desk/links/bulk/", {"link": [link.pk], "decision": "same"}).status_code == 404


def test_nonsense_in_the_address_is_no_fault(client_as: ClientAs) -> None:
    known_again(1)
    officer = client_as("zhoumin")
    for query in ("view=zzz", "import=abc", f"import={'9' * 30}", "import=99999999999999", "page=0", "page=zzz"):
        text_of(officer, f"/desk/links/?{query}")
    text_of(officer, "/desk/links/bulk/?decision=zzz", 404)
    assert "没有选中" in text_of(officer, "/desk/links/bulk/?decision=same&link=abc&link=0")
    text_of(officer, "/desk/links/999999/", 404)
    assert officer.post(f"/desk/links/{waiting().pk}/", {"decision": "zzz"}).status_code == 422
