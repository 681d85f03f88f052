"""Statements that close a chapter: a line of units behind the last of several items speaks for all of them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from guiyan.engine.documents.outline.outline import Outline, Place
from guiyan.engine.documents.tasks.statements import Statement


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A heading with items under it: their number, and where it ends."""

    place: Place
    items: int
    last: Place
    end: int


def chapters_closed(outline: Outline, statements: list[Statement]) -> dict[int, Place]:
    """Where a statement (by its start) is the only one of a chapter and stands behind its last item: that chapter.

    A chapter with one item follows the others; where items at that depth have statements of their own, none closes.
    """
    around = _chapters(outline)
    starts = [each.start for each in statements]
    found: dict[int, Place] = {}
    levels: dict[int, tuple[str | None, int]] = {}
    several: set[tuple[str | None, int]] = set()
    single: set[tuple[str | None, int]] = set()
    for each in statements:
        place = outline.at(each.start)
        chapter = around.get(place.start) if place is not None else None
        if place is None or chapter is None or not each.closes_paragraph:
            continue
        glued = chapter.items > 1 and chapter.place.paragraph == place.paragraph
        level = (place.plan, place.depth)
        if bisect_left(starts, chapter.end) - bisect_left(starts, chapter.place.start) > 1:
            single.add(level)
        elif place is chapter.last and (each.opens_paragraph or glued):
            found[each.start], levels[each.start] = chapter.place, level
            if chapter.items > 1:
                several.add(level)
    return {start: place for start, place in found.items() if levels[start] in several - single}


def _chapters(outline: Outline) -> dict[int, _Chapter]:
    """The chapter around each item, by the item's start."""
    items: dict[int, list[Place]] = {}
    heads: dict[int, Place] = {}
    ends: dict[int, int] = {}
    stack: list[Place] = []
    for place in outline.places:
        while stack and (stack[-1].depth >= place.depth or stack[-1].plan != place.plan):
            ends[stack.pop().start] = place.start
        if stack:
            heads[place.start] = stack[-1]
            items.setdefault(stack[-1].start, []).append(place)
        stack.append(place)
    return {
        item.start: _Chapter(heads[item.start], len(group), group[-1], ends.get(head, 1 << 60))
        for head, group in items.items()
        for item in group
    }


def left_without(outline: Outline, statements: list[Statement], where: list[Place | None]) -> set[int]:
    """Statements (by start) on lines of their own whose item follows one without any: they may speak for both."""
    answered = {place.start for place in where if place is not None}
    before: dict[tuple[str, ...], Place] = {}
    bare_before: set[int] = set()
    for place in outline.places:
        elder = before.get(place.path[:-1])
        if elder is not None and elder.depth == place.depth and elder.start not in answered:
            bare_before.add(place.start)
        before[place.path[:-1]] = place
    return {
        each.start
        for each, place in zip(statements, where, strict=True)
        if each.opens_paragraph and place is not None and place.start in bare_before
    }
