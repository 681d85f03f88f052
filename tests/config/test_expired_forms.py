"""A form that comes too late: nothing is done, and what was written is given back for copying."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

pytestmark = pytest.mark.usefixtures("scoped_db")
WORDS = "经营地址与登记不符，身份证 110101199003077758 已核"


def test_who_was_signed_out_in_the_middle_gets_the_written_words_back_without_numbers() -> None:
    client = Client()
    answer = client.post("/desk/cases/XN421224-2026-000001/step/refuse/", {"reason": WORDS})
    assert answer.status_code == 302
    page = client.get(answer.headers["Location"]).content.decode()
    assert "经营地址与登记不符" in page
    assert "110101199003077758" not in page


def test_a_page_left_open_too_long_says_how_to_go_on_to_whoever_sent_it() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/sign-in/", {"username": "zhoumin", "password": "x", "text": WORDS})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "没有登录的，请返回上一页重新打开" in page and "经营地址与登记不符" in page


def test_the_same_confirmation_of_the_clock_moves_it_once(client_as: Callable[[str], Client]) -> None:
    operator = client_as("yunwei")
    shown = operator.get("/desk/clock/?days=3&reason=演示")
    sent = {"days": "3", "reason": "演示", "to": shown.context["to"].isoformat()}
    assert operator.post("/desk/clock/move/", sent).status_code == 302
    assert operator.post("/desk/clock/move/", sent).status_code == 409
