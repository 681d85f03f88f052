"""`guiyan bench screen`: one person against 100 measures with reasons, in process. Exit status 1 beyond 1 ms.

The reference in the same run is the bare minimum of the same rules: every condition as a plain Python expression over
a dictionary, all facts known, only true or false.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from guiyan.engine.rules import CompiledMeasure, Measure, compile_measure, screen
from guiyan.packs import find_pack, load_pack

ON = date(2026, 6, 8)
BOUND_MS = 1.0
# A condition as it is written, and as plain Python says it of the facts `f`.
CONDITIONS = (
    ("is_returnee", "f['is_returnee']"),
    ("is_graduate", "f['is_graduate']"),
    ("age_years <= {}", "f['age_years'] <= {}"),
    ("jobs_led >= {}", "f['jobs_led'] >= {}"),
    ("business_registrations = {}", "f['business_registrations'] == {}"),
    ("degree >= 'bachelor'", "f['degree'] in ('bachelor', 'master', 'doctor')"),
    ("NOT is_disabled", "not f['is_disabled']"),
    ("region_in(hukou_region, '4212')", "f['hukou_region'].startswith('4212')"),
    ("months_in_operation >= {}", "f['months_in_operation'] >= {}"),
    ("guarantee_loan_yuan <= {}00", "f['guarantee_loan_yuan'] <= {}00"),
    ("credit_ok OR operation_stable", "f['credit_ok'] or f['operation_stable']"),
    ("business_registered_on >= '2020-01-{:02}'", "f['business_registered_on'] >= '2020-01-{:02}'"),
)
PERSON: dict[str, Any] = {
    "is_returnee": True,
    "is_graduate": True,
    "age_years": 30,
    "jobs_led": 3,
    "business_registrations": 1,
    "degree": "master",
    "is_disabled": False,
    "hukou_region": "421224107000",
    "months_in_operation": 20,
    "guarantee_loan_yuan": 1000,
    "credit_ok": True,
    "operation_stable": True,
    "business_registered_on": "2025-01-01",
    "received": [],
}
Plain = list[list[Callable[[dict[str, Any]], bool]]]


def run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/guiyan bench screen", description="一个人对许多项措施，要多少毫秒。")
    parser.add_argument("--measures", type=int, default=100, help="多少项措施（默认100）")
    count = parser.parse_args(argv).measures
    measures, plain = made(count)
    known = shortest(lambda: screen(measures, PERSON, on=ON, kind="person"))
    half = {name: value for place, (name, value) in enumerate(PERSON.items()) if place % 2}
    unknown = shortest(lambda: screen(measures, half, on=ON, kind="person"))
    first = shortest(lambda: screen_anew(measures, half))
    reference = shortest(lambda: [all(answer(PERSON) for answer in each) for each in plain])
    told = {
        "measures": count,
        "conditions": 5,
        "milliseconds": known,
        "milliseconds_half_the_facts": unknown,
        "milliseconds_half_the_facts_nothing_kept": first,
        "reference": "plain Python expressions, true or false only",
        "reference_milliseconds": reference,
        "ratio": round(known / reference, 1),
        "bound_milliseconds": BOUND_MS,
    }
    print(json.dumps(told, ensure_ascii=False))
    return int(known > BOUND_MS)


def screen_anew(measures: list[CompiledMeasure], facts: dict[str, Any]) -> None:
    """As for the first person of whom just this is known."""
    for each in measures:
        each.versions[0].on(ON).outlooks.clear()
    screen(measures, facts, on=ON, kind="person")


def made(count: int) -> tuple[list[CompiledMeasure], Plain]:
    catalogue = load_pack(find_pack("xianning")).catalogue
    random = Random(2025)
    measures, plain = list[CompiledMeasure](), Plain()
    for place in range(count):
        chosen = [(rule, same, random.randint(1, 28)) for rule, same in random.sample(CONDITIONS, 5)]
        measures.append(compile_measure(measure(place, [rule.format(number) for rule, _, number in chosen]), catalogue))
        plain.append([eval(f"lambda f: {same.format(number)}") for _, same, number in chosen])
    return measures, plain


def measure(place: int, rules: list[str]) -> Measure:
    conditions = {f"c{number}": {"label": rule, "when": rule} for number, rule in enumerate(rules)}
    return Measure.model_validate(
        {
            "id": f"m{place}",
            "title": f"m{place}",
            "for": "person",
            "clause": {"document": "d", "plan": "p", "section": "s"},
            "strength": "shall",
            "once_per": "person",
            "versions": [
                {"from": "2025-01-01", "conditions": conditions, "benefit": {"kind": "grant", "amount_yuan": "5000"}}
            ],
        }
    )


def shortest(work: Callable[[], object], times: int = 40) -> float:
    """Milliseconds of processor time of the quickest run; what can be prepared is prepared by the first."""
    work()
    best = float("inf")
    for _ in range(times):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return round(best * 1000, 3)
