"""How the suite is shared between two workers: a file stays together; all that needs a browser, and all that kills
servers, runs one after the other. The long ones start first."""

from __future__ import annotations

import pytest

LONG = ("browser", "kills")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: long_kind(item) == "")
    for item in items:
        item.add_marker(pytest.mark.xdist_group(long_kind(item) or item.nodeid.split("::")[0]))


def long_kind(item: pytest.Item) -> str:
    return next((kind for kind in LONG if item.get_closest_marker(kind)), "")
