"""Mandates (委托书): a helper acts only for somebody who signed, who confirmed it, and for as long as that runs."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from guiyan.accounts.permissions import decide, require
from guiyan.cases import declared
from guiyan.cases.actions.telling import tell_mandate
from guiyan.cases.models import Mandate, Message
from guiyan.cases.permissions import is_own
from guiyan.engine.rules.dates import years_after
from guiyan.kernel import audit, calendar, files
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import long_day
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.registers import queries as registers

PAPER = frozenset({"pdf", "jpg", "png"})
MEBIBYTE = 1024 * 1024


@transaction.atomic
def give_mandate(
    actor: Actor,
    *,
    subject_id: int,
    item: str,
    valid_to: date,
    name: str,
    content: bytes,
    valid_from: date | None = None,
) -> Mandate:
    """Keep the signed paper; it becomes usable when the resident confirms it."""
    person = registers.subject(subject_id)
    require(actor, "case.help", person, unit=None, subject=None)
    begins = valid_from or calendar.today()
    if valid_to < begins:
        raise Refused("委托的到期日应在开始日以后。", "dates")
    if valid_to > (last := a_year_after(begins)):
        raise Refused(f"委托最长一年，到期日请填{long_day(last)}或以前的日子，到期可以重新签。", "dates")
    title = declared.what_for(item)
    helper_id, unit_id = _helper(actor)
    paper = files.store(
        actor,
        name=name,
        content=content,
        purpose="mandate",
        region=person.region,
        subject_id=subject_id,
        allowed=set(PAPER),
        max_bytes=10 * MEBIBYTE,
    )
    mandate = Mandate.objects.create(
        helper_id=helper_id,
        helper_label=actor.label,
        helper_unit_id=unit_id,
        subject_id=subject_id,
        subject_name=person.display_name,
        signed_file=paper,
        item=item,
        valid_from=begins,
        valid_to=valid_to,
        given_at=calendar.now(),
        region=person.region,
    )
    audit.record(actor, "mandate.give", f"mandate:{mandate.pk}", region=mandate.region)
    tell_mandate(mandate, f"{actor.label}（{title}）")
    return mandate


def a_year_after(day: date) -> date:
    """The same day of the next year: the longest a mandate may run. After a 29 February, the 28th."""
    return date.fromordinal(years_after(day.toordinal(), 1))


def _helper(actor: Actor) -> tuple[int, int]:
    """The account and the unit of the helper: a mandate is given to a person in a post."""
    unit_id = next((grant.unit_id for grant in actor.grants if "case.help" in grant.permissions), None)
    if actor.user_id is None or unit_id is None:
        raise NotAllowed
    return actor.user_id, unit_id


@transaction.atomic
def confirm_mandate(actor: Actor, *, mandate: Mandate) -> Mandate:
    """The resident says yes, herself in the app, or in person at the counter. Never the helper who holds it."""
    row = _locked(mandate)
    way = "app" if is_own(actor, row.subject_id) else "counter"
    if way == "counter":
        require(actor, "case.enter", row)
        if actor.user_id == row.helper_id:
            raise Refused("代办人不能替委托人确认。", "own-mandate")
    if row.ended_at is not None:
        raise Refused("委托已终止，请重新签委托书。", "ended")
    if row.confirmed_at is None:
        row.confirmed_at, row.confirmed_by_id, row.confirmed_way = calendar.now(), actor.user_id, way
        row.save(update_fields=["confirmed_at", "confirmed_by_id", "confirmed_way"])
        _answered(row)
        audit.record(actor, "mandate.confirm", f"mandate:{row.pk}", region=row.region, detail={"way": way})
    return row


@transaction.atomic
def end_mandate(actor: Actor, *, mandate: Mandate, reason: str = "") -> Mandate:
    """End it at once: the resident takes it back or refuses it, the helper gives it up, or the counter is told to."""
    row = _locked(mandate)
    concerned = is_own(actor, row.subject_id) or actor.user_id == row.helper_id
    if not concerned and not decide(actor, "case.enter", row, unit=None, subject=None).allowed:
        raise NotFound
    if row.ended_at is None:
        row.ended_at, row.end_reason = calendar.now(), reason.strip()[:200]
        row.save(update_fields=["ended_at", "end_reason"])
        _answered(row)
        audit.record(actor, "mandate.end", f"mandate:{row.pk}", region=row.region)
    return row


def _answered(mandate: Mandate) -> None:
    """What asked her to confirm it asks no more."""
    Message.objects.filter(mandate=mandate, read_at=None).update(read_at=calendar.now())


def _locked(mandate: Mandate) -> Mandate:
    row = Mandate.objects.select_for_update().filter(pk=mandate.pk).first()
    if row is None:
        raise NotFound
    return row
