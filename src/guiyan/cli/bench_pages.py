"""`guiyan bench pages [--people N]`: the pages of a register of millions, as a town, a county and a city officer.

In a home and a server of its own, below the installation's. Some tens of thousands of people come by the real path and
are copied inside the database; then three officers open lists, filters, sorts, searches, a page far behind, and files,
through the whole of Django, as the application's role under row-level security. Beside each kind stands, in the same
run, what its statements about registers take without row-level security.
1 when a bound is missed: p95 of a kind above 200 ms, a plan that reads a register from end to end, or a page whose
number of statements grows.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from guiyan.cli.bench_import import destroy, made_sure
from guiyan.cli.environment import ROOT, home, say
from guiyan.cli.machine import machine

CITY = "xianning"
MOST_MS = 200
MOST_STATEMENTS, MORE_STATEMENTS = 25, {"all registers": 60, "dossier": 120}
ORIGINALS = 50_000
CHILD = "guiyan.cli.bench_pages_child"


def run(argv: list[str]) -> int:
    options = parsed(argv)
    place = Path(options.home or tempfile.mkdtemp(prefix="bench-pages-", dir=made_sure(home())))
    try:
        found = measured(place, options)
    finally:
        if not options.home:
            destroy(place)
    json.dump({**found, "machine": machine()}, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 1 if found["missed"] else 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan bench pages", description="How fast pages of a register open.")
    parser.add_argument("--people", type=int, default=3_000_000)
    parser.add_argument("--home", help="keep the made registers here and use them again")
    parser.add_argument("--rounds", type=int, default=3, help="values tried of each filter with each sort")
    options = parser.parse_args(argv)
    if options.people < 100 or options.rounds < 1:
        parser.error("there are at least 100 people and one round")
    return options


def measured(place: Path, options: argparse.Namespace) -> dict[str, Any]:
    ready = place / "ready.json"
    if not ready.exists():
        ready.write_text(json.dumps(child(place, "prepare", str(options.people))))
    made = json.loads(ready.read_text())
    asked = child(place, "ask", str(options.rounds))
    kinds = asked["kinds"]
    missed = [
        *(f"{one['officer']}: {one['kind']}: p95 {one['p95_ms']} ms" for one in kinds if one["p95_ms"] > MOST_MS),
        *(f"{one['officer']}: {one['kind']}: statements" for one in kinds if makes_too_many(one)),
        *(f"sequential scan: {words}" for words in asked["sequential"]),
    ]
    whole, bare = (sum(one[name] for one in kinds) for name in ("seconds", "reference_seconds"))
    return {
        **made,
        "bound_ms": MOST_MS,
        "seconds": round(whole, 2),
        "reference": "the pages' statements about registers, warm, as the superuser whom no row-level security holds",
        "reference_seconds": round(bare, 2),
        "ratio": round(whole / bare, 1) if bare else None,
        **asked,
        "missed": missed,
    }


def makes_too_many(one: dict[str, Any]) -> bool:
    return bool(one["statements"][1] > MORE_STATEMENTS.get(one["kind"], MOST_STATEMENTS))


def child(place: Path, step: str, *arguments: str) -> dict[str, Any]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "GUIYAN_HOME": str(place),
        "GUIYAN_CITY": CITY,
        "PYTHONPATH": str(ROOT / "src"),
    }
    done = subprocess.run(
        [sys.executable, "-m", CHILD, step, *arguments], env=environment, stdout=subprocess.PIPE, check=False
    )
    if done.returncode:
        raise SystemExit(f"bench pages: the step {step} failed")
    say(f"{step}: done")
    return dict(json.loads(done.stdout))
