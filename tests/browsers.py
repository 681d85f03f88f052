"""Which browser the tests drive: Chromium without its own windows where it is installed, else the whole one."""

from __future__ import annotations

import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def chromium_path() -> str:
    found = next(filter(None, map(shutil.which, NAMES)), None)
    assert found, "these tests need Chromium (Debian: apt-get install chromium fonts-noto-cjk)"
    return found
