"""The city's last facts, kept for questions that cannot wait: counts beside a rule, what-if.

A snapshot is a folder `GUIYAN_HOME/facts/<kind>/<number>/` with `county=<code>/part-*.parquet` and `kept.json`, named
only when it is whole. The one before the last stays, for whoever is still reading it. The folder of a snapshot holds
ids, codes and dates alone.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import polars as pl
from django.conf import settings

from guiyan.engine.population import FactsFile, check, open_facts
from guiyan.insights.snapshot.writing import PLACE, Progress, write_places
from guiyan.kernel import calendar
from guiyan.kernel.regions import STEPS, Interval, subtree
from guiyan.packs.pack import Pack

COUNTY = PLACE
COUNTY_STEP = dict(STEPS)["county"]
KEPT = 2
ABOUT = "kept.json"


@dataclass(frozen=True)
class Kept:
    """as_of: the business clock when it was begun. counties: code → how many subjects; the city's code: in none."""

    folder: Path
    kind: str
    as_of: datetime
    rows: int
    counties: dict[int, int]


def take(pack: Pack, kind: str, told: Progress = lambda rows: None) -> Kept:
    """Write the facts of all of that kind, each county apart, and keep them; nothing of a try that failed stays.

    told: called with the number of rows so far. Reads inside the entered scope, which should be the system's.
    """
    home = home_of(kind)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    number = max((each for each, _ in numbered(home)), default=0) + 1
    draft = home / f".{number}"
    shutil.rmtree(draft, ignore_errors=True)
    try:
        kept = written(draft, pack, kind, told)
        draft.rename(home / str(number))
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    for _, old in numbered(home)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return Kept(home / str(number), kind, kept.as_of, kept.rows, kept.counties)


def written(draft: Path, pack: Pack, kind: str, told: Progress) -> Kept:
    as_of, city = calendar.now(), pack.city.region
    draft.mkdir(parents=True)
    counties = write_places(draft, pack, kind, as_of.date(), subtree(city), COUNTY_STEP, told)
    about = {
        "as_of": as_of.isoformat(),
        "facts": facts_digest(pack),
        "counties": {str(code): rows for code, rows in counties.items()},
    }
    check(open_in(draft, pack, kind))
    (draft / ABOUT).write_text(json.dumps(about), encoding="utf-8")
    return Kept(draft, kind, as_of, sum(counties.values()), counties)


def latest(pack: Pack, kind: str) -> Kept | None:
    """The last whole snapshot; None where there is none, or the pack has other facts since."""
    for number, _ in reversed(numbered(home_of(kind))):
        try:
            return read(kind, number, pack)
        except FileNotFoundError:
            continue
    return None


def read(kind: str, number: int, pack: Pack) -> Kept | None:
    """The snapshot of that number; None where the pack has other facts. Raises FileNotFoundError when it is gone."""
    folder = home_of(kind) / str(number)
    about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    if about["facts"] != facts_digest(pack):
        return None
    counties = {int(code): rows for code, rows in about["counties"].items()}
    return Kept(folder, kind, datetime.fromisoformat(about["as_of"]), sum(counties.values()), counties)


def open_kept(kept: Kept, pack: Pack, within: Interval | None = None) -> FactsFile | None:
    """The facts as the population engine reads them, with the column `county`; None where no county lies in `within`.

    Raises PopulationError when the folder is gone: a newer snapshot was taken twice since.
    """
    return open_counties(kept, pack, [code for code in kept.counties if fits(code, within)])


def open_counties(kept: Kept, pack: Pack, counties: Collection[int]) -> FactsFile | None:
    """The same of some counties; None where nobody is in any of them."""
    file = open_in(kept.folder, pack, kept.kind)
    inside = {f"{COUNTY}={code}" for code in counties}
    paths = tuple(path for path in file.paths if path.parent.name in inside)
    return replace(file, paths=paths) if paths else None


def open_in(folder: Path, pack: Pack, kind: str) -> FactsFile:
    return replace(open_facts(folder, pack.catalogue, kind), parted_by={COUNTY: pl.Int64()})


def fits(code: int, within: Interval | None) -> bool:
    low, high = subtree(code)
    return within is None or (within[0] <= low and high <= within[1])


def numbered(home: Path) -> list[tuple[int, Path]]:
    return sorted((int(one.name), one) for one in home.glob("*") if one.name.isdigit())


def home_of(kind: str) -> Path:
    return Path(settings.GUIYAN_HOME) / "facts" / kind


def facts_digest(pack: Pack) -> str:
    """Names the facts that columns are made of: another type or a new fact asks for a new snapshot."""
    known = {name: fact.model_dump(mode="json") for name, fact in sorted(pack.facts.items())}
    return hashlib.sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
