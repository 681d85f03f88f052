"""`guiyan bench link`: a new list against a known register, made up with errors, as one JSON object.

Two error models: `tuned`, which the weights were trained on (with another seed), and `held_out`, which they never saw.
The reference is a plain DuckDB hash join of the same files on name and birth year, in the same run. 1 if a bound
is missed: precision and recall of the tuned model always, time and memory from a million new against three million.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from guiyan.cli.link_bench import errors, heldout, world
from guiyan.cli.machine import machine

PRECISION, RECALL = 0.995, 0.97
SECONDS, MOST_MB, ONE_MS = 600, 8192, 150
BOUNDED_FROM = (1_000_000, 3_000_000)
MODELS: dict[str, ModuleType] = {"tuned": errors, "held_out": heldout}


def run(argv: list[str]) -> int:
    """0 within the bounds, 1 outside, 2 wrong usage."""
    options = parsed(argv)
    if options.make:
        make(options.make, MODELS["tuned"], options)
        return 0
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(prefix="guiyan-bench-", dir=options.folder) as place:
        for name in ("tuned", *(["held_out"] if not options.without_held_out else [])):
            folder = Path(place, name)
            folder.mkdir()
            make(folder, MODELS[name], options)
            ones = [] if options.without_one else ["one"]
            ones += [] if options.without_tables else ["tables"]
            found[name] = measured(folder, ones if name == "tuned" else [])
    summary = summed_up(found, options)
    json.dump(summary, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 1 if summary["missed"] else 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/guiyan bench link", description="How fast and how well people are linked."
    )
    parser.add_argument("--left", type=int, default=1_000_000, help="new people")
    parser.add_argument("--right", type=int, default=3_000_000, help="known people")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--without-held-out", action="store_true", help="only the error model that weights were trained on"
    )
    parser.add_argument("--without-one", action="store_true", help="don't try people one by one")
    parser.add_argument("--without-tables", action="store_true", help="don't try them through the tables of a database")
    parser.add_argument(
        "--folder", help="where the made-up people are kept for the run (default: the temporary folder)"
    )
    parser.add_argument(
        "--make", type=Path, metavar="FOLDER", help="only make people, into an empty folder, to train weights on"
    )
    options = parser.parse_args(argv)
    if not 1 <= options.left <= options.right:
        parser.error("there are more known people than new ones, and at least one of each")
    return options


def make(folder: Path, model: ModuleType, options: argparse.Namespace) -> None:
    began = time.perf_counter()
    population = world.write_population(folder, int(options.right / world.KNOWN_SHARE), options.seed)
    world.write_register(population, folder / "known", options.right, "k", model.known, options.seed)
    world.write_register(population, folder / "new", options.left, "n", model.new, options.seed)
    say(f"{folder.name}: people made in {time.perf_counter() - began:.0f} s")


def measured(folder: Path, ones: list[str]) -> dict[str, Any]:
    """ones: the ways in which people are tried one by one."""
    linked, joined = child(folder, "linked"), child(folder, "joined")
    found = {**linked, "reference": joined, "ratio": round(linked["seconds"] / max(joined["seconds"], 0.001), 1)}
    return found | {way: child(folder, way) for way in ones}


def child(folder: Path, path: str) -> dict[str, Any]:
    """In a process of its own, so that its peak of memory is its own."""
    say(f"{folder.name}: {path}")
    command = [sys.executable, "-m", "guiyan.cli.link_bench.child", str(folder), path]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    return dict(json.loads(done.stdout))


def summed_up(found: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    tuned = found["tuned"]
    reference = tuned["reference"]
    summary = {
        "left": options.left,
        "right": options.right,
        **{name: value for name, value in tuned.items() if name != "reference"},
        "reference": "DuckDB hash join on name and birth year",
        "reference_seconds": reference["seconds"],
        "reference_precision": reference["precision"],
        "reference_recall": reference["recall"],
        "held_out": found.get("held_out"),
        "machine": machine(),
    }
    return summary | {"missed": missed(summary, (options.left, options.right))}


def missed(summary: dict[str, Any], size: tuple[int, int]) -> list[str]:
    found = []
    if summary["precision"] < PRECISION:
        found.append(f"precision {summary['precision']} is below {PRECISION}")
    if summary["recall"] < RECALL:
        found.append(f"recall {summary['recall']} is below {RECALL}")
    if all(have >= need for have, need in zip(size, BOUNDED_FROM, strict=True)):
        if summary["seconds"] > SECONDS:
            found.append(f"{summary['seconds']} s are more than {SECONDS}")
        if summary["peak_mb"] > MOST_MB:
            found.append(f"{summary['peak_mb']} MB are more than {MOST_MB}")
    for way in ("one", "tables"):
        if way in summary and summary[way]["ms_95"] > ONE_MS:
            found.append(f"{way}: one new person takes {summary[way]['ms_95']} ms, more than {ONE_MS}")
    return found


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
