"""The verdicts for whoever asks: what registers hold counts before what is told, and only the rest is asked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from guiyan.cases.queries import Case
from guiyan.engine.rules import Fact, ScreenResult, next_question
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.policies import queries as policies
from guiyan.policies.queries import LiveMeasure
from guiyan.portal.screening.received import own_cases, received_by
from guiyan.portal.screening.told import ORGANISATION, PERSON, Told
from guiyan.registers import queries as registers
from guiyan.registers.queries import FactRow, Subject


@dataclass(frozen=True)
class Screening:
    """Everything a page of the screening shows."""

    on: date
    live: dict[str, LiveMeasure]
    held: dict[str, FactRow]
    told: Told
    results: list[ScreenResult]
    own: dict[str, Case]  # measure -> her request that stands in the way of a second one
    checked_received: bool
    asked: frozenset[str]  # the facts that the measures in force ask at all
    firms: list[Subject]  # hers, for whom it may be instead
    firm: Subject | None  # the one it is about; None for herself, or for a firm nobody named

    @property
    def open(self) -> list[str]:
        """The facts that may still be asked, in the order in which the measures name them."""
        facts = (fact for each in self.results for fact in (*each.missing, *each.amount_missing))
        return [fact for fact in dict.fromkeys(facts) if fact not in self.told.unsure and askable(fact)]

    @property
    def next(self) -> str | None:
        """What the city asks first, then the question that settles most; None when no question is left."""
        open_facts = set(self.open)
        if first := next((fact for fact in releases.current().city.ask_first if fact in open_facts), None):
            return first
        narrowed = [
            replace(
                each,
                missing=tuple(x for x in each.missing if x in open_facts),
                amount_missing=tuple(x for x in each.amount_missing if x in open_facts),
            )
            for each in self.results
        ]
        return next_question(narrowed, releases.current().catalogue)

    @property
    def settled(self) -> int:
        return sum(each.verdict != "unknown" for each in self.results)

    def waiting_for(self, fact: str) -> list[ScreenResult]:
        """The undecided measures that this fact helps to decide, or whose amount it settles."""
        return [each for each in self.results if fact in (*each.missing, *each.amount_missing)]

    def may_ask(self, fact: str) -> bool:
        return fact in self.asked and fact not in self.held and askable(fact)


def screening_for(actor: Actor, told: Told) -> Screening:
    """Screen with what is held of a signed-in resident, or of her firm, and what was told here."""
    firms = firms_of(actor)
    firm = next((one for one in firms if one.pk == told.firm), None) if told.kind == ORGANISATION else None
    about = firm.pk if firm is not None else actor.subject_id if told.kind == PERSON else None
    held = held_of(about)
    live = {one.measure.id: one for one in policies.live_measures(told.kind)}
    facts = {**told.answers, **{name: row.value for name, row in held.items()}}
    known: dict[str, object] = {name: value for name, value in facts.items() if given(name)}
    own = own_cases(actor, firm.pk if firm is not None else None)
    if about is not None:
        known["received"] = received_by(about, own)
    today = calendar.today()
    results = policies.screen_answers(known, told.kind, today) if live else []
    checked = about is not None
    return Screening(today, live, held, told, results, own, checked, facts_asked(live, today), firms, firm)


def firms_of(actor: Actor) -> list[Subject]:
    """The firms a signed-in resident founded and runs."""
    if actor.subject_id is None:
        return []
    with entered(Scope.system()):
        return registers.firms_of(actor.subject_id)


def held_of(about: int | None) -> dict[str, FactRow]:
    """What the registers hold of whom it is about. A person's firms' entries lie outside her own scope."""
    if about is None:
        return {}
    with entered(Scope.system()):
        rows = registers.facts_with_sources(about, calendar.today())
    return {row.fact: row for row in rows if row.value is not None and given(row.fact)}


def facts_asked(live: dict[str, LiveMeasure], on: date) -> frozenset[str]:
    ready = releases.current().compiled
    versions = (ready[name].version_on(on) for name in live)
    return frozenset(fact for version in versions if version for fact in (*version.facts, *version.amount_facts))


def fact_of(name: str) -> Fact | None:
    return releases.current().facts.get(name)


def given(name: str) -> bool:
    """Whether rules take the fact as given; derived ones they work out."""
    fact = fact_of(name)
    return fact is not None and fact.derive is None


def askable(name: str) -> bool:
    fact = fact_of(name)
    return fact is not None and fact.derive is None and fact.question is not None and fact.type != "map"
