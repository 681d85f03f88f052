"""The outline: plans of a file and their numbered sections, nested as the numbers say.

The kind of a number gives its depth (一、 above (一) above 1.); articles stand below 一、 where 一、 comes first.
A title line after which the numbers begin again starts another plan.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from guiyan.engine.documents.model import Plan, Section
from guiyan.engine.documents.outline.numbering import RANK, Numbered, number_at
from guiyan.engine.documents.outline.titles import Title, titles_in
from guiyan.engine.documents.view import View, phrase, strip_span

_GLUE = re.compile(r"(?:[。)]|(?<=\));)(?=[第(0-9一二三四五六七八九十⑴-⒛])")


@dataclass(frozen=True, slots=True)
class Place:
    """A heading where it stands: `start` in the text, `body` where its text goes on, its own words, its path."""

    start: int
    body: int
    paragraph: int
    number: str
    heading: str
    path: tuple[str, ...]
    depth: int
    plan: str | None


@dataclass(frozen=True, slots=True)
class Outline:
    places: tuple[Place, ...]
    plans: tuple[Plan, ...]
    sections: tuple[Section, ...]
    starts: tuple[int, ...]
    title: Title | None

    def at(self, offset: int) -> Place | None:
        """The innermost heading that `offset` stands under; none in the opening words of a plan."""
        index = bisect_right(self.starts, offset) - 1
        place = self.places[index] if index >= 0 else None
        return place if place is not None and place.plan == self.plan_at(place.start) == self.plan_at(offset) else None

    def plan_at(self, offset: int) -> str | None:
        """The plan around `offset`, in files that hold several."""
        if len(self.plans) < 2:
            return None
        index = bisect_right(self.plans, offset, key=lambda plan: plan.span[0]) - 1
        return self.plans[index].title if index >= 0 else None


@dataclass(frozen=True, slots=True)
class _Found:
    paragraph: int
    number: Numbered
    start: int


def build_outline(text: str, views: list[View], stops: dict[int, list[int]], tables: set[int]) -> Outline:
    """The outline of the paragraphs; `stops` gives where a paragraph's statements begin, a heading ends there."""
    found = _numbers(views, stops, tables)
    named = titles_in(views, text)
    titles = _plan_titles(named, found)
    plans = _plans(titles, len(text))
    places: list[Place] = []
    at = [each.paragraph for each in found]
    around: list[Title | None] = [*titles] or [None]
    for index, title in enumerate(around):
        until = titles[index + 1].first if index + 1 < len(titles) else len(views)
        since = -1 if title is None or index == 0 else title.last
        mine = found[bisect_right(at, since) : bisect_left(at, until)]
        name = title.words if title is not None and len(titles) > 1 else None
        places += _nested(text, views, mine, name)
    sections = _sections(places, plans, len(text))
    first = next(iter(titles or named), None)
    return Outline(tuple(places), plans, sections, tuple(p.start for p in places), first)


def _numbers(views: list[View], stops: dict[int, list[int]], tables: set[int]) -> list[_Found]:
    """The numbers at the beginning of paragraphs, and those that run on after a sentence."""
    found: list[_Found] = []
    expected: dict[str, int] = {}
    for i, view in enumerate(views):
        if i in tables:
            continue
        at = 0
        while (number := number_at(view, at)) is not None:
            end = _stopped(view, number, stops.get(i, []))
            if end <= number.number_end:
                break
            number = replace(number, end=end)
            found.append(_Found(i, number, view.offsets[number.start]))
            expected[number.kind] = number.ordinal + 1
            at = _glued_after(view, number, expected)
            if at < 0:
                break
    return found


def _stopped(view: View, number: Numbered, stops: list[int]) -> int:
    """A heading ends where a statement of responsibility begins."""
    following = bisect_left(stops, view.offsets[number.start])
    stop = stops[following] if following < len(stops) else None
    if stop is None or stop >= view.offsets[number.end - 1] + 1:
        return number.end
    return next((i for i in range(number.number_end, number.end) if view.offsets[i] >= stop), number.end)


