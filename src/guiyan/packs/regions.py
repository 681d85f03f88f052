"""The regions of a pack, from a CSV of codes and names: level and parent follow from the code, zones say theirs."""

from __future__ import annotations

import csv
from pathlib import Path

from guiyan.engine.values import region_code, region_span
from guiyan.packs.errors import Problem
from guiyan.packs.places import Region, RegionLevel

SPAN_LEVELS: dict[int, RegionLevel] = {100_000_000: "city", 1_000_000: "county", 1_000: "township", 1: "village"}
COLUMNS = ["code", "name", "short_name", "level"]


def read_regions(path: Path, shown_as: str, problems: list[Problem]) -> dict[int, Region]:
    """Columns `code,name,short_name,level`; an empty level means the one that the code's length says."""
    found: dict[int, Region] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != COLUMNS:
            problems.append(Problem(shown_as, 1, f"the columns must be {','.join(COLUMNS)}"))
            return found
        for row in rows:
            try:
                region = read_row(row, found)
            except (ValueError, KeyError) as wrong:
                problems.append(Problem(shown_as, rows.line_num, str(wrong)))
            else:
                found[region.code] = region
    return found


def read_row(row: dict[str, str], above: dict[int, Region]) -> Region:
    code = region_code(row["code"])
    if code in above:
        raise ValueError(f"region {code} is listed twice")
    first, after = region_span(code)
    own_level = SPAN_LEVELS[after - first]
    parent = next((up for up in parents(code) if up in above), None)
    if parent is None and above:
        raise ValueError(f"region {code} has no parent above it in the file")
    level = row["level"] or own_level
    if level not in (own_level, "zone"):
        raise ValueError(f"region {code} is a {own_level} by its code, not a {level}")
    return Region.model_validate(
        {"code": code, "name": row["name"], "short_name": row["short_name"], "level": level, "parent": parent}
    )


def parents(code: int) -> list[int]:
    """The codes above, nearest first."""
    return [code - code % span for span in (1_000, 1_000_000, 100_000_000) if code % span]
