"""`bin/guiyan link`: who in one file of people is who in another, Parquet in and out. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from guiyan.cli.machine import peak_mb
from guiyan.engine.linkage import LinkageError, Linked, link, load_settings, open_people
from guiyan.engine.linkage.training import train_file

ENGINES = ("duckdb", "spark")


def run(argv: list[str]) -> int:
    """0 with a summary as JSON; 1 when a file is refused, its reason on standard error; 2 wrong usage."""
    options = parsed(argv)
    began = time.monotonic()
    out = Path(options.out)
    try:
        left, right = open_people(options.left), open_people(options.right)
        if not out.parent.is_dir():
            raise LinkageError(f"--out: there is no folder {out.parent}")
        if options.train:
            train_file(left, right, out, options.train, told=say)
            return 0
        settings = load_settings(options.settings)
        found = engine(options.engine)(left, right, out, settings, best_only=options.one_to_one, told=say)
    except LinkageError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    summary = {
        "left": found.left,
        "right": found.right,
        "pairs": found.pairs,
        "auto": found.decisions["auto"],
        "review": found.decisions["review"],
        "settings": settings.version,
        "out": str(out),
        "seconds": round(time.monotonic() - began, 3),
        "peak_mb": peak_mb(),
    }
    json.dump(summary, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def engine(name: str) -> Callable[..., Linked]:
    if name == "duckdb":
        return link
    from guiyan.engine.linkage.splink_spark import link as on_spark

    return on_spark


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan link", description="Who in one register is who in another.")
    parser.add_argument("--left", required=True, help="Parquet file or folder of the people who are looked for")
    parser.add_argument("--right", required=True, help="Parquet file or folder of the people who are known")
    parser.add_argument(
        "--out", required=True, help="Parquet file to write: a row for each link; with --train, the settings"
    )
    parser.add_argument("--one-to-one", action="store_true", help="only the best links, each person at most once")
    parser.add_argument("--settings", help="a settings file (default: the one that comes with the product)")
    parser.add_argument("--engine", choices=ENGINES, default="duckdb")
    parser.add_argument(
        "--train", metavar="WORDS", help="train weights on the two files and say on what, instead of linking"
    )
    return parser.parse_args(argv)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