def _glued_after(view: View, heading: Numbered, expected: dict[str, int]) -> int:
    """Where the next number in sequence follows a sentence within the same paragraph; -1 if none.

    Right behind a heading a deeper row of numbers may begin, too: 四、做好服务。(一)设立专员。…
    """
    for stop in _GLUE.finditer(view.chars, heading.end):
        number = number_at(view, stop.end())
        if number is None or number.kind in ("circled", "named", "said", "bullet"):
            continue
        begins = number.ordinal == 1 and stop.start() == heading.end and RANK[number.kind] > RANK[heading.kind]
        if begins or expected.get(number.kind) == number.ordinal:
            return stop.end()
    return -1


def _plan_titles(titles: list[Title], found: list[_Found]) -> list[Title]:
    """The titles under which numbers begin again from the top; a repeated title counts where it stands last.

    A line such as 政策措施 over a deeper row of numbers is no title of a plan; one that names its place is.
    """
    kept: list[Title] = []
    highest = 0
    at = [each.paragraph for each in found]
    for index, title in enumerate(titles):
        until = titles[index + 1].first if index + 1 < len(titles) else 1 << 60
        first = bisect_right(at, title.last)
        if first < len(found) and at[first] < until and found[first].number.ordinal == 1:
            rank = RANK[found[first].number.kind]
            if not kept or rank <= highest or title.names_place:
                highest = rank if not kept else min(rank, highest)
                kept.append(title)
    last = {title.words: title for title in kept}
    return [title for title in kept if last[title.words] is title]


def _plans(titles: list[Title], length: int) -> tuple[Plan, ...]:
    if not titles:
        return ()
    ends = [title.span[0] for title in titles[1:]] + [length]
    return tuple(Plan(title.words, (title.span[0], end)) for title, end in zip(titles, ends, strict=True))


def _nested(text: str, views: list[View], found: list[_Found], plan: str | None) -> list[Place]:
    """Paths by depth of number kinds."""
    ranks = dict(RANK)
    kinds = [each.number.kind for each in found]
    if "item" in kinds and "article" in kinds and kinds.index("item") < kinds.index("article"):
        ranks["article"] = ranks["item"] + 0.5  # type: ignore[assignment]
    stack: list[tuple[float, str]] = []
    places: list[Place] = []
    for each in found:
        number, view = each.number, views[each.paragraph]
        if number.kind == "named" and number.ordinal == 1:
            around = next((rank for rank, _ in reversed(stack) if rank != ranks["named"]), None)
            ranks["named"] = ranks["named"] if around is None else around + 0.5  # type: ignore[assignment]
        if number.kind == "bullet" and ranks["bullet"] not in (rank for rank, _ in stack):
            ranks["bullet"] = stack[-1][0] + 0.5 if stack else RANK["item"]  # type: ignore[assignment]
        while stack and stack[-1][0] >= ranks[number.kind]:
            stack.pop()
        span = view.span(number.start, number.end)
        own = phrase(text, strip_span(text, span))
        stack.append((ranks[number.kind], own))
        path = ((plan,) if plan else ()) + tuple(words for _, words in stack)
        label = phrase(text, view.span(number.start, number.number_end))
        heading = phrase(text, strip_span(text, view.span(number.number_end, number.end)))
        places.append(Place(span[0], span[1], each.paragraph, label, heading, path, len(stack), plan))
    return places


def _sections(places: list[Place], plans: tuple[Plan, ...], length: int) -> tuple[Section, ...]:
    """Sections with their full extent: to the next heading of the same or a higher level."""
    ends = [length] * len(places)
    open_at: list[int] = []
    for i, place in enumerate(places):
        while open_at and (places[open_at[-1]].depth >= place.depth or places[open_at[-1]].plan != place.plan):
            ends[open_at.pop()] = place.start
        open_at.append(i)
    limits = [plan.span[0] for plan in plans]
    sections: list[Section] = []
    for place, end in zip(places, ends, strict=True):
        index = bisect_right(limits, place.start)
        end = min(end, limits[index]) if index < len(limits) else end
        sections.append(Section(place.depth, place.number, place.heading, (place.start, end), place.path))
    return tuple(sections)
