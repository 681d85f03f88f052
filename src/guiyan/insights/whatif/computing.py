"""The job that computes a what-if: some counties at a time, each part in the transaction of its job.

Progress is what the parts before have counted. A run keeps its release and its snapshot, whatever is changed meanwhile;
a snapshot that is gone is said in words, and the question is put again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl
from django.db import transaction

from guiyan.engine.population import FactsFile, PopulationError
from guiyan.engine.population.asking import missing_facts
from guiyan.engine.population.together import ALL
from guiyan.engine.population.whatif import TABLE, Groups, Tables, added, compare
from guiyan.engine.population.whatif_groups import by_age, by_month
from guiyan.engine.rules import FactError, RuleError
from guiyan.insights.snapshot import Kept
from guiyan.insights.snapshot.kept import COUNTY, fits, open_counties, read
from guiyan.insights.whatif.question import Sides, settings_for, sides_of_run
from guiyan.kernel import failpoints, jobs, releases
from guiyan.kernel.errors import Refused
from guiyan.kernel.regions import subtree
from guiyan.outreach import actions as outreach
from guiyan.outreach.actions.evaluating import Part
from guiyan.outreach.models import WhatIfRun
from guiyan.packs import Pack

ROWS_IN_PART = 4_000_000
AGE, MONTH = "age", "month"
AGES = {"person": "age_years", "organisation": "founder_age_years"}
# Rules say 45岁以下（含）: groups end with such years.
FIRST_YEARS = (18, 26, 36, 46, 56, 66)
GONE = "试算用的数据已经换成更新的，这次没有算完。请用现在的数据再算一次。"


@jobs.job(outreach.WHAT_IF, label="政策试算")
def compute_part(run_id: int) -> None:
    """The next part of the run. What can't be computed is written on the run; anything else is tried again."""
    run = outreach.next_part(run_id)
    if run is None:
        return
    try:
        with transaction.atomic():
            compute(run)
    except SnapshotGone:
        outreach.note_what_if_problem(run_id, GONE)
    except (PopulationError, FactError, RuleError, Refused) as wrong:
        outreach.note_what_if_problem(run_id, f"没有算成：{wrong}")


class SnapshotGone(Exception):
    """Newer facts were taken twice since the question was put."""


def compute(run: WhatIfRun) -> None:
    pack, sides = sides_of_run(run)
    kept = kept_of(run, pack)
    counties = [code for code in sorted(kept.counties) if fits(code, subtree(run.region))]
    mine = next_counties(kept, counties[run.counties_done :])
    found = found_in(run, pack, kept, sides, mine)
    failpoints.hit("part_compared")
    rows, done = sum(kept.counties[code] for code in mine), run.counties_done + len(mine)
    totals = totals_of(found, sides) if done >= len(counties) else None
    outreach.take_part(run, Part(len(mine), rows, found, totals))


def kept_of(run: WhatIfRun, pack: Pack) -> Kept:
    try:
        kept = read(run.kind, run.snapshot, pack)
    except FileNotFoundError:
        raise SnapshotGone from None
    if kept is None or kept.as_of != run.facts_as_of:
        raise SnapshotGone
    return kept


def next_counties(kept: Kept, left: Sequence[int]) -> list[int]:
    """As many as one part takes, one at least."""
    taken: list[int] = []
    rows = 0
    for code in left:
        if taken and rows + kept.counties[code] > ROWS_IN_PART:
            break
        taken.append(code)
        rows += kept.counties[code]
    return taken


def found_in(run: WhatIfRun, pack: Pack, kept: Kept, sides: Sides, counties: Sequence[int]) -> dict[str, Any]:
    """What is found so far with these counties counted as well."""
    try:
        file = open_counties(kept, pack, counties)
        parts = [as_tables(run.tables["tables"])] if run.tables else []
        if file is not None:
            parts.append(compare(sides.before, sides.after, file, groups_of(run, file, sides), sides.together))
        waiting = waiting_in(sides, file)
    except (FileNotFoundError, pl.exceptions.PolarsError) as wrong:
        if kept.folder.exists():
            raise PopulationError(str(wrong)) from None
        raise SnapshotGone from None
    tables = added(parts) if parts else {name: pl.DataFrame(schema=TABLE) for name in ("all", COUNTY, AGE, MONTH)}
    return {
        "tables": {name: each.rows(named=True) for name, each in tables.items()},
        "waiting": sum_up(run.tables.get("waiting", {}), waiting),
    }


def groups_of(run: WhatIfRun, file: FactsFile, sides: Sides) -> Groups:
    """By county; by age, with the limits that are changed as ends of groups; by month."""
    fact = AGES.get(run.kind, "")
    known = fact in file.columns
    age = by_age(pl.col(fact), first_years(run)) if known else pl.lit(None, pl.String)
    return {COUNTY: pl.col(COUNTY), AGE: age, MONTH: by_month(sides.before, sides.after, file)}


def first_years(run: WhatIfRun) -> list[int]:
    """A limit of 45, changed to 50, ends a group at 45 and one at 50."""
    pack, fact = releases.release(run.release), AGES.get(run.kind, "")
    limits = {end + 1 for sides in age_limits(pack, run, fact) for end in sides}
    return sorted({*FIRST_YEARS, *(year for year in limits if 1 <= year <= 120)})


def age_limits(pack: Pack, run: WhatIfRun, fact: str) -> Iterator[tuple[int, ...]]:
    for one in settings_for(pack, run.measures, run.day):
        for setting in one.settings:
            value = run.changes.get(one.id, {}).get(setting.place)
            if value is not None and setting.fact is not None and setting.fact.id == fact:
                yield int(setting.today), int(value)


def waiting_in(sides: Sides, file: FactsFile | None) -> dict[str, dict[str, dict[str, int]]]:
    """before, after → measure → fact → of how many its verdict waits for it."""
    if file is None:
        return {}
    return {
        side: {name: dict(facts) for name, facts in missing_facts(plan, file).items()}
        for side, plan in (("before", sides.before), ("after", sides.after))
    }


def sum_up(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Nested counts added up."""
    found: dict[str, Any] = dict(one)
    for key, value in other.items():
        found[key] = sum_up(found.get(key, {}), value) if isinstance(value, Mapping) else found.get(key, 0) + value
    return found


def as_tables(kept: Mapping[str, list[dict[str, Any]]]) -> Tables:
    return {name: pl.DataFrame(rows, schema=TABLE) for name, rows in kept.items()}


def totals_of(found: Mapping[str, Any], sides: Sides) -> dict[str, int | None]:
    """Of all that are added up, or of the only measure; people and money of unlike measures are never one sum."""
    rows = {row["measure_id"]: row for row in found["tables"]["all"]}
    measures = [name for name in rows if name != ALL]
    every = len(sides.together.measures) == len(measures) > 1
    row = rows.get(ALL if every else measures[0]) if every or len(measures) == 1 else None
    names = {"people_before": "before_people", "people_after": "after_people"}
    money = {"fen_before": "before_fen", "fen_after": "after_fen"}
    return {to: (row[of] if row is not None else None) for to, of in {**names, **money}.items()}
