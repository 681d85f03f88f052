"""Maps of entries: the shapes of places, from the pack's boundaries or as tiles, and how many entries lie in each.

A shape stands in a box of WIDTH × HEIGHT. Of a place of several parts the largest is drawn.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from guiyan.kernel.regions import subtree
from guiyan.packs.boundaries import Boundary, Ring
from guiyan.packs.pack import Pack
from guiyan.packs.places import Region

WIDTH, HEIGHT, MARGIN, GAP = 640, 420, 10, 8
LOWER = {"city": ("county", "zone"), "county": ("township",), "township": ("village",)}
LONGEST = 6
STEPS = (0.1, 0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Shape:
    """points: corners as SVG has them: x,y x,y …"""

    region: Region
    points: str
    schematic: bool


def shapes_below(pack: Pack, code: int) -> list[Shape]:
    """The places one level below `code`, drawn by their boundaries if all have one, else as tiles in their order."""
    places = places_below(pack, code)
    lines = {one.code: pack.boundaries[one.code] for one in places if one.code in pack.boundaries}
    if places and len(lines) == len(places):
        fit = Fitted(list(lines.values()))
        return [Shape(one, fit(largest(lines[one.code])), lines[one.code].schematic) for one in places]
    return [Shape(one, points, True) for one, points in zip(places, tiles(len(places)), strict=True)]


def places_below(pack: Pack, code: int) -> list[Region]:
    home = pack.regions.get(code)
    wanted = LOWER.get(home.level, ()) if home is not None else ()
    low, high = subtree(code)
    return sorted(
        (one for one in pack.regions.values() if one.level in wanted and low < one.code < high),
        key=lambda one: one.code,
    )


def largest(boundary: Boundary) -> Ring:
    return max(boundary.rings, key=lambda ring: abs(area(ring)))


def area(ring: Ring) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


class Fitted:
    """Degrees to the box: one scale for both directions, a degree east shortened by the latitude."""

    def __init__(self, boundaries: Sequence[Boundary]) -> None:
        corners = [corner for one in boundaries for corner in largest(one)]
        self.north = max(north for _, north in corners)
        self.west = min(east for east, _ in corners)
        south, east = min(north for _, north in corners), max(east for east, _ in corners)
        self.squeeze = math.cos(math.radians((self.north + south) / 2))
        wide, high = (east - self.west) * self.squeeze or 1, self.north - south or 1
        self.scale = min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
        self.left = (WIDTH - wide * self.scale) / 2
        self.top = (HEIGHT - high * self.scale) / 2

    def __call__(self, ring: Ring) -> str:
        return " ".join(
            f"{self.left + (east - self.west) * self.squeeze * self.scale:.1f},"
            f"{self.top + (self.north - north) * self.scale:.1f}"
            for east, north in ring[:-1]
        )


def tiles(count: int) -> list[str]:
    """So many rectangles, row by row, filling the box."""
    if not count:
        return []
    columns = math.ceil(math.sqrt(count * WIDTH / HEIGHT / 1.6))
    rows = math.ceil(count / columns)
    wide, high = (WIDTH - 2 * MARGIN) / columns, (HEIGHT - 2 * MARGIN) / rows
    found = []
    for place in range(count):
        left, top = MARGIN + place % columns * wide, MARGIN + place // columns * high
        right, bottom = left + wide - GAP, top + high - GAP
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        found.append(" ".join(f"{x:.1f},{y:.1f}" for x, y in corners))
    return found


def bounds_of(counts: Mapping[int, int]) -> tuple[int, ...]:
    """Where the steps of colour begin, rising, of the largest number: 1 and more."""
    most = max(counts.values(), default=0)
    steps = sorted({max(1, rounded(most * step)) for step in STEPS})
    while len(steps) < len(STEPS):
        steps.append(steps[-1] + 1)
    return tuple(steps)


def rounded(number: float) -> int:
    """To two digits, as people would draw the line."""
    digits = max(0, len(str(int(number))) - 2)
    return int(round(number / 10**digits) * 10**digits)


@dataclass(frozen=True)
class Area:
    """A place on the map. name: as it fits in; title: in full; value: entries in it; text: as the map writes it."""

    code: int
    name: str
    title: str
    points: str
    value: int
    text: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True)
class Picture:
    """areas: in the order of codes; elsewhere: entries that are kept of the whole, of none of its places."""

    areas: tuple[Area, ...]
    bounds: tuple[int, ...]
    elsewhere: int
    schematic: bool

    @property
    def total(self) -> int:
        return sum(one.value for one in self.areas) + self.elsewhere


def picture(
    pack: Pack, code: int, counts: Mapping[int, int], *, unit: str, href: Callable[[Region], str] = lambda region: ""
) -> Picture:
    """Counts on the map of the places below `code`. href: where an area leads to; empty: nowhere."""
    shapes = shapes_below(pack, code)
    areas = tuple(
        Area(
            one.region.code,
            in_brief(one.region),
            one.region.short_name or one.region.name,
            one.points,
            counts.get(one.region.code, 0),
            f"{counts.get(one.region.code, 0):,}{unit}",
            href(one.region),
        )
        for one in shapes
    )
    shown = {one.code for one in areas}
    elsewhere = sum(count for place, count in counts.items() if place not in shown)
    return Picture(
        areas, bounds_of({one.code: one.value for one in areas}), elsewhere, any(one.schematic for one in shapes)
    )


def in_brief(region: Region) -> str:
    """What fits into a shape."""
    name = region.short_name or region.name
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
