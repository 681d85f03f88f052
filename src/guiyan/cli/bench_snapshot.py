"""`guiyan bench snapshot`: the facts of everybody in this installation's registers to Parquet, and rules over them.

Beside the snapshot stands a bare COPY of the same tables (subjects and the registers of that kind) to nowhere, in the
same run; beside the slowest rule a plain scan-and-sum of the columns that it reads. 1 when a bound is missed: 30 s for
each million of people and at least 1 s, 600 MB, 1 s for any rule up to a million. What is kept is not touched.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

import polars as pl

from guiyan.cli.bench_sums import summed
from guiyan.cli.environment import home, say, set_up
from guiyan.cli.machine import machine, peak_mb

SECONDS_A_MILLION, LEAST_SECONDS, MOST_MB, RULE_SECONDS = 30.0, 1.0, 600, 1.0
MILLION = 1_000_000
KIND = "person"
T = TypeVar("T")


def run(argv: list[str]) -> int:
    if argv:
        print("用法：guiyan bench snapshot（写下这里名录中所有人的事实，再试每项措施）", file=sys.stderr)
        return 2
    set_up("app")
    from django.conf import settings

    from guiyan.kernel.scope import Scope, entered

    home().mkdir(parents=True, exist_ok=True)
    settings.GUIYAN_HOME = Path(mkdtemp(prefix="bench-", dir=home()))
    try:
        with entered(Scope.system()):
            found = measured()
    finally:
        shutil.rmtree(settings.GUIYAN_HOME)
    json.dump({**found, "machine": machine()}, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 1 if found["missed"] else 0


def measured() -> dict[str, object]:
    from guiyan.insights import snapshot
    from guiyan.kernel import calendar, releases

    pack = releases.current()
    bare, read = timed(lambda: bare_copy(KIND))
    say(f"bare COPY: {read / MILLION:.0f} MB in {bare:.1f} s")
    took, kept = timed(lambda: snapshot.take(pack, KIND, lambda rows: say(f"{rows} subjects")))
    peak = peak_mb()
    rules = rule_times(calendar.today())
    slowest = max(rules, key=lambda name: rules[name])
    allowed = max(LEAST_SECONDS, SECONDS_A_MILLION * kept.rows / MILLION)
    missed = [
        *(["snapshot"] if took > allowed else []),
        *(["memory"] if peak > MOST_MB else []),
        *(["rule"] if rules[slowest] > RULE_SECONDS * max(1, kept.rows / MILLION) else []),
    ]
    return {
        "subjects": kept.rows,
        "snapshot_seconds": round(took, 2),
        "allowed_seconds": round(allowed, 2),
        "reference_bare_copy_seconds": round(bare, 4),
        "ratio": round(took / bare, 2),
        "parquet_mb": round(sum(path.stat().st_size for path in kept.folder.glob("**/*.parquet")) / MILLION, 1),
        "peak_mb": peak,
        "rules": len(rules),
        "slowest_rule": slowest,
        "slowest_rule_seconds": round(rules[slowest], 3),
        "reference_scan_seconds": round(scan_seconds(kept.folder, slowest), 3),
        "missed": missed,
    }


def bare_copy(kind: str) -> int:
    """Bytes of a COPY of the subjects and of every register of the kind."""
    from django.db import connection
    from psycopg import sql

    from guiyan.kernel import releases
    from guiyan.registers.tables import table_of

    pack = releases.current()
    registers = [one for one in pack.registers.values() if one.subject == kind]
    tables = ["registers_subject", *(table_of(pack, one.id)._meta.db_table for one in registers)]
    size = 0
    with connection.cursor() as cursor:
        for table in tables:
            with cursor.copy(sql.SQL("COPY (SELECT * FROM {}) TO STDOUT").format(sql.Identifier(table))) as copy:
                size += sum(len(block) for block in copy)
    return size


def rule_times(on: date) -> dict[str, float]:
    """Measure → seconds until its counts by county and its wanting facts are there; the better of two runs."""
    from guiyan.insights.matching.counting import count_rule
    from guiyan.kernel import releases

    found = {}
    for name, measure in releases.current().compiled.items():
        if measure.measure.kind == KIND:
            found[name] = min(timed(partial(count_rule, measure, on))[0] for _ in range(2))
    return found


def scan_seconds(folder: Path, name: str) -> float:
    """A plain scan and sum of the columns that the rule may read."""
    from guiyan.kernel import releases

    present = pl.read_parquet_schema(next(folder.glob("**/*.parquet")))
    asked = [fact for fact in releases.current().compiled[name].versions[-1].facts if fact in present]
    sums = [summed(fact, present[fact]) for fact in asked or ["subject_id"]]
    frame = pl.scan_parquet(folder / "**" / "*.parquet").select(sums)
    return min(timed(partial(frame.collect, engine="streaming"))[0] for _ in range(2))


def timed(work: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    found = work()
    return time.perf_counter() - began, found
