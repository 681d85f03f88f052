"""Filling the registers with a sample, through the same path that real reports take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from random import Random

from guiyan.accounts.models import User
from guiyan.kernel import audit
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.models import Subject
from guiyan.registers.sample import reports as reports_of
from guiyan.registers.sample.away import away_reports
from guiyan.registers.sample.heroes import Hero, heroes
from guiyan.registers.sample.lists import list_files
from guiyan.registers.sample.people import Place, SamplePerson, people
from guiyan.registers.writing import Report, take
from guiyan.registers.writing.identify import NewSubject, insert_subjects

PIECE, ZONE_VILLAGES = 5_000, 24
REPORTS: dict[str, Callable[[Register, SamplePerson, date], Iterator[Report]]] = {
    "person": reports_of.person_reports,
    "returnee": reports_of.returnee_reports,
    "away": away_reports,
    "firm": reports_of.firm_reports,
    "insured": reports_of.insured_reports,
}


@dataclass
class SampleSummary:
    people: int
    seed: int
    until: date
    reports: int = 0
    lists: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


def fill(
    pack: Pack, *, count: int, seed: int, until: date, tell: Callable[[int], None] = lambda done: None
) -> SampleSummary:
    """Put `count` invented people, their firms and returns into the registers. Filling again changes nothing.

    Pieces commit one by one, so an interrupted filling is simply repeated.
    """
    started = time.monotonic()
    summary = SampleSummary(count, seed, until)
    summary.reports += fill_heroes(pack, until)
    sample = people(count, seed=seed, places=places_of(pack), last_day=until)
    done = 0
    with list_files(pack, until) as lists:
        while piece := list(islice(sample, PIECE)):
            with entered(Scope.system()):
                summary.reports += take_people(pack, piece, until)
            lists.add(piece)
            done += len(piece)
            tell(done)
    summary.lists = lists.counts
    with entered(Scope.system()):
        detail = {"people": str(count), "seed": str(seed), "until": until.isoformat()}
        audit.record(SYSTEM, "register.seed", f"pack:{pack.city.id}", region=pack.city.region, detail=detail)
    summary.seconds = time.monotonic() - started
    return summary


def take_people(pack: Pack, piece: Sequence[SamplePerson], until: date) -> int:
    taken = 0
    for name, reports_for in REPORTS.items():
        register = pack.registers.get(name)
        if register is None:
            continue
        reports = [one for who in piece for one in reports_for(register, who, until)]
        take(pack, register, reports, region=pack.city.region)
        taken += len(reports)
    return taken


def fill_heroes(pack: Pack, until: date) -> int:
    """The demonstration's residents under their fixed ids, and their accounts led to them."""
    taken = 0
    with entered(Scope.system()):
        for hero in heroes(pack):
            make_known(pack, hero)
            taken += take_people(pack, [hero.person], until)
            User.objects.filter(username=hero.username, is_demo=True).update(subject_id=hero.subject_id)
    return taken


def make_known(pack: Pack, hero: Hero) -> None:
    """The subject comes first, with its key; the reports then find it by the number."""
    if Subject.objects.filter(pk=hero.subject_id).exists():
        return
    person = hero.person
    insert_subjects([(hero.subject_id, NewSubject("person", person.name, person.hukou_region))])
    register = pack.registers["person"]
    first = next(reports_of.person_reports(register, person, person.checked_on))
    take(pack, register, [Report(first.values, first.source, first.at, subject_id=hero.subject_id)], region=0)


def places_of(pack: Pack) -> list[Place]:
    """The lowest regions of the pack, in an order of their own: some are fuller than others."""
    inner = {region.parent for region in pack.regions.values()}
    lowest = [region for region in pack.regions.values() if region.code not in inner]
    places = []
    # A zone has no villages of its own in the pack; people live there as in so many of them.
    for region in [one for one in lowest for _ in range(ZONE_VILLAGES if one.level == "zone" else 1)]:
        county = pack.regions.get(region.code - region.code % 1_000_000, region)
        places.append(Place(region.code, region.name, county.code, county.name))
    Random(pack.city.region).shuffle(places)
    return places
