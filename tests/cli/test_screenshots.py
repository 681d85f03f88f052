"""The list of pages that are photographed: names that stay apart, addresses that exist."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.urls import resolve

from guiyan.cli import screenshots
from guiyan.cli.shots import SHOTS
from guiyan.kernel.errors import Refused


def test_every_name_is_given_once() -> None:
    names = [shot.name for shot in SHOTS]
    assert len(names) == len(set(names)) > 50


@pytest.mark.parametrize("path", sorted({shot.path for shot in SHOTS}))
def test_every_address_exists(path: str) -> None:
    assert resolve(urlsplit(path).path).view_name


def test_without_a_running_demo_it_says_what_to_do() -> None:
    with pytest.raises(Refused, match="请先运行 bin/demo"):
        screenshots.run(["--url", "http://127.0.0.1:9"])
