"""A browser on pages made in this process: Chromium's requests are answered here, no server and no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, sync_playwright
from pytest_django.fixtures import Settings

from guiyan.config.ui.context import shell
from guiyan.portal.components_page import components
from tests.browsers import chromium_path

HOST = "http://ui.test"
POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PAGE = (
    '{% extends "base.html" %}{% load guiyan_ui %}{% block body %}<main id="main"><h1>页</h1>BODY</main>{% endblock %}'
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium_path()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        yield chromium
        chromium.close()


class Site:
    """What the browser gets; `posted` keeps each form it sent, as (path, body)."""

    def __init__(self, body: str = "") -> None:
        self.body = body
        self.posted: list[tuple[str, str]] = []
        self.large = False

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOST).split("?")[0].split("#")[0]
        if route.request.method == "POST":
            self.posted.append((path, route.request.post_data or ""))
            route.fulfill(status=204)
        elif path.startswith("/static/"):
            file = Path(str(finders.find(path.removeprefix("/static/"))))
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        else:
            headers = {"Content-Security-Policy": POLICY}
            route.fulfill(body=self.page(path), content_type="text/html; charset=utf-8", headers=headers)

    def page(self, path: str) -> str:
        request = RequestFactory().get(path)
        if self.large:
            request.COOKIES["guiyan_large"] = "1"
        if path == "/components/":
            return components(request).content.decode()
        return Template(PAGE.replace("BODY", self.body)).render(Context(shell(request)))


@pytest.fixture
def site(settings: Settings) -> Site:
    settings.GUIYAN_DEMO = False
    return Site()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """visit("/components/", width=390) -> the page; complaints of the content policy or of scripts fail the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    context.route("**/*", site.answer)

    def go(path: str, width: int = 1440) -> Page:
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 900})
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(HOST + path)
        return page

    yield go
    context.close()
    assert complaints == []
