"""Invented projects and carriers: what the indicators of investment and of parks count, county by county."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random

from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM
from guiyan.packs.pack import Pack
from guiyan.registers.sample.names import PLACE_WORDS, TRADES
from guiyan.registers.sample.numbers import credit_code, pick_date
from guiyan.registers.tables import table_of
from guiyan.registers.values import Value
from guiyan.registers.writing import Report, take

MILLION_FEN = 100_000_000
STAGES = ("lead", "talk", "signed", "started", "producing")
GAP_DAYS = (45, 40, 70, 240)
"""From the lead to the talk, to the signature, to the start, to production: about so many days."""
PER_COUNTY = (("chushang", 8, 4), ("returnee", 4, 6), ("alumni", 3, 2))
"""Kind of project, how many signed in the year before, how many in this one up to the day."""
CARRIERS = (
    (("park", "provincial", 900), ("park", "municipal", 400), ("base", "county", 0), ("incubator", "municipal", 300)),
    (("park", "municipal", -40), ("street", "county", 0)),
    (("park", "municipal", 500),),
    (("base", "municipal", 200), ("street", "county", 0), ("incubator", "county", 0)),
    (("park", "provincial", -60), ("park", "municipal", 700), ("street", "county", 0)),
    (("base", "county", 0),),
)
"""County by county: kind, grade, and in how many days the recognition ends (0: it does not, less: it has ended)."""
RECOGNITIONS = {("park", "municipal"): "returnee-park-municipal", ("incubator", "municipal"): "incubator-municipal"}
RESERVED_FIRMS = 995_000
"""Firm numbers from here on are never drawn for the sample's founders."""
KIND_NAMES = {"park": "返乡创业园", "base": "返乡创业基地", "street": "返乡创业街区", "incubator": "创业孵化基地"}


def fill_projects(pack: Pack, until: date) -> dict[str, int]:
    """Projects of this year and the last in every stage, and carriers of every grade; never beside those there are."""
    counties = [code for code, region in sorted(pack.regions.items()) if region.level == "county"]
    made = {}
    for name, reports in (("project", projects(pack, counties, until)), ("carrier", carriers(pack, counties, until))):
        if name in pack.registers and not table_of(pack, name)._default_manager.exists():
            made[name] = bring_in(pack, name, list(reports))
    return made


def bring_in(pack: Pack, name: str, reports: Sequence[Report]) -> int:
    take(pack, pack.registers[name], reports, region=pack.city.region)
    detail = {"register": name, "count": str(len(reports))}
    audit.record(SYSTEM, "register.seed", f"pack:{pack.city.id}", region=pack.city.region, detail=detail)
    return len(reports)


def projects(pack: Pack, counties: Sequence[int], until: date) -> Iterator[Report]:
    random, number = Random(pack.city.region + 1), 0
    new_year = date(until.year, 1, 1)
    for county in counties:
        for kind, before, now in PER_COUNTY:
            days = [pick_date(random, new_year.replace(year=until.year - 1), new_year) for _ in range(before)]
            days += [pick_date(random, new_year, until) for _ in range(now)]
            for day in days:
                number += 1
                yield project(pack, random, county, kind, day, until, number)
        for ahead in (60, 20):
            number += 1
            yield project(pack, random, county, "chushang", until + timedelta(days=ahead), until, number)


def project(pack: Pack, random: Random, county: int, kind: str, signed_on: date, until: date, number: int) -> Report:
    """One that signs on a day; a day to come leaves it in an earlier stage. Every twentieth is given up."""
    day, dates = signed_on - timedelta(days=sum(GAP_DAYS[:2])), {}
    for stage, gap in zip(STAGES, (*GAP_DAYS, 0), strict=True):
        if day > until:
            break
        dates[stage], day = day, day + timedelta(days=gap)
    stage = "dropped" if number % 20 == 0 else list(dates)[-1]
    word, trade = random.choice(PLACE_WORDS), random.choice(list(TRADES.values()))[0]
    region, planned = pack.regions[county], random.randint(18, 240) * MILLION_FEN
    values: dict[str, Value] = {
        "name": f"{region.name}{word}{trade}项目",
        "number": f"XM{signed_on.year}-{number:04d}",
        "region": county,
        "kind": kind,
        "stage": stage,
        "industry": trade,
        "investor": f"{random.choice(PLACE_WORDS)}集团（示例）",
        "owner_unit": f"{region.name}招商和投资促进局",
        "planned_investment": planned,
        **{f"{one}_on": on for one, on in dates.items()},
    }
    if "started" in dates and stage != "dropped":
        share = min(90, 25 + (until - dates["started"]).days // 3)
        values |= {"completed_investment": planned * share // 100, "completed_until": last_month_end(until)}
        values["jobs"] = random.randint(8, 160)
    return Report(values, "bureau", until - timedelta(days=number % 40))


def carriers(pack: Pack, counties: Sequence[int], until: date) -> Iterator[Report]:
    random, number = Random(pack.city.region + 2), 0
    for place, county in enumerate(counties):
        for kind, grade, days in CARRIERS[place % len(CARRIERS)]:
            number += 1
            yield carrier(pack, random, county, kind, grade, days, until, number)


def carrier(
    pack: Pack, random: Random, county: int, kind: str, grade: str, days: int, until: date, number: int
) -> Report:
    """With days: recognised by a document, under its number, and run by a company that has a code."""
    built = pick_date(random, date(until.year - 5, 3, 1), date(until.year, 3, 1))
    values: dict[str, Value] = {
        "name": f"{pack.regions[county].name}{random.choice(PLACE_WORDS)}{KIND_NAMES[kind]}",
        "kind": kind,
        "grade": grade,
        "tier": "county",
        "region": county,
        "built_on": built,
        "operator_name": f"{random.choice(PLACE_WORDS)}园区运营公司（示例）",
    }
    if days:
        since = built + timedelta(days=30)
        values |= {"recognised_on": since, "valid_to": until + timedelta(days=days)}
        values |= {"number": f"ZT{since.year}-{number:04d}", "recognition": RECOGNITIONS.get((kind, grade))}
        values["operator_credit_code"] = credit_code("company", RESERVED_FIRMS + number)
    return Report(values, "shared", until - timedelta(days=10))


def last_month_end(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)
