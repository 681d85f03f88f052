"""What somebody's first registration sets off, in one transaction of one job: measures found, a helper, a message."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from guiyan.accounts.offices import unit_by_id
from guiyan.cases import queries as cases
from guiyan.engine.rules import ScreenResult
from guiyan.kernel import audit, calendar, failpoints, jobs, releases, workflow
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.turns import take_turn
from guiyan.outreach import states
from guiyan.outreach.actions.telling import SMS, SMS_ALONE, deliver, told_before, version_start
from guiyan.outreach.models import Arrival, ArrivalMeasure, Message, Telling
from guiyan.outreach.opening import opening_of
from guiyan.outreach.wording import list_of, told_of
from guiyan.packs import Pack
from guiyan.policies import queries as policies
from guiyan.registers import actions as registers_actions
from guiyan.registers.queries import Helper

SHOWN = ("yes", "unknown")


@transaction.atomic
def follow(arrival_id: int) -> None:
    """Do it once: whoever comes second finds it done. Within the system scope."""
    arrival = Arrival.objects.select_for_update().filter(pk=arrival_id, state=states.RECEIVED).first()
    if arrival is None:
        return
    take_turn("outreach.tell")  # a run must not tell the same person of the same measure at the same moment
    pack = releases.release(arrival.release)
    found = found_for(arrival, pack)
    helper = registers_actions.give_nearest(
        SYSTEM,
        kind=pack.triggers[arrival.trigger].relation,
        subject_id=arrival.served_id,
        region=arrival.region,
        reason=pack.triggers[arrival.trigger].label,
    )
    arrival.followed_at = calendar.now()
    arrival.untold = "" if arrival.subject_id else states.NOBODY_TO_TELL
    helped_by(arrival, helper)
    arrival.save()
    arrival = workflow.advance(arrival, "match" if helper else "leave_open", actor=SYSTEM)
    if arrival.subject_id:
        tell_first(arrival, pack, [row for row in found if row.verdict == "yes" and not row.untold])
    failpoints.hit("arrival_followed")
    detail: dict[str, audit.Value] = {"found": sum(row.verdict == "yes" for row in found), "helper": helper is not None}
    audit.record(SYSTEM, "arrival.follow", arrival.ref, region=arrival.region, detail=detail)


def helped_by(arrival: Arrival, helper: Helper | None) -> None:
    """What pages and messages say of the helper."""
    if helper is not None:
        arrival.helper_id, arrival.helper_name = helper.subject_id, helper.name[:120]
        arrival.helper_phone, arrival.helper_account = helper.phone[:40], helper.account[:80]


def found_for(arrival: Arrival, pack: Pack) -> list[ArrivalMeasure]:
    """The person's and the firm's measures: what fits, and what waits for a fact; what was told before says so."""
    both = ((arrival.subject_id, "person"), (arrival.firm_id, "organisation"))
    whom = [(about, kind) for about, kind in both if about]
    ids = [about for about, _ in whom]
    before, asked = told_before(ids), cases.measures_asked_for(ids)
    rows = []
    for about, kind in whom:
        for result in screened(about, kind, arrival):
            start = version_start(pack.compiled[result.id], arrival.day)
            why = states.TOLD_BEFORE if (about, result.id, start) in before else ""
            why = states.UNDER_WAY if (about, result.id) in asked else why
            rows.append(row_of(arrival, about, kind, result, why))
    return ArrivalMeasure.objects.bulk_create(rows)


def screened(about: int, kind: str, arrival: Arrival) -> list[ScreenResult]:
    """What registers hold of somebody by now, this registration among it, and what she was given before."""
    facts = {**policies.known_facts(about, arrival.day), "received": sorted(cases.received_before(about))}
    known = {name: value for name, value in facts.items() if value is not None}
    return [one for one in policies.screen_answers(known, kind, arrival.day) if one.verdict in SHOWN]


def row_of(arrival: Arrival, about: int, kind: str, result: ScreenResult, why: str) -> ArrivalMeasure:
    return ArrivalMeasure(
        arrival=arrival,
        about_id=about,
        about_kind=kind,
        measure=result.id,
        verdict=result.verdict,
        missing=list(result.missing),
        amount_fen=result.amount_max_fen if result.verdict == "yes" else None,
        untold=why,
        subject_id=arrival.subject_id,
        region=arrival.region,
    )


def tell_first(arrival: Arrival, pack: Pack, found: Sequence[ArrivalMeasure]) -> Message:
    """One message, whatever was found: who helps, and the measures nobody told her of yet."""
    told = [(told_of(pack, row.measure, arrival.day), row.about_kind == "organisation") for row in found]
    opening, office = opening_of(arrival), unit_by_id(arrival.unit_id)
    message = Message.objects.create(
        arrival=arrival,
        subject_id=arrival.subject_id or 0,
        about_id=arrival.subject_id or 0,
        release=arrival.release,
        day=arrival.day,
        firm=arrival.name,
        title=opening.title[:120],
        body="\n".join([opening.text, *list_of(told, arrival.name), office.name]),
        at=calendar.now(),
        region=arrival.region,
    )
    Telling.objects.bulk_create(telling_of(message, row, pack) for row in found)
    deliver(None, [message])
    jobs.defer(SMS_ALONE, once_while_waiting=SMS_ALONE, one_at_a_time=SMS)
    return message


def telling_of(message: Message, row: ArrivalMeasure, pack: Pack) -> Telling:
    return Telling(
        message=message,
        about_id=row.about_id,
        subject_id=message.subject_id,
        measure=row.measure,
        version_from=version_start(pack.compiled[row.measure], message.day),
        amount_fen=row.amount_fen,
        region=message.region,
    )
