"""The desk's menu: what the actor may open, grouped and in order, the place one is at marked."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from guiyan.desk import nav
from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import PUBLIC, FixedActor, Grant

OFFICER = FixedActor("user", "周敏", user_id=1, grants=(Grant("acceptor", frozenset({"case.view"}), ((0, 1),)),))


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    work = SimpleNamespace(entries=lambda actor: [NavEntry("工作", "我的待办", "/desk/", "inbox", 1, count=3)])
    others = [
        NavEntry("别的", "其他", "/desk/other/", "doc"),
        NavEntry("目标", "批次", "/desk/batches/", "list", 2),
        NavEntry("目标", "全部办件", "/desk/cases/", "list", 1),
    ]
    monkeypatch.setattr(nav, "areas", lambda: (SimpleNamespace(entries=lambda actor: others), work))


def test_groups_and_entries_come_in_their_order(entries: None) -> None:
    menu = nav.menu_for(OFFICER, "/desk/cases/12/")
    assert [group["label"] for group in menu] == ["工作", "目标", "别的"]
    assert [item["label"] for item in menu[1]["items"]] == ["全部办件", "批次"]


def test_the_entry_one_is_at_is_the_longest_that_fits(entries: None) -> None:
    active = [
        item["label"] for group in nav.menu_for(OFFICER, "/desk/cases/12/") for item in group["items"] if item["active"]
    ]
    assert active == ["全部办件"]


@pytest.mark.parametrize("actor", [PUBLIC, FixedActor("user", "刘春燕", user_id=2, subject_id=9)])
def test_who_has_no_post_has_no_menu(entries: None, actor: FixedActor) -> None:
    assert nav.menu_for(actor, "/desk/") == []


def test_every_area_that_has_a_menu_is_gathered() -> None:
    assert all(callable(area.entries) for area in nav.areas())


@pytest.mark.parametrize(
    ("path", "lit"),
    [
        ("/desk/", "我的工作"),
        ("/desk/mentions/", "我的工作"),
        ("/desk/dossier/12/", "名录"),
        ("/desk/registers/returnee/", "名录"),
        ("/desk/flows/startup-subsidy/", "办件"),
        ("/desk/views/", ""),
    ],
)
def test_a_page_lights_the_line_it_belongs_to(path: str, lit: str) -> None:
    grants = (Grant("acceptor", frozenset({"case.view", "case.accept", "register.view"}), ((0, 1),)),)
    menu = nav.menu_for(FixedActor("user", "周敏", user_id=1, grants=grants), path)
    assert [item["label"] for group in menu for item in group["items"] if item["active"]] == ([lit] if lit else [])
