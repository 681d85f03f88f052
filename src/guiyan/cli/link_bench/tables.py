"""One new person against the known in the tables of the registers, in a home and a server of the bench's own.

`fill` writes the known people as `registers.linking` keeps them, by COPY; `ask` times new ones as the application.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl

from guiyan.cli.environment import home, set_up
from guiyan.cli.machine import peak_mb
from guiyan.engine.linkage import Match

PLACE, FIRST, NEW = 421224107000, 100_000, 900
SERVER = {"shared_buffers": "2GB", "max_wal_size": "16GB", "checkpoint_timeout": "30min", "jit": "off"}
SUBJECTS = (("id", "bigint"), ("kind", "text"))
BARE = "SELECT subject_id FROM registers_linkagekey WHERE key = %s LIMIT 301"
SECONDARY = """
    SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
    WHERE i.indrelid = %s::regclass AND NOT i.indisunique"""
COPIED = "INSERT INTO registers_subject (id, kind, canonical_id, holder_id, display_name, region, created_at)"


def through_tables(folder: Path) -> dict[str, Any]:
    """Both steps, each in a process of its own; the home goes at the end."""
    from guiyan.kernel import postgres

    place = folder / "home"
    place.mkdir()
    for above in (folder, *list(folder.parents)[:1]):
        above.chmod(0o755)  # the server may run as another, unprivileged user
    try:
        filled, asked = child(place, "fill", folder), child(place, "ask", folder)
    finally:
        postgres.destroy(postgres.data_dir_of(place))
    return {**asked, **filled}


def child(place: Path, step: str, folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "GUIYAN_HOME": str(place)}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "guiyan.cli.link_bench.tables", step, str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environment)
    return dict(json.loads(done.stdout))


def fill(folder: Path) -> dict[str, Any]:
    import psycopg
    from django.core.management import call_command

    from guiyan.engine.linkage import open_people
    from guiyan.kernel import calendar, postgres
    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers.linking import shares
    from guiyan.registers.writing.staging import run

    dsn = postgres.open_database(home())
    with psycopg.connect(dsn.url("super", "postgres"), autocommit=True) as connection:
        for name, value in SERVER.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    postgres.stop(postgres.data_dir_of(home()))
    postgres.open_database(home())
    call_command("migrate", verbosity=0, interactive=False)
    began, known = time.perf_counter(), 0
    with entered(Scope.system()):
        kept = [found for table in ("registers_subject", "registers_linkagekey") for found in secondary(table)]
        for name, _ in kept:
            run(f"DROP INDEX {name}")
        for batch in open_people(folder / "known").batches():
            write(batch, FIRST + known)
            known += len(batch)
            say(f"tables: {known} people")
        for _, definition in kept:
            run(definition)
        for table in ("subject", "linkagerow", "linkagekey"):
            run(f"ANALYZE registers_{table}")
        shares.count(calendar.today())
        held = shares.state()
        held.is_built = True
        held.save()
    with psycopg.connect(dsn.url("super"), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE registers_linkagekey")
    return {"fill_seconds": round(time.perf_counter() - began), "fill_peak_mb": peak_mb()}


def secondary(table: str) -> list[tuple[str, str]]:
    """Name and definition of the indexes that hold no rule: dropped while rows come, which is quicker."""
    from guiyan.registers.writing.staging import returned

    return [(name, definition) for name, definition in returned(SECONDARY, [table])]


def write(batch: pl.DataFrame, first: int) -> None:
    """As `linking.keeping` writes them, without the registers that they would come from."""
    from guiyan.engine.linkage.preparing import with_keys
    from guiyan.engine.linkage.rows import prepared
    from guiyan.registers.linking.keeping import INSERT_KEYS, INSERT_ROWS, KEYS, STAGED
    from guiyan.registers.linking.rows import COLUMNS, secret_numbers, settings_in_force
    from guiyan.registers.writing.staging import run, stage

    frame = with_keys(secret_numbers(prepared(batch), batch.to_dicts()), settings_in_force().keys)
    ids = range(first, first + len(batch))
    stage("stage_person", SUBJECTS, ((i, "person") for i in ids))
    run(f"{COPIED} SELECT id, kind, id, id, '示例', {PLACE}, now() FROM pg_temp.stage_person")
    rows = frame.select(COLUMNS).iter_rows()
    stage("stage_linkage", STAGED, ((i, PLACE, *row) for i, row in zip(ids, rows, strict=True)))
    run(INSERT_ROWS)
    keys = ((key, i, PLACE) for i, found in zip(ids, frame["keys"].to_list(), strict=True) for key in found)
    stage("stage_linkage_key", KEYS, keys)
    run(INSERT_KEYS)


def ask(folder: Path) -> dict[str, Any]:
    """Timed for each, by the clock: row and keys written, candidates found and weighed. Not: her entry read, and what
    a link would write. The reference is a look-up by one key in the same index."""
    from django.db import transaction

    from guiyan.cli.link_bench.one import new_people
    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers.writing.staging import returned, run

    taken, bare, found, right = [], [], 0, 0
    known = pl.scan_parquet(f"{folder}/known/*.parquet").select("id").collect()["id"].to_list()
    with entered(Scope.system()):
        for place, row in enumerate([next(new_people(folder)), *new_people(folder)]):
            sid = transaction.savepoint()
            run(f"{COPIED} VALUES ({NEW}, 'person', {NEW}, {NEW}, '示例', {PLACE}, now())")
            began = time.perf_counter()
            keys, matches = found_in_tables(row)
            took = (time.perf_counter() - began) * 1000
            began = time.perf_counter()
            returned(BARE, [keys[0] if keys else 0])
            if place:  # the first one warms up
                taken.append(took)
                bare.append((time.perf_counter() - began) * 1000)
                auto = [other for other, match in matches if match.decision == "auto"]
                found += len(auto)
                right += sum(known[other - FIRST][1:] == row["id"][1:] for other in auto)
            transaction.savepoint_rollback(sid)
    hundredths, plain = statistics.quantiles(taken, n=100), statistics.quantiles(bare, n=100)
    return {
        "people": len(taken),
        "ms_50": round(hundredths[49], 1),
        "ms_95": round(hundredths[94], 1),
        "ms_most": round(max(taken), 1),
        "auto": found,
        "auto_right": right,
        "reference": "a look-up by one key in the same index",
        "reference_ms_50": round(plain[49], 2),
        "reference_ms_95": round(plain[94], 2),
        "ratio": round(hundredths[49] / max(plain[49], 0.001)),
    }


def found_in_tables(row: dict[str, Any]) -> tuple[list[int], list[tuple[int, Match]]]:
    """Keys of a new person, whose subject is there, and who of the known she may be: as `linking.matching` does it."""
    from guiyan.registers.linking.keeping import write as keep
    from guiyan.registers.linking.matching import to_compare, weighed
    from guiyan.registers.linking.rows import comparable, settings_in_force

    made = comparable({NEW: row}, settings_in_force())
    keep(made, {NEW: PLACE})
    people, pairs = to_compare([NEW], [NEW])
    return made[NEW][1], [each for _, found in weighed(people, sorted(pairs)) for each in found]


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


STEPS: dict[str, tuple[Callable[[Path], dict[str, Any]], str]] = {"fill": (fill, "owner"), "ask": (ask, "app")}


def main(step: str, folder: str) -> None:
    function, role = STEPS[step]
    set_up(role)  # type: ignore[arg-type]
    json.dump(function(Path(folder)), sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
