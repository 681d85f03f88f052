"""The real pack, loaded once."""

from __future__ import annotations

import pytest

from guiyan.packs import Pack, load_pack

from .folders import XIANNING


@pytest.fixture(scope="session")
def xianning() -> Pack:
    return load_pack(XIANNING)
