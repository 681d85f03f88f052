"""A refusal stands where it happened: an officer keeps the desk's menu, everybody else sees the public pages."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

MENU = 'aria-label="工作台"'


def test_an_officer_who_is_refused_keeps_the_desks_menu(client_as: Callable[[str], Client], scoped_db: object) -> None:
    officer = client_as("zhoumin")
    for path, status in (("/desk/ledger/", 403), ("/desk/cases/none/", 404)):
        answer = officer.get(path)
        text = answer.content.decode()
        assert (answer.status_code, MENU in text, "回工作台" in text) == (status, True, True)
    assert MENU not in officer.get("/notices/none/").content.decode()


def test_a_resident_never_sees_the_desks_menu(client_as: Callable[[str], Client], scoped_db: object) -> None:
    text = client_as("liuchunyan").get("/desk/cases/").content.decode()
    assert MENU not in text and "回工作台" not in text and "回首页" in text
