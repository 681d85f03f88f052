"""Where words that were read stand in the text: readings keep their conditions as words, terms have places."""

from __future__ import annotations

from guiyan.engine.documents.view import Span, View, view_of
from guiyan.engine.values.chinese import fold

AROUND = 600  # a receiver may be named before or behind the words of its measure, in the same sentence


def view_of_words(text: str, near: Span, words: str) -> tuple[View, bool]:
    """The words as a view of the text, at or around `near`; False, and a view of the words alone, if not there."""
    wanted = "".join(fold(words).split())
    low, high = max(0, near[0] - AROUND), min(len(text), near[1] + AROUND)
    around = view_of(text, low, high)
    inside = _from(around, near[0])
    at = around.chars.find(wanted, inside)
    if at < 0 or around.offsets[at] >= near[1]:
        before = around.chars.rfind(wanted, 0, inside + len(wanted))
        at = before if before >= 0 else at
    if not wanted or at < 0:
        return View(wanted, range(len(wanted))), False
    return around.cut(at, at + len(wanted)), True


def _from(view: View, offset: int) -> int:
    """The first character of the view at or after an offset of the text."""
    return next((place for place, at in enumerate(view.offsets) if at >= offset), len(view.chars))
