"""Saved views: one's own or one's office's, opened with what is known, first if wanted, removed and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guiyan.accounts import saved_views
from guiyan.accounts.models import Post, SavedView
from guiyan.accounts.scope import scope_of
from guiyan.desk.lists.registry import lists, place_of
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import entered
from tests.cases import people

Clock = Callable[[str], object]
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Clock) -> None:
    at("2026-06-08 09:00")


def office_of(username: str) -> int:
    return Post.objects.get(user__username=username).unit_id


def saved(
    name: str, query: str = "stage=accept", *, by: str = "zhoumin", page: str = "cases:list", **more: object
) -> SavedView:
    return saved_views.save_view(people.as_actor(by), page=page, name=name, query=query, **more)  # type: ignore[arg-type]


def text_of(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_filters_of_a_list_are_kept_under_a_name_and_opened_again(client_as: SignIn) -> None:
    desk = client_as("zhoumin")
    assert "存为视图" not in text_of(desk, "/desk/cases/")
    assert "存为视图" in text_of(desk, "/desk/cases/?stage=check&light=late")
    form = {
        "list": "cases:list",
        "query": "stage=check&light=late&sort=due&after=17&q=刘春燕",
        "name": " 核验  超期 ",
        "unit": "",
    }
    answer = desk.post("/desk/views/save/", form)
    view = SavedView.objects.get()
    assert answer["Location"] == f"/desk/cases/?stage=check&light=late&sort=due&v={view.pk}"
    assert view.name == "核验 超期" and "刘春燕" not in view.query and "after" not in view.query
    page = text_of(desk, answer["Location"])
    assert f'href="/desk/views/{view.pk}/" aria-current="page">核验 超期' in page and "已存为视图" in page
    assert AuditEntry.objects.filter(action="view.save").exists()


def test_every_list_has_an_address_and_its_saved_view_opens_it(client_as: SignIn) -> None:
    assert len(lists()) >= 13
    for name, kind in lists().items():
        page = f"{name}/returnee" if name == "registers:list" else name
        place = place_of(page)
        assert place is not None and place.href == reverse(name, args=place.key) and place.title
        assert kind.title_of(place.key) == place.title


@pytest.mark.parametrize(
    ("who", "page", "query", "words"),
    [
        ("zhoumin", "cases:list", "item=startup-subsidy", "事项：一次性创业补贴"),
        ("helin", "registers:list/returnee", "region=421224000000&sort=-checked_on", "区划：通山县"),
        ("huanglei", "batches:list", "state=signed", "环节："),
        ("sunli", "payments:list", "view=returned&sort=-amount", "排序：按金额降序"),
        ("helin", "plans:indicators", "way=computed&light=late", "亮灯：红灯"),
        ("duanyan", "supervision:list", "view=overdue", "分栏：超期催报"),
        ("zhengwei", "notices:list", "view=closed", "分栏：已期满"),
        ("zhoumin", "work:list", "light=late&todo=受理", "要做的：受理"),
    ],
)
def test_a_list_says_its_filters_in_words_on_paper(
    who: str, page: str, query: str, words: str, client_as: SignIn
) -> None:
    place = place_of(page)
    assert place is not None
    text = text_of(client_as(who), f"{place.href}?{query}")
    assert "print-head" in text and words in text and "存为视图" in text


def test_what_a_list_no_longer_knows_is_left_out_and_said(client_as: SignIn) -> None:
    desk = client_as("zhoumin")
    view = saved("旧事项", "item=no-such-item&stage=review&colour=red")
    answer = desk.get(f"/desk/views/{view.pk}/")
    assert answer["Location"] == f"/desk/cases/?stage=review&v={view.pk}"
    assert "视图“旧事项”里的“事项、colour”现在没有这个条件了，已略过。" in text_of(desk, answer["Location"])
    assert "打开时略过" in text_of(desk, "/desk/views/")


def test_a_view_shared_with_the_office_opens_for_colleagues_and_nobody_else(client_as: SignIn) -> None:
    mine, ours = saved("只有我"), saved("科里都用", unit_id=office_of("zhoumin"))
    colleague = client_as("zhengwei")
    page = text_of(colleague, "/desk/cases/?v=0")
    assert "科里都用" in page and "周敏共享" in page and "只有我" not in page
    assert colleague.get(f"/desk/views/{ours.pk}/").status_code == 302
    assert colleague.get(f"/desk/views/{mine.pk}/").status_code == 404
    assert client_as("caoyun").get(f"/desk/views/{ours.pk}/").status_code == 404
    for what in ("change", "update", "remove", "restore"):
        assert colleague.post(f"/desk/views/{ours.pk}/{what}/", {"name": "改掉"}).status_code == 404
    with pytest.raises(Refused, match="只能和自己任职的单位共享"):
        saved("别的单位", unit_id=office_of("caoyun"))


def test_behind_the_wall_another_officer_s_own_views_do_not_exist() -> None:
    mine = saved("只有我")
    with entered(scope_of(people.as_actor("zhengwei"))):
        assert not SavedView.objects.filter(pk=mine.pk).exists()
    with entered(scope_of(people.as_actor("zhoumin"))):
        assert SavedView.objects.filter(pk=mine.pk).exists()


def test_a_list_opens_with_the_view_that_was_chosen_and_with_everything_when_asked(client_as: SignIn) -> None:
    desk, view = client_as("zhoumin"), saved("待受理")
    assert desk.get("/desk/cases/").status_code == 200
    desk.post(f"/desk/views/{view.pk}/first/", {"on": "1"})
    assert desk.get("/desk/cases/")["Location"] == f"/desk/cases/?stage=accept&v={view.pk}"
    assert desk.get("/desk/cases/?v=0").status_code == 200
    assert desk.get("/desk/cases/?stage=pay").status_code == 200
    assert client_as("zhengwei").get("/desk/cases/").status_code == 200
    desk.post(f"/desk/views/{view.pk}/first/", {"on": "0"})
    assert desk.get("/desk/cases/").status_code == 200


def test_clearing_the_last_filter_shows_everything_even_with_a_first_view(client_as: SignIn) -> None:
    desk, view = client_as("zhoumin"), saved("待受理")
    saved_views.make_default(people.as_actor("zhoumin"), view=view, page=view.page)
    page = text_of(desk, "/desk/cases/?item=startup-subsidy")
    assert 'href="?v=0" aria-label="取消条件：事项' in page


def test_changed_filters_update_the_open_view(client_as: SignIn) -> None:
    desk, view = client_as("zhoumin"), saved("待受理")
    page = text_of(desk, f"/desk/cases/?stage=accept&light=late&v={view.pk}")
    assert "条件已改" in page and "更新“待受理”" in page
    desk.post(f"/desk/views/{view.pk}/update/", {"query": "light=late&stage=accept"})
    assert "条件已改" not in text_of(desk, f"/desk/cases/?stage=accept&light=late&v={view.pk}")


def test_a_view_is_renamed_removed_and_brought_back(client_as: SignIn) -> None:
    desk, view = client_as("zhoumin"), saved("待受理")
    desk.post(
        f"/desk/views/{view.pk}/change/", {"name": "今天受理", "unit": str(office_of("zhoumin")), "is_default": "on"}
    )
    view.refresh_from_db()
    assert view.name == "今天受理" and view.unit_id == office_of("zhoumin")
    assert saved_views.default_view(people.as_actor("zhoumin"), "cases:list") == view
    desk.post(f"/desk/views/{view.pk}/remove/")
    page = text_of(desk, "/desk/views/")
    assert f'action="/desk/views/{view.pk}/restore/"' in page and "撤回" in page
    assert desk.get("/desk/cases/").status_code == 200
    desk.post(f"/desk/views/{view.pk}/restore/")
    desk.post(f"/desk/views/{view.pk}/restore/")
    assert "今天受理" in text_of(desk, "/desk/views/")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "请给视图起个名字"),
        ("\u200b", "请给视图起个名字"),
        ("太" * 21, "最多20个字"),
        ("待受理", "您已经有一个视图叫"),
    ],
)
def test_a_name_that_cannot_be_is_said_beside_the_field(name: str, said: str, client_as: SignIn) -> None:
    saved("待受理")
    answer = client_as("zhoumin").post("/desk/views/save/", {"list": "cases:list", "query": "stage=pay", "name": name})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_nothing_is_kept_of_a_list_one_may_not_open(client_as: SignIn) -> None:
    form = {"list": "payments:ledger", "query": "kind=paid", "name": "到账"}
    assert client_as("zhoumin").post("/desk/views/save/", form).status_code == 404
    assert client_as("zhoumin").post("/desk/views/save/", {**form, "list": "no:list"}).status_code == 404
    assert client_as("zhoumin").post("/desk/views/save/", {**form, "list": "registers:list/nothing"}).status_code == 404
    assert not SavedView.objects.exists()


def test_a_bare_list_has_nothing_to_save(client_as: SignIn) -> None:
    answer = client_as("zhoumin").get("/desk/views/save/?list=cases:list&query=")
    assert answer["Location"] == "/desk/cases/?v=0"


def test_no_more_than_fifty_of_one_list_and_they_cost_as_many_queries_as_one(client_as: SignIn) -> None:
    desk = client_as("zhoumin")
    saved("第1个", unit_id=office_of("zhoumin"))
    costs = []
    for _ in range(2):
        for path in ("/desk/cases/?v=0", "/desk/views/"):
            desk.get(path)
            with CaptureQueriesContext(connection) as captured:
                desk.get(path)
            costs.append(len(captured))
        if len(costs) == 2:
            for number in range(2, 51):
                saved(f"第{number}个", unit_id=office_of("zhoumin") if number % 2 else None)
    assert costs[2:] == costs[:2]
    with pytest.raises(Refused, match="已经存了50个"):
        saved("第51个")


def test_a_deputy_keeps_views_of_his_own() -> None:
    from dataclasses import replace

    acting = replace(people.as_actor("zhengwei"), stands_in_for=people.as_actor("zhoumin").user_id)  # type: ignore[type-var]
    mine = saved("周敏自己的")
    with pytest.raises(NotFound):
        saved_views.view_by_id(acting, mine.pk)
