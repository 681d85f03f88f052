"""In Chromium: the designers' page is accessible and fits; scripts do what docs/components.md says."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.ui.conftest import Site

Visit = Callable[..., Page]
pytestmark = pytest.mark.browser

TABLE = """<div data-selection><div data-bulk hidden>已选<span data-bulk-count></span>件</div><table data-keys><tbody>
<tr data-row id="r1"><td><input type="checkbox" data-select aria-label="一"><a data-open href="/one/">一</a></td></tr>
<tr data-row id="r2"><td><input type="checkbox" data-select aria-label="二"><a data-open href="/two/">二</a></td></tr>
</tbody></table></div>"""
FORM = """<form method="post" action="/send/"><label>意见<input name="opinion"></label>
{% button "同意" name="verb" value="pass" %}</form>"""
DRAFT = """<form method="post" action="/send/" data-draft-url="/draft/"><label>意见<input name="opinion"></label>
<span data-draft-status></span></form>"""
DAY = """<label>补交期限 <span class="day-line"><input class="input" type="date" value="2026-06-15">
<span class="day-words" data-day-words></span></span></label>"""
DIALOG = """{% button "不予发放" kind="danger" href="/refuse/" dialog="refuse" key="R" %}
{% dialog "refuse" "不予发放？" %}<button type="button" data-close>取消</button>{% enddialog %}"""


@pytest.mark.parametrize(("width", "large"), [(1440, False), (390, False), (390, True)])
def test_axe_finds_nothing_on_the_designers_page(visit: Visit, site: Site, width: int, large: bool) -> None:
    site.large = large
    result = Axe().run(visit("/components/", width=width))
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in result.response["violations"]] == []


@pytest.mark.parametrize(("width", "large"), [(390, False), (390, True), (320, False), (720, False), (1440, True)])
def test_the_designers_page_never_scrolls_sideways(visit: Visit, site: Site, width: int, large: bool) -> None:
    site.large = large
    page = visit("/components/", width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_what_a_thumb_must_hit_is_at_least_44_high_on_a_phone(visit: Visit) -> None:
    page = visit("/components/", width=390)
    low = """() => [...document.querySelectorAll('.btn:not(.bulk .btn), .input, .radio-card, .segment a, .tab-pills a')]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML.slice(0, 90))"""
    assert page.evaluate(low) == []


def test_a_second_press_sends_nothing_and_the_button_keeps_its_width(visit: Visit, site: Site) -> None:
    site.body = FORM
    page = visit("/form/")
    button = page.get_by_role("button", name="同意")
    before = button.bounding_box()
    button.click()
    busy = page.get_by_role("button", name="正在提交")
    expect(busy).to_have_attribute("aria-busy", "true")
    after = busy.bounding_box()
    busy.click()
    page.keyboard.press("Enter")
    assert before and after and after["width"] >= before["width"]
    assert site.posted == [("/send/", "opinion=&verb=pass")]


def test_a_draft_is_saved_when_the_page_is_left_and_says_so(visit: Visit, site: Site) -> None:
    site.body = DRAFT
    page = visit("/form/")
    page.get_by_label("意见").fill("同意发放")
    expect(page.locator("[data-draft-status]")).to_contain_text("已存草稿")
    path, body = site.posted[0]
    assert path == "/draft/" and "同意发放" in body


def test_a_day_is_told_in_chinese_beside_its_control(visit: Visit, site: Site) -> None:
    site.body = DAY
    page = visit("/form/")
    words = page.locator("[data-day-words]")
    expect(words).to_have_text("2026年6月15日 星期一")
    page.get_by_label("补交期限").fill("2026-06-21")
    expect(words).to_have_text("2026年6月21日 星期日")
    page.get_by_label("补交期限").fill("")
    expect(words).to_have_text("")


def test_j_k_x_and_enter_walk_select_and_open(visit: Visit, site: Site) -> None:
    site.body = TABLE
    page = visit("/list/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#r2")).to_have_class("is-current")
    page.keyboard.press("x")
    expect(page.locator("[data-bulk]")).to_have_text("已选1件")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/one/")


def test_keys_can_be_switched_off_and_never_fire_while_typing(visit: Visit, site: Site) -> None:
    site.body = TABLE + FORM
    page = visit("/list/")
    page.get_by_label("意见").press("j")
    expect(page.locator(".is-current")).to_have_count(0)
    page.evaluate("document.body.setAttribute('data-keys-off', ''); document.activeElement.blur()")
    page.keyboard.press("j")
    expect(page.locator(".is-current")).to_have_count(0)


def test_a_key_on_a_refusal_only_opens_its_dialog(visit: Visit, site: Site) -> None:
    site.body = DIALOG
    page = visit("/case/")
    page.keyboard.press("r")
    expect(page.get_by_role("dialog", name="不予发放？")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith("/case/") and site.posted == []


def test_select_all_marks_every_row_and_counts_them(visit: Visit) -> None:
    page = visit("/components/")
    page.get_by_label("全选").check()
    expect(page.locator("[data-bulk-count]")).to_have_text("4")
    page.get_by_role("button", name="取消", exact=True).last.click()
    expect(page.locator("tr.is-selected")).to_have_count(0)
