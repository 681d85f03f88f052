"""How the suite is shared between two workers: a file stays together; all that needs a browser, and all that kills
servers, runs one after the other. The long ones start first."""

from __future__ import annotations

import os

import pytest

# Playwright keeps an event loop in the main thread; Django would then refuse the plain database calls of later tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

LONG = ("browser", "kills")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: long_kind(item) == "")
    for item in items:
        item.add_marker(pytest.mark.xdist_group(long_kind(item) or item.nodeid.split("::")[0]))


def long_kind(item: pytest.Item) -> str:
    return next((kind for kind in LONG if item.get_closest_marker(kind)), "")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by what they are: a zip holds the second it was made in, and every worker must see one name."""
    return "bytes" if isinstance(val, bytes) else None
