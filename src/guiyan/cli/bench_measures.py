"""Made-up measures for `bench match`: each asks five of some eighty conditions about the made-up people's facts."""

from __future__ import annotations

import random
from collections.abc import Iterator

from guiyan.cli.bench_people import COUNTIES, COUNTY, FIRST_COUNTY, YES_OR_NO
from guiyan.engine.rules import Catalogue, CompiledMeasure, Measure, compile_measure

CONDITIONS = 5
THRESHOLDS = {
    "age_years": (18, 25, 30, 35, 45, 60),
    "business_registrations": (1, 2, 3),
    "months_in_operation": (6, 12, 24, 36),
    "jobs_led": (1, 2, 5, 10),
    "jobs_led_excluding_founder": (1, 2, 5),
    "guarantee_loan_yuan": (100_000, 300_000, 1_000_000),
}
YEARS = {
    "return_date": (2015, 2018, 2021, 2024),
    "graduation_date": (2010, 2015, 2020, 2023),
    "business_registered_on": (2018, 2021, 2023, 2025),
}
CODES = {
    "degree": ("college", "bachelor", "master", "doctor"),
    "founded_entity": ("individual", "company", "cooperative"),
}


def pool() -> dict[str, list[str]]:
    """Fact → conditions about it."""
    asked: dict[str, list[str]] = {name: [name, f"NOT {name}"] for name in YES_OR_NO}
    for name, limits in THRESHOLDS.items():
        asked[name] = [f"{name} {'<=' if place % 2 else '>='} {limit}" for place, limit in enumerate(limits)]
    for name, years in YEARS.items():
        asked[name] = [f"{name} >= '{year}-03-01'" for year in years]
    for name, codes in CODES.items():
        asked[name] = [f"{name} >= '{code}'" for code in codes]
    for name in ("hukou_region", "residence_region"):
        counties = [(FIRST_COUNTY + place * COUNTY) // COUNTY for place in range(1, COUNTIES, 2)]
        asked[name] = [f"region_in({name}, '{county}')" for county in counties]
    asked["gender"] = ["gender = 'female'", "gender = 'male'"]
    return asked


def distinct() -> int:
    return sum(map(len, pool().values()))


def made_measures(count: int, catalogue: Catalogue, seed: int = 1) -> list[CompiledMeasure]:
    """The first ones together ask every condition of the pool; all others draw from it."""
    return [compile_measure(measure, catalogue) for measure in declared(count, random.Random(seed))]


def declared(count: int, chance: random.Random) -> Iterator[Measure]:
    asked = pool()
    waiting = [(name, condition) for name, conditions in asked.items() for condition in conditions]
    chance.shuffle(waiting)
    for number in range(count):
        chosen: dict[str, str] = {}
        for name, condition in list(waiting):
            if name not in chosen and len(chosen) < CONDITIONS:
                chosen[name] = condition
                waiting.remove((name, condition))
        for name in chance.sample([name for name in asked if name not in chosen], CONDITIONS - len(chosen)):
            chosen[name] = chance.choice(asked[name])
        yield measure(number, list(chosen.values()), 500 * chance.randint(1, 100))


def measure(number: int, conditions: list[str], yuan: int) -> Measure:
    written = {f"c{place}": {"label": f"条件{place}", "when": when} for place, when in enumerate(conditions)}
    version = {"from": "2020-01-01", "conditions": written, "benefit": {"kind": "grant", "amount_yuan": str(yuan)}}
    content = {
        "id": f"made-{number:03}",
        "title": f"测量用政策{number}",
        "for": "person",
        "clause": {"document": "bench", "plan": "bench", "section": "bench"},
        "strength": "shall",
        "versions": [version],
    }
    return Measure.model_validate(content)
