"""What a browser can be made to send or keep: odd characters, huge numbers, foreign addresses, cached pages."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guiyan.config import error_pages

SignIn = Callable[[str], Client]

NASTY = ("%00", "%C2%B2", "9" * 26, "0", "2026-02-30", "'\"><script>", "9" * 5000)
LISTS = {
    "zhoumin": (
        "/desk/",
        "/desk/cases/",
        "/desk/batches/",
        "/desk/notices/",
        "/desk/registers/person/",
        "/desk/search/",
    ),
    "helin": ("/desk/plans/", "/desk/documents/", "/desk/cockpit/", "/desk/supervision/", "/desk/reports/"),
    "sunli": ("/desk/payments/", "/desk/payments/ledger/"),
    "yunwei": ("/desk/ops/audit/", "/desk/ops/jobs/"),
}
PUBLIC = ("/", "/notices/", "/progress/", "/measures/", "/screen/", "/sign-in/")
NAMES = (
    "q", "page", "after", "before", "region", "state", "unit", "view", "light", "week", "place", "sort", "cursor",
    "columns", "kind", "item", "todo", "entry", "subject", "year", "next", "number",
)  # fmt: skip


@pytest.mark.parametrize("username", list(LISTS))
def test_no_query_breaks_a_list(client_as: SignIn, username: str) -> None:
    client, broken = client_as(username), []
    client.raise_request_exception = False
    for path in LISTS[username]:
        for value in NASTY:
            address = f"{path}?" + "&".join(f"{name}={value}" for name in NAMES)
            status = client.get(address).status_code
            if status >= 500:
                broken.append((path, value[:20], status))
    assert broken == [], broken


def test_no_query_breaks_a_public_page(client_as: SignIn) -> None:
    client, broken = client_as(""), []
    client.raise_request_exception = False
    for path in PUBLIC:
        for value in NASTY:
            status = client.get(f"{path}?" + "&".join(f"{name}={value}" for name in NAMES)).status_code
            if status >= 500:
                broken.append((path, value[:20], status))
    assert broken == [], broken


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found: list[str] = []
    for one in patterns:
        path = prefix + str(one.pattern)
        found += addresses(one.url_patterns, path) if isinstance(one, URLResolver) else [path]
    return found


def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal's page is drawn the first time that each status comes; hundreds of them say the same."""
    drawn: dict[int, HttpResponse] = {}
    draw = error_pages.render

    def once(request: HttpRequest, template: str, context: object, status: int) -> HttpResponse:
        if status not in drawn:
            drawn[status] = draw(request, template, context, status=status)  # type: ignore[arg-type]
        return HttpResponse(status=status)

    monkeypatch.setattr(error_pages, "render", once)


@pytest.mark.parametrize("username", ["liuchunyan", "zhoumin"])
def test_no_address_breaks_a_page(client_as: SignIn, monkeypatch: pytest.MonkeyPatch, username: str) -> None:
    drawn_once(monkeypatch)
    client, broken = client_as(username), []
    client.raise_request_exception = False
    for pattern in addresses(get_resolver().url_patterns):
        for text, number in (("%00", "99999999999999999999999"), ("%C2%B2'%22", "0")):
            path = "/" + re.sub(r"<int:[^>]+>", number, pattern)
            path = re.sub(r"<[^>]+>", text, path)
            for method in (client.get, client.post):
                if path == "/healthz" or "sign-out" in path or "demo/as" in path:
                    continue
                status = method(path).status_code
                if status >= 500:
                    broken.append((method.__name__, path, status))
    assert broken == [], broken


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_led_away_after_signing_in(client_as: SignIn, wanted: str) -> None:
    answer = client_as("").post(
        "/sign-in/", {"username": "zhoumin", "password": "guiyan-demo", "next": wanted}, follow=False
    )
    assert answer.status_code == 302 and answer["Location"] == "/desk/"


def test_the_switcher_asks_for_a_token_and_is_not_there_outside_the_demo(client_as: SignIn, settings: object) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/demo/as/", {"username": "shenji"}).status_code == 403
    settings.GUIYAN_DEMO = False  # type: ignore[attr-defined]
    assert client_as("").post("/demo/as/", {"username": "shenji"}).status_code == 404
    assert "示例账号" not in client_as("").get("/").content.decode()


def test_signing_in_gives_a_new_session(client_as: SignIn) -> None:
    client = client_as("")
    client.post("/demo/as/", {"username": "zhoumin"})
    before = client.cookies["sessionid"].value
    client.post("/demo/as/", {"username": "sunli"})
    assert client.cookies["sessionid"].value != before
    assert client.cookies["sessionid"]["httponly"] and client.cookies["sessionid"]["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("username", "path"), [("liuchunyan", "/my/"), ("zhoumin", "/desk/"), ("zhoumin", "/desk/cases/")]
)
def test_pages_about_people_are_kept_by_no_browser_and_no_proxy(client_as: SignIn, username: str, path: str) -> None:
    answer = client_as(username).get(path)
    assert answer.status_code == 200
    assert {"private", "no-store"} <= {one.strip() for one in answer.get("Cache-Control", "").split(",")}
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["X-Frame-Options"] == "DENY"
