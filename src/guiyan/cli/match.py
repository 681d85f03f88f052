"""`bin/guiyan match`: the measures of a city over a whole population, Parquet in and out. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock
from typing import Any

import polars as pl

from guiyan.cli.machine import peak_mb
from guiyan.cli.screen import Refusal, day_of
from guiyan.engine.population import (
    ENGINES,
    FactsFile,
    Plan,
    PopulationError,
    check,
    check_subjects,
    engine,
    open_facts,
    plan_of,
)
from guiyan.engine.population.facts_file import KINDS
from guiyan.engine.rules.telling import in_yuan
from guiyan.packs import Pack, PackErrors, find_pack, load_pack


def run(argv: list[str]) -> int:
    """Exit status 0 with a summary as JSON; 1 when pack, file or a value is refused, its reason on standard error."""
    options = parsed(argv)
    began = time.monotonic()
    try:
        pack = load_pack(find_pack(options.city))
        file = open_facts(options.facts_parquet, pack.catalogue, options.kind)
        plan = plan_of(pack.compiled.values(), day_of(options.on))
        subjects = matched(plan, file, Path(options.out), options.engine)
    except (Refusal, PackErrors, PopulationError) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    summary = {
        "engine": options.engine,
        "on": plan.on.isoformat(),
        "kind": file.kind,
        "subjects": subjects,
        "measures": counts(pack, plan.of_kind(file.kind), Path(options.out)),
        "not_in_force": dict(plan.idle),
        "out": options.out,
        "seconds": round(time.monotonic() - began, 3),
        "peak_mb": peak_mb(),
    }
    json.dump(summary, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan match", description="Which measures everybody qualifies for.")
    parser.add_argument("--city", required=True, help="name of the city pack")
    parser.add_argument(
        "--facts-parquet",
        required=True,
        help="Parquet file or folder: subject_id and one column a fact, one row a subject",
    )
    parser.add_argument("--out", required=True, help="Parquet file to write: a row for each yes and unknown")
    parser.add_argument("--engine", choices=ENGINES, default="polars")
    parser.add_argument("--on", help="the day of the verdict, as 2026-06-08 (default: today in China)")
    parser.add_argument(
        "--kind", choices=KINDS, help="what all rows are (default: told by a column `kind` or by the facts)"
    )
    return parser.parse_args(argv)


def matched(plan: Plan, file: FactsFile, out: Path, name: str) -> int:
    """How many subjects there were. Warnings and progress go to standard error."""
    if not out.parent.is_dir():
        raise Refusal(f"--out: there is no folder {out.parent}")
    fitting = plan.of_kind(file.kind)
    for warning in warnings(fitting, file):
        print(f"warning: {warning}", file=sys.stderr)
    say("checking values and subjects")
    check(file)
    subjects = check_subjects(file)
    say(f"{subjects} subjects, {len(fitting.measures)} measures, {len(fitting.questions)} distinct questions ({name})")
    engine(name).write_rows(plan, file, out, Progress(subjects).add)
    say(f"written: {out}")
    return subjects


def warnings(plan: Plan, file: FactsFile) -> Sequence[str]:
    absent = [fact for fact in plan.facts if fact not in file.columns]
    of_others = [
        name for name in file.columns if file.kind is not None and file.kind not in file.catalogue.facts[name].kinds
    ]
    return [
        *(f"no column `{fact}`: it is unknown of everybody" for fact in absent),
        *(f"column `{name}` is not about a {file.kind}; no measure asks it" for name in of_others),
        *(f"measure `{measure.id}`: nobody can ever meet it" for measure in plan.measures if measure.nobody),
    ]


class Progress:
    """A line on standard error now and then."""

    EVERY = 2.0  # seconds

    def __init__(self, subjects: int) -> None:
        self.subjects, self.done, self.said = subjects, 0, time.monotonic()
        self.lock = Lock()

    def add(self, subjects: int) -> None:
        with self.lock:
            self.done += subjects
            if time.monotonic() - self.said >= self.EVERY:
                self.said = time.monotonic()
                say(f"{self.done} of {self.subjects} subjects")


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def counts(pack: Pack, plan: Plan, out: Path) -> list[Mapping[str, Any]]:
    """Per measure, from the rows that were written."""
    yes = pl.col("verdict") == "yes"
    sums = [
        yes.sum().alias("yes"),
        (~yes).sum().alias("unknown"),
        pl.col("amount_max_fen").filter(yes).sum().alias("fen"),
    ]
    rows = pl.scan_parquet(out).group_by("measure_id").agg(sums).collect(engine="streaming")
    found = {row["measure_id"]: row for row in rows.iter_rows(named=True)}
    nobody = {"yes": 0, "unknown": 0, "fen": 0}
    return [
        {
            "id": measure.id,
            "title": pack.measures[measure.id].title,
            "kind": measure.kind,
            "yes": (row := found.get(measure.id, nobody))["yes"],
            "unknown": row["unknown"],
            "amount_max_yuan": in_yuan(row["fen"]) if measure.states_money else None,
        }
        for measure in plan.measures
    ]


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
