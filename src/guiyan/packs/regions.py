"""The regions of a pack, from a CSV of codes and names: level and parent follow from the code, zones say theirs."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from guiyan.engine.values import region_code, region_span
from guiyan.packs.errors import Problem
from guiyan.packs.places import Region, RegionLevel

SPAN_LEVELS: dict[int, RegionLevel] = {100_000_000: "city", 1_000_000: "county", 1_000: "township", 1: "village"}
COLUMNS = ["code", "name", "short_name", "level"]
SUPERSEDED = ["code", "name", "now", "note"]


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


def read_superseded(
    path: Path, shown_as: str, regions: Mapping[int, Region], problems: list[Problem]
) -> dict[str, int]:
    """Columns `code,name,now,note`: codes of GB/T 2260 and names that old papers carry, and what stands there today.

    A name that a region of today has, or that came to mean two, is not taken: only its code resolves.
    """
    found: dict[str, int] = {}
    names: dict[str, set[int]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        if rows.fieldnames != SUPERSEDED:
            problems.append(Problem(shown_as, 1, f"the columns must be {','.join(SUPERSEDED)}"))
            return found
        for row in rows:
            code, now = row["code"], row["now"]
            if not (code.isascii() and code.isdigit() and len(code) == 6):
                problems.append(Problem(shown_as, rows.line_num, f"`{code}` is no code of six digits"))
            elif not now.isdigit() or int(now) not in regions:
                problems.append(Problem(shown_as, rows.line_num, f"`{now}` is no region of today"))
            else:
                found |= {code: int(now), f"{code}000000": int(now)}
                names.setdefault(row["name"], set()).add(int(now))
    taken = {region.name for region in regions.values()}
    return found | {name: next(iter(now)) for name, now in names.items() if len(now) == 1 and name not in taken}


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
