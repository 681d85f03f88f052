"""`bin/guiyan screenshots`: photographs every page of a running demo, at 1440 and 390, for docs and design reviews.

Needs a browser: Debian's chromium, driven by Playwright from the development requirements.
"""

from __future__ import annotations

import argparse
import os
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from guiyan.cli.environment import home, say
from guiyan.cli.shots import NOBODY, SHOTS, Shot
from guiyan.kernel.errors import Refused

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

DESK, PHONE, PAPER = 1440, 390, 794  # A4 at 96 dots an inch
HEIGHTS = {DESK: 900, PHONE: 844, PAPER: 1123}
PASSWORD = "guiyan-demo"
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--lang=zh-CN",
)
# Its own controls speak as those of users do (年/月/日), where Debian's chromium-l10n is there.
CHINESE = {
    "LANGUAGE": "zh_CN",
    "LANG": "zh_CN.UTF-8",
}


def run(argv: list[str]) -> int:
    """Exit status 1 when a page could not be photographed, or scrolls sideways on a phone; each is named."""
    options = parse(argv)
    chosen = [shot for shot in SHOTS if not options.only or shot.name in options.only]
    answers(options.url)
    options.out.mkdir(parents=True, exist_ok=True)
    faults = photograph(options.url, options.out, chosen)
    for fault in faults:
        say(fault)
    say(f"{len(chosen)}个页面，图在{options.out}。")
    return 1 if faults else 0


def parse(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan screenshots", description="给运行中的演示逐页截图。")
    parser.add_argument("--out", type=Path, default=home() / "screenshots", help="图放在哪里")
    parser.add_argument("--url", default="http://127.0.0.1:8000", help="演示的地址")
    parser.add_argument("--only", nargs="*", choices=sorted(shot.name for shot in SHOTS), help="只截这几页")
    return parser.parse_args(argv)


def answers(url: str) -> None:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(f"{url}/sign-in/", timeout=20):
            return
    except (urllib.error.URLError, OSError) as error:
        raise Refused(f"{url} 没有应答。请先运行 bin/demo，再截图。") from error


def photograph(url: str, out: Path, shots: Iterable[Shot]) -> list[str]:
    """All pictures; what went wrong, in words."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise Refused("截图要用开发环境里的 Playwright。运行一次 bin/test 就会装好。") from error
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        raise Refused("没有找到浏览器。Debian 上运行 apt-get install chromium chromium-l10n fonts-noto-cjk。")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM), env={**os.environ, **CHINESE})
        studio = Studio(browser, url, out)
        faults = [fault for shot in shots for fault in studio.take(shot)]
        browser.close()
    return faults


class Studio:
    """One signed-in browser for each person and width."""

    def __init__(self, browser: Browser, url: str, out: Path) -> None:
        self.browser, self.url, self.out = browser, url, out
        self.contexts: dict[tuple[str, int, bool], BrowserContext] = {}

    def take(self, shot: Shot) -> list[str]:
        """Every picture of one page; what is wrong with it."""
        faults = [self.picture(shot, DESK), self.picture(shot, PHONE)]
        if shot.large:
            faults.append(self.picture(shot, PHONE, large=True))
        if shot.print:
            faults.append(self.picture(shot, PAPER))
        return [fault for fault in faults if fault]

    def picture(self, shot: Shot, width: int, *, large: bool = False) -> str:
        page = self.context(shot.who, width, large).new_page()
        try:
            if missing := go(page, shot):
                return f"{shot.name}：{page.url} 上没有 {missing}"
            if width == PAPER:
                page.emulate_media(media="print")
            kind = "print" if width == PAPER else f"large-{width}" if large else str(width)
            if width != PAPER:
                page.set_viewport_size({"width": width, "height": max(HEIGHTS[width], height_of(page))})
            page.screenshot(path=self.out / f"{shot.name}-{kind}.png", full_page=True)
            wide = int(page.evaluate("document.documentElement.scrollWidth"))
            return f"{shot.name}：{width}宽时横向滚动（{wide}）" if width == PHONE and wide > PHONE else ""
        finally:
            page.close()

    def context(self, who: str, width: int, large: bool) -> BrowserContext:
        key = (who, width, large)
        if key not in self.contexts:
            self.contexts[key] = self.browser.new_context(
                base_url=self.url,
                viewport={"width": width, "height": HEIGHTS[width]},
                locale="zh-CN",
                reduced_motion="reduce",
            )
            if large:
                self.contexts[key].add_cookies([{"name": "guiyan_large", "value": "1", "url": self.url}])
            if who != NOBODY:
                sign_in(self.contexts[key], who)
        return self.contexts[key]


def height_of(page: Page) -> int:
    """The whole page: what sticks to the edge of the window then stands at the end, not across the middle."""
    return int(page.evaluate("document.documentElement.scrollHeight"))


def sign_in(context: BrowserContext, who: str) -> None:
    page = context.new_page()
    page.goto("/sign-in/")
    page.locator("main input[name=username]").fill(who)
    page.locator("main input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    page.close()


def go(page: Page, shot: Shot) -> str:
    """Open the page; the selector of the link that was not there, if so."""
    page.goto(shot.path)
    for selector in shot.follow:
        link = page.locator(selector).first
        if not link.count():
            return selector
        page.goto(str(link.get_attribute("href")))
    page.wait_for_load_state("networkidle")
    return ""
