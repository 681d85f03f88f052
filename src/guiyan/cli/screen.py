"""`bin/guiyan screen`: the verdicts of one person or organisation, as JSON. Needs no database."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from guiyan.engine.rules import FactError, next_question, screen
from guiyan.engine.rules.telling import told
from guiyan.engine.values.declared import day
from guiyan.packs import Pack, PackErrors, find_pack, load_pack

KINDS = ("person", "organisation")
CHINA = timedelta(hours=8)


class Refusal(Exception):
    """What is wrong with the question, in words."""


def run(argv: list[str]) -> int:
    """Exit status 0 with the verdicts, 1 when the pack or the facts are refused, with the reason on standard error."""
    options = parsed(argv)
    try:
        pack = load_pack(find_pack(options.city))
        answer = answered(pack, question(options.facts), day_of(options.on))
    except (Refusal, FactError, PackErrors) as wrong:
        print(wrong, file=sys.stderr)
        return 1
    json.dump(answer, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan screen", description="Which measures one subject qualifies for.")
    parser.add_argument("--city", required=True, help="name of the city pack")
    parser.add_argument("--facts", required=True, help='JSON file: {"kind": "person"|"organisation", "facts": {…}}')
    parser.add_argument("--on", help="the day of the verdict, as 2026-06-08 (default: today in China)")
    return parser.parse_args(argv)


def day_of(written: str | None) -> date:
    if written is None:
        return (datetime.now(UTC) + CHINA).date()
    try:
        return day(written)
    except ValueError as wrong:
        raise Refusal(f"--on: {wrong}") from None


def question(path: str) -> tuple[str, dict[str, Any]]:
    """Kind and facts of the file; anything else in it is refused rather than ignored."""
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"), object_pairs_hook=without_repeats)
    except OSError as wrong:
        raise Refusal(f"{path}: {wrong.strerror}") from None
    except (ValueError, RecursionError) as wrong:
        raise Refusal(f"{path} is not JSON: {wrong}") from None
    if not isinstance(content, dict) or set(content) != {"kind", "facts"} or not isinstance(content["facts"], dict):
        raise Refusal(
            f'{path}: needed is {{"kind": "person"|"organisation", "facts": {{fact: value}}}} and nothing else'
        )
    if content["kind"] not in KINDS:
        raise Refusal(f"{path}: `kind` is one of {', '.join(KINDS)}, not {content['kind']!r}")
    return content["kind"], content["facts"]


def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        twice = next(key for place, (key, _) in enumerate(pairs) if key in [other for other, _ in pairs[:place]])
        raise ValueError(f"`{twice}` is given twice")
    return found


def answered(pack: Pack, asked: tuple[str, dict[str, Any]], on: date) -> dict[str, Any]:
    kind, facts = asked
    pack.catalogue.read(facts)  # wrong facts are refused even where no measure asks them
    results = screen(pack.compiled.values(), facts, on=on, kind=kind, assume_none_received=True)
    return {"measures": [told(each) for each in results], "next_question": next_question(results, pack.catalogue)}


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
