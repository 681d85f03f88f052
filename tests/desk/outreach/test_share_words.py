"""Shares of a funnel: one of many thousands is not nothing."""

from __future__ import annotations

import pytest

from guiyan.desk.outreach.funnel import share_words


@pytest.mark.parametrize(
    ("number", "whole", "words"),
    [(0, 16520, "0.0%"), (1, 16520, "不到0.1%"), (17, 16520, "0.1%"), (1, 8, "12.5%"), (8, 8, "100.0%")],
)
def test_what_has_begun_is_never_nothing(number: int, whole: int, words: str) -> None:
    assert share_words(number, whole) == words
