"""`guiyan bench import [--rows N] [--known N]`: a file into a register of 30 fields that holds millions already.

In a home and a server of its own, below the installation's. The known are those of one file, copied in the database
(`sample.multiply`). Of `--rows`, 70 % are people whom nobody knows and 30 %
people with changed jobs, phones and wishes: two files, so that each speed is seen apart. Beside them, in the same run,
a bare COPY of the new rows into an unindexed table. `--workbook N` also brings N new people in from an .xlsx.
1 when a bound is missed: 20,000 new rows a second, 2 GB, three minutes for a million rows of .xlsx.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guiyan.cli import bench_import_register as made
from guiyan.cli.environment import ROOT, home, say
from guiyan.cli.machine import machine

NEW_ROWS_A_SECOND, MOST_MB = 20_000, 2_000
WORKBOOK_SECONDS_A_MILLION, MILLION = 180, 1_000_000
SHARE_NEW = 0.7
CHILD = "guiyan.cli.bench_import_child"
FIRST_NEW = 4_000_000  # serials of new people; those known before begin at 0


def run(argv: list[str]) -> int:
    options = parsed(argv)
    place = Path(options.home or tempfile.mkdtemp(prefix="bench-import-", dir=made_sure(home())))
    try:
        found = measured(place, options)
    finally:
        if not options.home:
            destroy(place)
    json.dump({**found, "machine": machine()}, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 1 if found["missed"] else 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan bench import", description="How fast files are brought in.")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--known", type=int, default=3_000_000)
    parser.add_argument("--home", help="keep the made register here and use it again")
    parser.add_argument("--workbook", type=int, default=0, metavar="N", help="also N new people as .xlsx")
    options = parser.parse_args(argv)
    if options.rows < 10 or options.known < options.rows * (1 - SHARE_NEW):
        parser.error("there are at least 10 rows, and the known are at least three tenths of them")
    return options


def measured(place: Path, options: argparse.Namespace) -> dict[str, Any]:
    new, changed = round(options.rows * SHARE_NEW), round(options.rows * (1 - SHARE_NEW))
    names = region_names()
    pack = made.make_pack(place / "cities")
    ready = place / "ready.json"
    if not ready.exists():
        child(place, "prepare", str(pack))
        held = write(place / "before.csv", made.rows(range(changed), names))
        taken = child(place, "bring-in", str(held))
        say(f"{changed} of the known brought in as a file: {taken['rows_per_second']} rows/s")
        child(place, "terms")
        copied = child(place, "multiply", str(max(0, round(options.known / changed) - 1)))
        say(f"and copied to {options.known} in {copied['seconds']} s")
        ready.write_text(json.dumps({"changed": changed, "next": FIRST_NEW, "runs": 0}))
    before = json.loads(ready.read_text())
    changed, first, later = min(changed, before["changed"]), before["next"], before["runs"] + 1
    ready.write_text(json.dumps({**before, "next": first + new + options.workbook, "runs": later}))
    fresh = write(place / "new.csv", made.rows(range(first, first + new), names))
    altered_file = write(place / "changed.csv", made.rows(range(changed), names, later=later))
    reference = child(place, "copy", str(fresh))
    created, searchable = child(place, "bring-in", str(fresh)), child(place, "terms")
    altered = child(place, "bring-in", str(altered_file))
    sheet = workbook(place, options.workbook, first + new, names) if options.workbook else None
    speed = created["created"] / created["seconds"]
    imports = [created, altered, *([sheet] if sheet else [])]
    missed = [
        *(["new rows"] if speed < NEW_ROWS_A_SECOND else []),
        *(["memory"] if max(one["peak_mb"] for one in imports) > MOST_MB else []),
        *(["workbook"] if sheet and sheet["seconds"] > WORKBOOK_SECONDS_A_MILLION * sheet["read"] / MILLION else []),
    ]
    return {
        "known": options.known,
        "fields": len(made.HEAD),
        "rows_per_second": round(speed),
        "seconds": created["seconds"],
        "peak_mb": created["peak_mb"],
        "reference": "bare COPY of the same rows into an unindexed table of text columns",
        "reference_seconds": reference["seconds"],
        "reference_rows_per_second": reference["rows_per_second"],
        "ratio": round(created["seconds"] / reference["seconds"], 1),
        "new": created,
        "search_terms": searchable,
        "changed": altered,
        "workbook": sheet,
        "missed": missed,
    }


def region_names() -> list[str]:
    """Villages as people write them: 通山县大畈镇某村."""
    from guiyan.packs import find_pack, load_pack

    regions = load_pack(find_pack(made.CITY)).regions
    found = []
    for code, region in regions.items():
        if code % 1000:
            above = regions[region.parent or 0]
            found.append(regions[above.parent or 0].name + above.name + region.name)
    return sorted(found)


def write(path: Path, rows: Iterator[list[str]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(made.HEAD)
        writer.writerows(rows)
    return path


def workbook(place: Path, count: int, first: int, names: list[str]) -> dict[str, Any]:
    """The same kind of rows from an .xlsx: read to stored."""
    import xlsxwriter

    path = place / "new.xlsx"
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, made.HEAD)
    for number, row in enumerate(made.rows(range(first, first + count), names), 1):
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(number, column, cell)
    book.close()
    return {**child(place, "bring-in", str(path)), "mb": path.stat().st_size // MILLION}


def child(place: Path, step: str, *arguments: str) -> dict[str, Any]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "GUIYAN_HOME": str(place),
        "GUIYAN_CITIES": str(place / "cities"),
        "GUIYAN_CITY": made.CITY,
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-m", CHILD, step, *arguments], env=environment, stdout=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise SystemExit(f"bench import: the step {step} failed")
    return dict(json.loads(done.stdout))


def destroy(place: Path) -> None:
    from guiyan.kernel import postgres

    postgres.destroy(postgres.data_dir_of(place))
    shutil.rmtree(place, ignore_errors=True)


def made_sure(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
