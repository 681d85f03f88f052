"""Boundaries of places, from `boundaries.geojson` (RFC 7946): a Feature each, with `code` among its properties."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guiyan.engine.values import Declared
from guiyan.packs.errors import Problem
from guiyan.packs.places import Region

Point = tuple[float, float]
Ring = tuple[Point, ...]


class Boundary(Declared):
    """rings: outer lines of the place's parts, in degrees east and north. schematic: drawn by hand, not surveyed."""

    rings: tuple[Ring, ...]
    schematic: bool = False


def read_boundaries(
    path: Path, shown_as: str, regions: Mapping[int, Region], problems: list[Problem]
) -> dict[int, Boundary]:
    """Code → its boundary. Holes are left out: no place of a city lies wholly within another's line on these maps."""
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        assert isinstance(features, list)
    except (ValueError, KeyError, TypeError, AssertionError) as error:
        problems.append(Problem(shown_as, getattr(error, "lineno", 1), "not a GeoJSON FeatureCollection"))
        return {}
    found: dict[int, Boundary] = {}
    for place, feature in enumerate(features, 1):
        try:
            code, boundary = read_feature(feature)
        except (ValueError, KeyError, TypeError) as wrong:
            problems.append(Problem(shown_as, 1, f"feature {place}: {wrong or 'no Feature with `code` and a Polygon'}"))
            continue
        if code not in regions:
            problems.append(Problem(shown_as, 1, f"feature {place}: region {code} is not in regions.csv"))
        elif code in found:
            problems.append(Problem(shown_as, 1, f"feature {place}: region {code} is there twice"))
        found[code] = boundary
    return found


def read_feature(feature: Any) -> tuple[int, Boundary]:
    told, shape = feature["properties"], feature["geometry"]
    code, kind, lines = int(str(told["code"])), shape["type"], shape["coordinates"]
    if kind not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{kind} is no Polygon or MultiPolygon")
    parts = [lines] if kind == "Polygon" else lines
    return code, Boundary(rings=tuple(ring_of(part[0]) for part in parts), schematic=told.get("schematic") is True)


def ring_of(corners: Any) -> Ring:
    ring = tuple((float(east), float(north)) for east, north, *_ in corners)
    if len(ring) < 4 or ring[0] != ring[-1]:
        raise ValueError("a ring has four corners or more and ends where it begins")
    if any(not (-180 <= east <= 180 and -90 <= north <= 90) for east, north in ring):
        raise ValueError("a corner is not in degrees east and north")
    return ring
