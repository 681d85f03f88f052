"""The tiles of the first page: an icon by what is given, plain words, rows that are full."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client

from guiyan.kernel.actors import Actor
from guiyan.portal.home import TILES
from guiyan.portal.measures.words import BENEFITS, ICONS
from tests.plans.factories import published_plan


def test_every_kind_of_benefit_has_its_icon() -> None:
    assert set(ICONS) == set(BENEFITS)


def test_tiles_fill_their_rows_and_tell_what_is_given(
    scoped_db: object, at: Callable[[str], object], actor: Callable[[str], Actor]
) -> None:
    at("2026-06-08 09:00")
    published_plan(actor("helin"))
    page = Client().get("/").content.decode()
    tiles = re.findall(r"<li><a href=.*?</li>", page[page.index('class="services"') :].split("</ul>")[0], re.S)
    assert len(tiles) == TILES and TILES % 4 == TILES % 2 == 0
    waiver = next(one for one in tiles if "免除反担保" in one)
    assert "不用找人担保" in waiver and "#shield" in waiver
    assert {icon for one in tiles for icon in re.findall(r"#([a-z]+)\"", one)} >= {"yuan", "bank", "star", "shield"}
