"""The designers' page, the shells, the refusal pages and the choices people make about the look."""

import pytest
from django.http import Http404
from django.template.loader import render_to_string
from django.test import RequestFactory
from pytest_django.fixtures import Settings

from guiyan.config.ui.context import shell
from guiyan.config.ui.display import display
from guiyan.config.ui.errors import bad_request, not_found
from guiyan.portal.components_page import components


@pytest.fixture(autouse=True)
def _not_a_demo(settings: Settings) -> None:
    settings.GUIYAN_DEMO = False


def test_the_designers_page_shows_every_component() -> None:
    response = components(RequestFactory().get("/components/"))
    html = response.content.decode()
    assert response.status_code == 200
    shown = ("按钮", "输入", "表格", "时间线", "办理时钟", "判断结果", "公示", "办理流程图", "驾驶舱（深色）", "图标")
    assert [title for title in shown if title not in html] == []


def test_the_designers_page_repeats_no_id() -> None:
    html = components(RequestFactory().get("/components/")).content.decode()
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert [one for one in set(ids) if ids.count(one) > 1] == []


def test_large_type_is_kept_in_a_cookie_and_leads_back() -> None:
    response = display(RequestFactory().post("/display/", {"large": "1", "next": "/notices/3/"}))
    assert response.status_code == 302 and response["Location"] == "/notices/3/"
    request = RequestFactory().get("/")
    request.COOKIES["guiyan_large"] = response.cookies["guiyan_large"].value
    assert shell(request)["ui"].large


def test_the_look_cannot_send_people_to_another_site() -> None:
    response = display(RequestFactory().post("/display/", {"large": "1", "next": "https://example.invalid/"}))
    assert response["Location"] == "/"


def test_an_unknown_choice_sets_no_cookie() -> None:
    assert not display(RequestFactory().post("/display/", {"large": "<script>"})).cookies


def test_large_type_marks_the_page() -> None:
    request = RequestFactory().get("/components/")
    request.COOKIES["guiyan_large"] = "1"
    assert '<html lang="zh-Hans" class="no-js large">' in components(request).content.decode()


@pytest.mark.parametrize("code", ["400", "403", "404", "500", "expired"])
def test_a_refusal_page_needs_nothing_but_its_template(code: str) -> None:
    html = render_to_string(f"errors/{code}.html", {"back_href": "/apply/"})
    assert "<h1>" in html and 'href="/"' in html


def test_a_refusal_page_says_what_the_code_that_refused_said() -> None:
    html = render_to_string("errors/403.html", {"message": "受理人不能审核同一件办件。"})
    assert "受理人不能审核同一件办件。" in html and "您现在的身份" not in html


def test_pages_for_a_bad_and_a_missing_address_have_their_status(scoped_db: object) -> None:
    request = RequestFactory().get("/nowhere/")
    assert bad_request(request).status_code == 400
    assert not_found(request, Http404()).status_code == 404


def test_a_public_page_without_a_form_of_its_own_asks_for_no_cookie(scoped_db: object) -> None:
    request = RequestFactory().get("/nowhere/")
    not_found(request, Http404())
    assert "CSRF_COOKIE" not in request.META
