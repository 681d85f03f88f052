"""办事 and the search over the portal; the page for elderly people; everything in reach of three taps."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from tests.portal.residents import page, words

pytestmark = pytest.mark.usefixtures("library")


def test_what_can_be_done_stands_in_groups() -> None:
    seen = words(page(Client(), "/services/"))
    assert "补贴和奖补" in seen and "一次性创业补贴申领" in seen
    assert "提诉求" in seen and "创业诉求" in seen


def test_an_item_of_a_measure_not_in_force_is_not_offered() -> None:
    from guiyan.policies.models import MeasureConfirmation

    MeasureConfirmation.objects.filter(measure_id="startup-subsidy").delete()
    assert '"/apply/startup-subsidy/"' not in page(Client(), "/services/")


def test_one_search_finds_items_policies_and_help() -> None:
    seen = words(page(Client(), "/services/?q=补贴"))
    assert "一次性创业补贴申领" in seen and "高校毕业生一次性创业补贴" in seen and "谁领到了补贴" in seen
    assert "帮办员" in words(page(Client(), "/services/?q=代办"))


def test_nothing_found_says_what_to_try() -> None:
    assert "换个说法再找" in words(page(Client(), "/services/?q=火星移民"))
    page(Client(), "/services/?q=%00%E2%80%8B")
    page(Client(), "/services/?q=" + "补" * 500)


def test_the_plain_page_is_large_and_has_the_phone_first_and_no_menu() -> None:
    html = page(Client(), "/plain/")
    assert html.index("tel:") < html.index("看我能领什么")
    assert '<html lang="zh-Hans" class="no-js large"' in html
    assert "portal-nav" not in html and "tab-bar" not in html and "普通版" in html


def test_large_type_is_offered_in_one_word_that_says_what_comes_next() -> None:
    client = Client()
    html = page(client, "/services/")
    assert "大字版" not in html and html.count("标准字") == 0
    client.post("/display/", {"large": "1", "next": "/services/"})
    assert "标准字" in page(client, "/services/")


def test_searching_says_what_for() -> None:
    for address in ("/services/", "/measures/"):
        html = page(Client(), address)
        assert re.search(r"<label for=[^>]+>搜", html) and "<span data-words>搜索</span>" in html, address


def test_help_and_what_makes_pages_usable_are_two_pages() -> None:
    assert "Tab键" not in page(Client(), "/about/")
    seen = words(page(Client(), "/accessible/"))
    assert "无障碍说明" in seen and "标准字" in seen and "Tab键" in seen and "脚本" not in seen


def test_all_public_pages_are_three_taps_from_the_first() -> None:
    client, reached, at = Client(), {"/"}, {"/"}
    for _ in range(3):
        at = {href for path in at for href in links(client, path)} - reached
        reached |= at
    wanted = {"/services/", "/plain/", "/measures/", "/measures/booklet/", "/can-i-get/", "/progress/", "/notices/"}
    assert wanted | {"/results/", "/about/", "/my/", "/apply/demand/", "/measures/startup-subsidy/"} <= reached


def links(client: Client, path: str) -> set[str]:
    answer = client.get(path)
    if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
        return set()
    found = re.findall(r'href="(/[^"?#]*)', answer.content.decode())
    return {href for href in found if not href.startswith(("/static/", "/desk/"))}
