"""Maps of entries: shapes from boundaries or as tiles, counts that add up, the same filters as the list."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.boundaries import read_boundaries
from guiyan.packs.errors import Problem
from guiyan.packs.load import find_pack, load_pack
from guiyan.registers import actions, queries
from guiyan.registers.mapping import HEIGHT, WIDTH, bounds_of, picture, shapes_below, tiles
from tests.registers.factories import CHONGYANG_TOWN, COUNTY, DAFAN, VILLAGE, a_returnee

CITY = 421200000000
PACK = load_pack(find_pack("xianning"))
SQUARE = [[114.0, 29.0], [114.1, 29.0], [114.1, 29.1], [114.0, 29.0]]


def corners(points: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]


def test_counties_have_the_packs_boundaries_and_towns_are_tiles() -> None:
    counties, towns = shapes_below(PACK, CITY), shapes_below(PACK, COUNTY)
    assert len(counties) == 7 and len(towns) > 8
    assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for one in (*counties, *towns) for x, y in corners(one.points))
    assert {len(corners(one.points)) for one in towns} == {4} and max(len(corners(one.points)) for one in counties) > 4


@given(st.integers(1, 60))
def test_tiles_never_lie_on_each_other(count: int) -> None:
    boxes = [
        (min(xs), max(xs), min(ys), max(ys)) for xs, ys in (zip(*corners(one), strict=True) for one in tiles(count))
    ]
    assert len(boxes) == count
    for place, (left, right, top, bottom) in enumerate(boxes):
        assert 0 <= left < right <= WIDTH and 0 <= top < bottom <= HEIGHT
        assert all(
            right <= other[0] or other[1] <= left or bottom <= other[2] or other[3] <= top
            for other in boxes[place + 1 :]
        )


@given(st.dictionaries(st.integers(1, 20), st.integers(0, 3_000_000)))
def test_steps_of_colour_rise(counts: dict[int, int]) -> None:
    steps = bounds_of(counts)
    assert len(steps) == 4 and steps[0] >= 1 and list(steps) == sorted(set(steps))


@pytest.mark.parametrize(
    ("feature", "words"),
    [
        ({"properties": {"code": "1"}, "geometry": {"type": "Polygon", "coordinates": [SQUARE]}}, "not in regions.csv"),
        ({"properties": {"code": str(COUNTY)}, "geometry": {"type": "Point", "coordinates": [1, 2]}}, "no Polygon"),
        (
            {"properties": {"code": str(COUNTY)}, "geometry": {"type": "Polygon", "coordinates": [SQUARE[:3]]}},
            "ends where",
        ),
        ({"properties": {}, "geometry": None}, "code"),
    ],
)
def test_a_faulty_boundary_is_named(tmp_path: Path, feature: dict[str, object], words: str) -> None:
    path, problems = tmp_path / "boundaries.geojson", list[Problem]()
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    read_boundaries(path, "boundaries.geojson", PACK.regions, problems)
    assert [problem for problem in problems if words in str(problem)]
    path.write_text('{"features": 3}')
    read_boundaries(path, "boundaries.geojson", PACK.regions, problems)
    assert "FeatureCollection" in str(problems[-1])


@pytest.mark.usefixtures("scoped_db")
def test_counts_add_up_and_keep_to_the_actors_range(actor: Callable[[str], Actor]) -> None:
    homes = (VILLAGE, DAFAN, COUNTY, CHONGYANG_TOWN)
    for serial, home in enumerate(homes, 1):
        actions.record(SYSTEM, register="returnee", values=a_returnee(serial, home_region=home), source="visit")
    city = queries.entries_by_place(actor("helin"), "returnee", {}, below=CITY)
    assert city == {COUNTY: 3, 421223000000: 1}
    town = queries.entries_by_place(actor("zhengwei"), "returnee", {}, below=COUNTY)
    assert town == {DAFAN: 2, COUNTY: 1}
    drawn = picture(releases.current(), COUNTY, town, unit="人")
    assert (drawn.total, drawn.elsewhere) == (3, 1)
    assert queries.entries_by_place(actor("zhengwei"), "returnee", {}, below=421223000000) == {}
    with entered(Scope.system()):
        assert queries.published_by_place("carrier", below=CITY, filters={}) == {}
