"""People at their browsers: the first of a town signs in as in life; every page they come to is looked over once."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.db import connections
from playwright.sync_api import Browser, Locator, Page, sync_playwright

from guiyan.accounts.models import User
from guiyan.kernel.scope import Scope, entered
from tests.browsers import chromium_path

CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE = 1440, 390
PASSWORD = "guiyan-demo"
NUMBERED = re.compile(r"\d")
# What a page is built of: its different tags, each with class, role, name and kind. Pages of one kind that are built of
# the same parts are examined with axe once in a run, whoever comes to them.
PARTS = """[...new Set([...document.querySelectorAll("*")].map(e => [e.tagName, e.className, ...["role", "name", "type",
  "hidden", "aria-label", "alt", "scope", "for", "open"].map(a => e.getAttribute(a))].join()))].sort().join("\\n")"""
EXAMINED: set[tuple[str, int, str]] = set()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = chromium_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM))
        # Beside Playwright's event loop Django has connections of its own, which nobody else closes: one left over
        # from the journey before leads to a database that is gone.
        connections.close_all()
        yield browser
        connections.close_all()
        browser.close()


class Town:
    """Everybody's browsers on one site. `faults`: what was wrong with pages, by page."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self.faults: list[str] = []
        self.seen: set[tuple[str, int]] = set()
        self.people: dict[tuple[str, int], Person] = {}

    def person(self, username: str, width: int = DESK) -> Person:
        """The person's browser, signed in; nobody's for the empty name."""
        key = (username, width)
        if key not in self.people:
            self.people[key] = Person(self, username, width)
        return self.people[key]


class Person:
    """One browser. Every page it comes to is checked with axe and for sideways scrolling, each kind of page once."""

    def __init__(self, town: Town, username: str, width: int) -> None:
        self.town, self.username, self.width = town, username, width
        self.refused = 0
        context = town.browser.new_context(
            base_url=town.base, viewport={"width": width, "height": 900}, reduced_motion="reduce", locale="zh-CN"
        )
        context.set_default_timeout(30_000)
        self.page: Page = context.new_page()
        self.page.on("console", lambda said: self.complain(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complain(str(error)))
        if username and town.people and is_demo(username):
            self.change_to()
        elif username:
            self.sign_in()

    def complain(self, words: str) -> None:
        if self.refused and f"status of {self.refused}" in words:
            return  # the browser's own word about a page that was to be refused
        self.town.faults.append(f"{urlsplit(self.page.url).path} at {self.width}: {words}")

    def sign_in(self) -> None:
        self.go("/sign-in/")
        self.fill("用户名", self.username)
        self.fill("密码", PASSWORD)
        self.press("登录", "main")
        assert "/sign-in/" not in self.page.url, self.text()

    def change_to(self) -> None:
        """By 换身份 of the demonstration: the password of everybody would cost a second each."""
        asking = self.page.context.request
        asking.get("/sign-in/")
        token = next(one["value"] for one in self.page.context.cookies() if one["name"] == "csrftoken")
        asked = {"username": self.username, "csrfmiddlewaretoken": token}
        answer = asking.post(
            "/demo/as/", form=asked, headers={"Referer": f"{self.town.base}/sign-in/"}, max_redirects=0
        )
        assert answer.status == 302, answer.text()[:600]
        self.go(answer.headers["location"])

    def go(self, path: str, status: int = 200) -> None:
        self.refused = status if status != 200 else 0
        answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}\n{self.page.inner_text('body')[:600]}"
        self.look()

    def press(self, name: str, within: str = "body") -> None:
        """The button or link of that name; its key may be written beside it."""
        self.there_is(name, within).click()
        self.look()

    def there_is(self, name: str, within: str = "body") -> Locator:
        found = self.control(name, within)
        assert found.count(), f"no “{name}” on {self.page.url}\n{self.page.inner_text('body')[:1500]}"
        return found

    def confirm(self, name: str, within: str = ".action-bar") -> None:
        """A button that asks first: press it, then press it again in what is asked."""
        self.there_is(name, within).click()
        self.press(name, "dialog[open]")

    def control(self, name: str, within: str = "body") -> Locator:
        whole = re.compile(rf"^\s*{re.escape(name)}(\s+[A-Z])?\s*$")
        place = self.page.locator(within)
        return place.get_by_role("button", name=whole).or_(place.get_by_role("link", name=whole)).first

    def has(self, name: str) -> bool:
        return self.control(name).count() > 0

    def follow(self, words: str) -> None:
        """The first link whose text holds the words."""
        self.page.get_by_role("link", name=words).first.click()
        self.look()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label).first.fill(text)

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label).first.select_option(label=option)

    def attach(self, selector: str, name: str, content: bytes) -> None:
        assert self.page.locator(selector).count(), f"no {selector} on {self.page.url}\n{self.text()[:1500]}"
        kind = "image/png" if name.endswith(".png") else "application/octet-stream"
        self.page.locator(selector).set_input_files([{"name": name, "mimeType": kind, "buffer": content}])

    def number(self) -> str:
        """The last part of the address: the number of the request or batch whose page this is."""
        return PurePosixPath(urlsplit(self.page.url).path).name

    def text(self) -> str:
        return self.page.inner_text("main")

    def look(self) -> None:
        """Whether the page scrolls sideways, and axe; once for each kind of page and width."""
        self.page.wait_for_load_state()
        kind = (kind_of(self.page.url), self.width)
        if kind in self.town.seen:
            return
        self.town.seen.add(kind)
        if self.page.evaluate("document.documentElement.scrollWidth") > self.width:
            self.complain("scrolls sideways")
        built = (*kind, self.page.evaluate(PARTS))
        if built in EXAMINED:
            return
        EXAMINED.add(built)
        for found in Axe().run(self.page).response["violations"]:
            nodes = "; ".join(" ".join(map(str, node["target"])) for node in found["nodes"][:3])
            self.complain(f"axe {found['id']}: {nodes}")
        if folder := os.environ.get("GUIYAN_SHOTS"):
            self.photograph(Path(folder), kind[0])

    def photograph(self, folder: Path, kind: str) -> None:
        """The page at both widths, whole, into GUIYAN_SHOTS: for pages that stand only in the middle of a journey."""
        name, before = re.sub(r"[^\w-]+", "-", kind.replace("*", "n")).strip("-") or "home", self.page.viewport_size
        for width in (DESK, PHONE):
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.screenshot(path=folder / f"{name}-{width}.png", full_page=True)
            if self.page.evaluate("document.documentElement.scrollWidth") > width:
                self.complain(f"scrolls sideways at {width}")
        assert before is not None
        self.page.set_viewport_size(before)


def is_demo(username: str) -> bool:
    with entered(Scope.system()):
        return User.objects.filter(username=username, is_demo=True).exists()


def kind_of(url: str) -> str:
    """The address without its numbers: /desk/cases/*/."""
    parts = PurePosixPath(urlsplit(url).path).parts
    return "/".join("*" if NUMBERED.search(part) else part for part in parts)
