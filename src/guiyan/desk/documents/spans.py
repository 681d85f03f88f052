"""Where the readings stand in the original, and the outline beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Any

from guiyan.plans.models import Document, ReviewItem


def spans_of(document: Document, items: Sequence[ReviewItem]) -> list[dict[str, Any]]:
    """Marks of the original: a task over its heading alone, its units underlined, the rest over their words."""
    found: list[dict[str, Any]] = []
    for item in items:
        end = _heading_end(document.text, item) if item.kind == "task" else item.end
        found.append(
            {
                "id": item.id,
                "start": item.start,
                "end": end,
                "kind": item.kind,
                "number": item.number,
                "href": f"?kind={item.kind}&item={item.id}#span-{item.id}",
                "state": "dropped" if item.decision == "dropped" else "",
            }
        )
        if item.unit_start is not None and item.unit_end is not None:
            found.append({"id": "", "start": item.unit_start, "end": item.unit_end, "kind": "unit", "number": ""})
    return found


def _heading_end(text: str, item: ReviewItem) -> int:
    """A task's heading ends with its line or first full stop, and always before the units."""
    stops = [at for mark in "。;；\n" if (at := text.find(mark, item.start + 1, item.words_end)) > 0]
    return min(stops, default=item.words_end)


def outline_of(document: Document, items: Sequence[ReviewItem], current: ReviewItem | None) -> list[dict[str, Any]]:
    """Sections grouped by plan, each with how many readings stand under it and whether the one in hand does."""
    inside = Counter(_section_at(document, item.start) for item in items)
    here = _section_at(document, current.start) if current else -1
    rows: list[dict[str, Any]] = []
    plan = ""
    for place, section in enumerate(document.outline):
        if section.get("plan", "") != plan:
            plan = section["plan"]
            rows.append({"plan": plan})
        line = document.text.rfind("\n", 0, section["start"]) + 1
        rows.append({**section, "line": line, "count": inside[place], "is_current": place == here})
    return rows


def _section_at(document: Document, start: int) -> int:
    """The innermost section at a place of the text; -1 for the opening words of a plan."""
    found = bisect_right(document.outline, start, key=lambda section: section["start"]) - 1
    return found if found >= 0 and start < document.outline[found]["end"] else -1
