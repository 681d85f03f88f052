"""`guiyan bench match`: counts, verdict bits and rows of made-up measures over made-up people, as one JSON object.

The reference is the faster of a plain Polars and a plain DuckDB scan-and-sum of the same columns of the same files,
in the same run, turn by turn; of each the quickest run counts. 1 if a bound is missed (from 10 million people on).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from guiyan.cli.bench_measures import CONDITIONS, distinct
from guiyan.cli.bench_people import BYTES_EACH, write_people
from guiyan.cli.machine import machine
from guiyan.packs import find_pack, load_pack

BOUNDS = {"counts": 2.5, "bitmaps": 3.0}
MOST_MB = 600
BOUNDED_FROM = 10_000_000
REFERENCES = ("polars-sum", "duckdb-sum")
OWN = ("counts", "bitmaps", "rows")
OTHERS = ("duckdb", "openfisca")
OPENFISCA_BYTES_EACH = 600  # in memory
CITY = "xianning"
Runs = dict[str, dict[str, Any]]


def run(argv: list[str]) -> int:
    """0 within the bounds, 1 outside or without the space, 2 wrong usage."""
    options = parsed(argv)
    with tempfile.TemporaryDirectory(prefix="guiyan-bench-", dir=options.folder) as place:
        needed, free = options.people * BYTES_EACH, shutil.disk_usage(place).free
        if needed * 2 > free:
            print(f"{needed * 2 // 10**6} MB are needed in {place}, {free // 10**6} MB are free", file=sys.stderr)
            return 1
        folder = Path(place, "people")
        folder.mkdir()
        began = time.perf_counter()
        write_people(folder, options.people, load_pack(find_pack(CITY)).catalogue, options.seed)
        say(f"{options.people} people made in {time.perf_counter() - began:.1f} s")
        found = measured(folder, options.measures, options.rounds, others(options.people, options.without))
    summary = summed_up(found, options.people, options.measures)
    json.dump(summary, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 1 if summary["missed"] else 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan bench match", description="How fast a population is matched.")
    parser.add_argument("--people", type=int, default=10_000_000)
    parser.add_argument("--measures", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each path; the quickest counts")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without", nargs="*", default=[], choices=OTHERS, help="engines that are not run beside")
    parser.add_argument(
        "--folder", help="where the made-up people are kept for the run (default: the temporary folder)"
    )
    options = parser.parse_args(argv)
    if min(options.people, options.measures, options.rounds) < 1:
        parser.error("people, measures and rounds are at least 1")
    return options


def others(people: int, without: list[str]) -> list[str]:
    """OpenFisca-core runs where it is installed and has the memory that it takes."""
    found = [name for name in OTHERS if name not in without]
    if "openfisca" in found and importlib.util.find_spec("openfisca_core") is None:
        say("OpenFisca-core is not installed (pip install 'guiyan[openfisca]'): not run beside")
        found.remove("openfisca")
    if "openfisca" in found and people * OPENFISCA_BYTES_EACH > free_memory():
        say("OpenFisca-core would not fit into the memory that is free: not run beside")
        found.remove("openfisca")
    return found


def free_memory() -> int:
    for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0


def measured(folder: Path, measures: int, rounds: int, beside: list[str]) -> Runs:
    """The quickest run of each path, and the most memory that any of its runs held. The others run once."""
    best: Runs = {}
    for round_ in range(rounds):
        for path in (*REFERENCES, *OWN, *(beside if round_ == 0 else ())):
            found = child(folder, measures, path)
            say(f"{path}: {found['seconds']:.2f} s, {found['peak_mb']} MB")
            before = best.get(path, found)
            most = max(found["peak_mb"], before["peak_mb"])
            best[path] = {**min(found, before, key=lambda each: each["seconds"]), "peak_mb": most}
    return best


def child(folder: Path, measures: int, path: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "guiyan.cli.bench_match_child", str(folder), CITY, str(measures), path]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def summed_up(found: Runs, people: int, measures: int) -> dict[str, Any]:
    reference = min(REFERENCES, key=lambda name: found[name]["seconds"])
    seconds = found[reference]["seconds"]
    paths = {name: figures(found[name], seconds) for name in found if name not in REFERENCES}
    for name in OTHERS:
        if name in found:
            paths[name]["equal"] = found[name]["found"] == found["counts"]["found"]
            paths[name]["times_slower"] = round(found[name]["seconds"] / found["counts"]["seconds"], 1)
            paths[name]["times_memory"] = round(found[name]["peak_mb"] / found["counts"]["peak_mb"], 1)
    return {
        "people": people,
        "measures": measures,
        "conditions": measures * CONDITIONS,
        "distinct_conditions": distinct(),
        **paths["counts"],
        "reference": reference,
        "reference_seconds": round(seconds, 6),
        "reference_peak_mb": found[reference]["peak_mb"],
        "paths": paths,
        "machine": machine(),
        "missed": missed(paths, people),
    }


def figures(run: Mapping[str, Any], reference: float) -> dict[str, Any]:
    told = run["found"] if isinstance(run["found"], dict) else {}
    seconds = round(run["seconds"], 6)
    return {"seconds": seconds, "ratio": round(run["seconds"] / reference, 2), "peak_mb": run["peak_mb"], **told}


def missed(paths: Mapping[str, Mapping[str, Any]], people: int) -> list[str]:
    """Bounds that are not held. The verdict bits of more people than that are larger than the bound by themselves."""
    wrong = [f"{name} differs from Polars" for name in OTHERS if name in paths and not paths[name]["equal"]]
    if people >= BOUNDED_FROM:
        wrong += [f"{name}: ratio above {most}" for name, most in BOUNDS.items() if paths[name]["ratio"] > most]
        bounded = OWN if people == BOUNDED_FROM else ("counts", "rows")
        wrong += [f"{name}: more than {MOST_MB} MB" for name in bounded if paths[name]["peak_mb"] > MOST_MB]
    return wrong


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
