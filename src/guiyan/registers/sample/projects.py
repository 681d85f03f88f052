"""Invented projects and carriers: what the indicators of investment and of parks count, county by county."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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
PER_YEAR = (("chushang", 9), ("returnee", 6), ("alumni", 4))
"""Kind of project, how many a county signs in a year."""
MILLIONS = {"chushang": (18, 240), "returnee": (18, 90), "alumni": (18, 160)}
"""Planned investment by kind, in million yuan, from and to."""
GROWTH_PERCENT, GIVEN_UP, FEW = 9, 0.05, 8
OLDEST_DAYS, AHEAD_DAYS, QUIET_DAYS = 660, 60, 21
IN_ZONE = 4  # every so many projects of a county with a zone lie in the zone
COMPLETED, STEP_FEN = "completed_investment", 1_000_000
CARRIERS = (
    (("park", "provincial", 900), ("park", "municipal", 400), ("base", "county", 0), ("incubator", "municipal", 300)),
    (("park", "municipal", -40), ("street", "county", 0)),
    (("park", "municipal", 500),),
    (("base", "municipal", 200), ("street", "county", 0), ("incubator", "county", 0)),
    (("park", "provincial", -60), ("park", "municipal", 700), ("street", "county", 0)),
    (("base", "county", 0),),
)
"""County by county: kind, grade, and in how many days the recognition ends (0: it does not, less: it has ended)."""
OTHERS = (
    ("alumni-base", "municipal", 5),
    ("roadshow", "municipal", 4),
    ("research", "provincial", 14),
    ("makerspace", "county", 6),
)
"""Kind, grade, and how many the city has of it, one county after the other."""
RECOGNITIONS = {("park", "municipal"): "returnee-park-municipal", ("incubator", "municipal"): "incubator-municipal"}
RESERVED_FIRMS = 995_000
"""Firm numbers from here on are never drawn for the sample's founders."""
KIND_NAMES = {"park": "返乡创业园", "base": "返乡创业基地", "street": "返乡创业街区", "incubator": "创业孵化基地"}
KIND_NAMES |= {
    "alumni-base": "校友孵化基地",
    "roadshow": "路演中心",
    "research": "工程技术研究中心",
    "makerspace": "众创空间",
}


@dataclass(frozen=True)
class Planned:
    """One project of a year's pattern: signed on which day of the year, for how many million yuan."""

    day: int
    millions: int
    is_given_up: bool


def fill_projects(pack: Pack, until: date, invested_fen: Mapping[int, int] | None = None) -> dict[str, int]:
    """Projects of this year and the last in every stage, and carriers of every grade; never beside those there are.

    invested_fen: county -> what its returnees' projects have completed by now, together.
    """
    counties = [code for code, region in sorted(pack.regions.items()) if region.level == "county"]
    found = in_proportion(list(projects(pack, counties, until)), invested_fen or {})
    made = {}
    for name, reports in (("project", iter(found)), ("carrier", carriers(pack, counties, until))):
        if name in pack.registers and not table_of(pack, name)._default_manager.exists():
            made[name] = bring_in(pack, name, list(reports))
    return made


def bring_in(pack: Pack, name: str, reports: Sequence[Report]) -> int:
    take(pack, pack.registers[name], reports, region=pack.city.region)
    detail = {"register": name, "count": str(len(reports))}
    audit.record(SYSTEM, "register.seed", f"pack:{pack.city.id}", region=pack.city.region, detail=detail)
    return len(reports)


def projects(pack: Pack, counties: Sequence[int], until: date) -> Iterator[Report]:
    """Each county's projects follow one pattern of days and sums year after year, a little more each year."""
    random, number = Random(pack.city.region + 1), 0
    for place, county in enumerate(counties):
        for kind, count in PER_YEAR:
            pattern = [planned(random, kind, until) for _ in range(count)]
            for year in range(until.year - 2, until.year + 1):
                for one in pattern + more_of(pattern, place, year - until.year):
                    signed_on = date(year, 1, 1) + timedelta(days=one.day)
                    if until - timedelta(days=OLDEST_DAYS) <= signed_on <= until + timedelta(days=AHEAD_DAYS):
                        number += 1
                        millions = one.millions * (100 + GROWTH_PERCENT * (year - until.year)) // 100
                        dated = replace(one, millions=millions)
                        yield project(pack, random, county, kind, signed_on, dated, until, number)


