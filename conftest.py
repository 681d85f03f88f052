"""How the suite is shared between workers: a file stays together; all that needs a browser, and all that kills
servers, runs one after the other. The long ones start first."""

from __future__ import annotations

import gc
import os

import pytest

# Playwright keeps an event loop in the main thread; Django would then refuse the plain database calls of later tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

LONG = ("browser", "kills")
LONG_FILES = ("tests/access/test_every_address", "tests/security/", "tests/cli/", "tests/attacks/", "tests/registers/")

# Thousands of collected tests live to the end: looking for garbage among them as often as in a small process costs a
# twelfth of the time.
gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=turn)
    for item in items:
        item.add_marker(pytest.mark.xdist_group(long_kind(item) or item.nodeid.split("::")[0]))


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()  # what was collected stays


def turn(item: pytest.Item) -> int:
    """Kinds that are one long row first, then long files, then the others."""
    if long_kind(item):
        return 0
    return 1 if item.nodeid.startswith(LONG_FILES) else 2


def long_kind(item: pytest.Item) -> str:
    return next((kind for kind in LONG if item.get_closest_marker(kind)), "")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by what they are: a zip holds the second it was made in, and every worker must see one name."""
    return "bytes" if isinstance(val, bytes) else None
