"""`guiyan bench questions [--people N]`: how many questions settle every measure, against asking all of them.

People of the register's generator answer; what it does not make up (loans, credit) is drawn with fixed shares. The
reference in the same run asks whatever is missing first, in the order in which the measures name it. Half of the people
are counted for the weights, the others are asked.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from guiyan.engine.rules import CompiledMeasure, ScreenResult, next_question, screen
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.dates import full_years
from guiyan.engine.rules.questions import NOBODY, Weights
from guiyan.packs import Pack, find_pack, load_pack
from guiyan.registers.sample.people import Place, SamplePerson, people

ON = date(2026, 6, 8)
SEED = 2025
Facts = dict[str, Any]
Choose = Callable[[Sequence[ScreenResult]], str | None]


def run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/guiyan bench questions", description="平均要问几个问题。")
    parser.add_argument("--people", type=int, default=2000, help="多少人（默认2000）")
    count = parser.parse_args(argv).people
    pack = load_pack(find_pack("xianning"))
    measures = [one for one in pack.compiled.values() if one.measure.kind == "person"]
    everybody = list(sample(pack, count))
    weights, asked = Weights.counted(pack.catalogue, everybody[::2]), everybody[1::2]
    every = {fact for one in measures for fact in one.versions[-1].facts if pack.facts[fact].question is not None}
    averages = {
        "asked": average(measures, asked, by_weights(pack.catalogue, weights)),
        "asked_without_population": average(measures, asked, by_weights(pack.catalogue, NOBODY)),
        "reference_in_order": average(measures, asked, in_order(pack.catalogue)),
    }
    ratio = round(averages["asked"] / len(every), 3)
    print(json.dumps({"people": len(asked), "measures": len(measures), "all": len(every), **averages, "ratio": ratio}))
    return 0


def by_weights(catalogue: Catalogue, weights: Weights) -> Choose:
    return lambda results: next_question(results, catalogue, weights)


def in_order(catalogue: Catalogue) -> Choose:
    def first(results: Sequence[ScreenResult]) -> str | None:
        return next((fact for each in results for fact in each.missing), None)

    return first


def average(measures: Sequence[CompiledMeasure], asked: Sequence[Facts], choose: Choose) -> float:
    """Questions a person. Whoever answered the same is asked the same, so the choice is made once for them."""
    chosen: dict[frozenset[tuple[str, Any]], str | None] = {}
    total = 0
    for person in asked:
        known: Facts = {}
        while True:
            answered = frozenset(known.items())
            if answered not in chosen:
                results = screen(measures, known, on=ON, kind="person", assume_none_received=True)
                chosen[answered] = choose(results)
            fact = chosen[answered]
            if fact is None:
                break
            known[fact] = person[fact]
        total += len(known)
    return round(total / len(asked), 2)


def sample(pack: Pack, count: int) -> Iterator[Facts]:
    places = [
        Place(one.code, one.name, one.code // 1_000_000 * 1_000_000, one.short_name)
        for one in pack.regions.values()
        if one.level == "village"
    ]
    for who in people(count, seed=SEED, places=places, last_day=ON):
        yield facts_of(who, Random(f"{SEED}:answers:{who.serial}"))


def facts_of(who: SamplePerson, random: Random) -> Facts:
    """All that a person could be asked. Whoever founded nothing answers with today and with nobody."""
    firm = who.firms[-1] if who.firms else None
    graduated = date(who.birth_date.year + 22, 6, 30)
    return {
        "age_years": full_years(who.birth_date.toordinal(), ON.toordinal()),
        "is_returnee": who.returned_on is not None,
        "is_graduate": who.degree != "none",
        "graduation_date": min(graduated, ON - timedelta(days=1)).isoformat(),
        "business_registrations": len(who.firms),
        "business_registered_on": (firm.registered_on if firm else ON).isoformat(),
        "jobs_led_excluding_founder": firm.jobs_led - 1 if firm else 0,
        "guarantee_loan_yuan": random.choice((0, 50_000, 100_000, 150_000, 200_000, 300_000)),
        "recommended_by_incubator": random.random() < 0.05,
        "bank_rated_unsecured": random.random() < 0.15,
        "is_second_startup": len(who.firms) > 1,
        "operation_stable": random.random() < 0.8,
        "credit_ok": random.random() < 0.95,
    }
