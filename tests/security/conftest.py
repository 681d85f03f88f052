"""The world of the access tests, in a database of its own for these."""

from __future__ import annotations

from tests.access.conftest import undone, world

__all__ = ["undone", "world"]
