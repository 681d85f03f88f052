"""What a recognition makes possible: the award to apply for next, or how far that is."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from guiyan.cases import queries, states
from guiyan.cases.queries import Case
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.policies import queries as policies
from guiyan.portal.measures.words import measure_words


@dataclass(frozen=True)
class AwardStep:
    """A button below what was decided; `open`: nothing was applied for yet."""

    verb: str
    href: str
    open: bool


def award_step(actor: Actor, case: Case) -> AwardStep | None:
    """None unless it is recognised and its item opens another that can be applied for today."""
    item = releases.current().items.get(case.item)
    rule = item.membership if item is not None else None
    if case.state != states.RECOGNISED or rule is None or not rule.opens:
        return None
    award = releases.current().items[rule.opens]
    own = next((one for one in queries.my_cases(actor) if _is_it(one, award.id, case)), None)
    if own is not None:
        return AwardStep("看奖补办到哪一步", reverse("portal:case", args=[own.number]), False)
    live = policies.live_measure(award.measure)
    if live is None:
        return None
    said = measure_words(live, calendar.today())
    return AwardStep(f"{said.verb} {said.amount}".rstrip(), reverse("portal:apply", args=[award.id]), True)


def _is_it(one: Case, item: str, case: Case) -> bool:
    """A request for the award, for the same firm, that stands in the way of a second one."""
    same = one.item == item and one.beneficiary_id == case.beneficiary_id
    return same and bool(one.number) and one.state not in states.MAY_ASK_AGAIN