def planned(random: Random, kind: str, until: date) -> Planned:
    """Nothing is signed or started in the weeks after `until`, so that a year is like the year before up to then."""
    day, last = random.randrange(365), until.timetuple().tm_yday
    quiet = any(first <= day <= first + QUIET_DAYS for first in (last, last - GAP_DAYS[2]))
    millions = random.randint(*MILLIONS[kind])
    return Planned((day + QUIET_DAYS + 1) % 365 if quiet else day, millions, random.random() < GIVEN_UP)


def more_of(pattern: Sequence[Planned], place: int, year: int) -> list[Planned]:
    """What this year brings beyond the pattern: one more early in the year in every second county.

    year: 0 for this one, below for those before.
    """
    return [Planned(20 + 9 * place, 40, False)] if year == 0 and place % 2 == 0 and len(pattern) > FEW else []


def project(
    pack: Pack, random: Random, county: int, kind: str, signed_on: date, planned: Planned, until: date, number: int
) -> Report:
    """One that signs on a day; a day to come leaves it in an earlier stage."""
    day, dates = signed_on - timedelta(days=sum(GAP_DAYS[:2])), {}
    for stage, gap in zip(STAGES, (*GAP_DAYS, 0), strict=True):
        if day > until:
            break
        dates[stage], day = day, day + timedelta(days=gap)
    stage = "dropped" if planned.is_given_up else list(dates)[-1]
    word, trade = random.choice(PLACE_WORDS), random.choice(list(TRADES.values()))[0]
    zone = next((one.code for one in pack.regions.values() if one.level == "zone" and one.parent == county), None)
    region = pack.regions[zone if zone and number % IN_ZONE == 0 else county]
    values: dict[str, Value] = {
        "name": f"{region.name}{word}{trade}项目",
        "number": f"XM{signed_on.year}-{number:04d}",
        "region": region.code,
        "kind": kind,
        "stage": stage,
        "industry": trade,
        "investor": f"{random.choice(PLACE_WORDS)}集团（示例）",
        "owner_unit": f"{region.name}招商和投资促进局",
        "planned_investment": planned.millions * MILLION_FEN,
        **{f"{one}_on": on for one, on in dates.items()},
    }
    if "started" in dates and stage != "dropped":
        share = min(90, 25 + (until - dates["started"]).days // 3)
        values |= {"completed_investment": planned.millions * MILLION_FEN * share // 100}
        values |= {"completed_until": last_month_end(until), "jobs": random.randint(8, 160)}
    return Report(values, "bureau", until - timedelta(days=number % 40))


def in_proportion(reports: Sequence[Report], invested_fen: Mapping[int, int]) -> list[Report]:
    """Returnees' projects made larger or smaller, so that a county's have completed together what is given for it."""
    raw: dict[int, int] = defaultdict(int)
    for one in reports:
        raw[county_of(one)] += number_of(one, COMPLETED) if one.values["kind"] == "returnee" else 0
    return [sized(one, raw, invested_fen) if one.values["kind"] == "returnee" else one for one in reports]


def sized(one: Report, raw: Mapping[int, int], invested_fen: Mapping[int, int]) -> Report:
    """Both sums in whole 10,000 yuan."""
    county = county_of(one)
    if county not in invested_fen or not raw[county]:
        return one
    sums = [name for name in ("planned_investment", COMPLETED) if name in one.values]
    smaller = {name: number_of(one, name) * invested_fen[county] // raw[county] // STEP_FEN * STEP_FEN for name in sums}
    return replace(one, values={**one.values, **smaller})


def county_of(one: Report) -> int:
    return number_of(one, "region") // 10**6 * 10**6


def number_of(one: Report, name: str) -> int:
    value = one.values.get(name) or 0
    assert isinstance(value, int)
    return value


def carriers(pack: Pack, counties: Sequence[int], until: date) -> Iterator[Report]:
    random, number = Random(pack.city.region + 2), 0
    for place, county in enumerate(counties):
        for kind, grade, days in CARRIERS[place % len(CARRIERS)]:
            number += 1
            yield carrier(pack, random, county, kind, grade, days, until, number)
    for kind, grade, count in OTHERS:
        for place in range(count):
            number += 1
            yield carrier(pack, random, counties[place % len(counties)], kind, grade, 0, until, number)


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
