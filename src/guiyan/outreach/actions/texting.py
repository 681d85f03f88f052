"""Text messages of runs and arrivals: outside quiet hours, not too often, through the gateway, each taken by it once.

The key of a delivery is its id. A job killed after the gateway took a message asks again with the same key, and the
gateway answers as before without sending anything: see `gateway`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, QuerySet

from guiyan.accounts.offices import unit_by_id
from guiyan.kernel import calendar, failpoints, jobs, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.turns import take_turn
from guiyan.outreach import states
from guiyan.outreach.actions.telling import SMS, SMS_ALONE, choices_of, end_sending
from guiyan.outreach.gateway import Gateway, Rejected, Unreachable, gateway
from guiyan.outreach.models import Delivery, MatchRun, Message
from guiyan.outreach.opening import opening_of
from guiyan.outreach.quiet import is_quiet, rule
from guiyan.outreach.wording import sms_after, sms_of, told_of
from guiyan.registers import queries as registers

AT_ONCE = 20
PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
PURPOSE = "推送政策短信"


@transaction.atomic
def text_some(run_id: int) -> None:
    """The next few text messages of a run; it asks for itself again while some are due, and ends the run."""
    run = MatchRun.objects.select_for_update().filter(pk=run_id, state=states.SENDING).first()
    if run is None or run.told_all_at is None:
        return
    waiting = Delivery.objects.filter(run=run, outcome=states.WAITING)
    if not waiting.exists():
        end_sending(run)
        return
    now = calendar.now()
    if is_quiet(now, rule()):
        return  # the tick of the morning asks again
    due = list(waiting.filter(next_at__lte=now).select_related("message").order_by("id")[:AT_ONCE])
    reached = text(due, now)
    if due and reached:
        jobs.defer(SMS, once_while_waiting=f"{SMS}:{run.pk}", one_at_a_time=SMS, run_id=run.pk)


@transaction.atomic
def text_alone() -> None:
    """The next few text messages of arrivals; it asks for itself again while some are due."""
    take_turn(SMS_ALONE)
    now = calendar.now()
    if is_quiet(now, rule()):
        return
    due = list(waiting_alone().filter(next_at__lte=now).select_related("message").order_by("id")[:AT_ONCE])
    if due and text(due, now):
        jobs.defer(SMS_ALONE, once_while_waiting=SMS_ALONE, one_at_a_time=SMS)


def waiting_alone() -> QuerySet[Delivery]:
    return Delivery.objects.filter(run=None, outcome=states.WAITING)


def text(due: Sequence[Delivery], now: datetime) -> bool:
    """Send these, or say of each why not. False where the gateway cannot be reached: the rest waits."""
    peer = gateway()
    readers = {row.subject_id for row in due}
    wants, lately = choices_of(readers), sent_lately(readers, now)
    phones = registers.phones_of(SYSTEM, sorted(readers), PURPOSE) if due else {}
    texts = texts_of([row.message for row in due])
    for row in due:
        why = why_not(row, wants, lately, phones, peer)
        if why:
            settle(row, states.SUPPRESSED, why, now)
            continue
        assert peer is not None
        if not hand_over(row, peer, phones[row.subject_id], texts[row.message_id], now):
            return False
        lately[row.subject_id] += 1
    return True


def why_not(
    row: Delivery,
    wants: Mapping[int, Mapping[str, bool]],
    lately: Mapping[int, int],
    phones: Mapping[int, str],
    peer: Gateway | None,
) -> str:
    """Consent is asked again at the last moment: it may have been taken back since."""
    if not wants[row.subject_id][states.SMS]:
        return states.NO_CONSENT
    if lately[row.subject_id] >= rule().sms_most:
        return states.TOO_OFTEN
    if row.subject_id not in phones:
        return states.NO_PHONE
    return "" if peer is not None else states.NO_GATEWAY


def hand_over(row: Delivery, peer: Gateway, phone: str, words: str, now: datetime) -> bool:
    row.attempts += 1
    try:
        row.receipt = peer.send(key=f"guiyan-{row.pk}", to=phone, text=words)
    except Rejected as refused:
        settle(row, states.FAILED, str(refused), now)
        return True
    except Unreachable as silent:
        if row.attempts > len(PAUSES):
            settle(row, states.FAILED, str(silent), now)
        else:
            row.next_at, row.reason = now + PAUSES[row.attempts - 1], str(silent)[:120]
            row.save(update_fields=["attempts", "next_at", "reason"])
        return False
    failpoints.hit("text_taken")
    settle(row, states.DELIVERED, "", now)
    Message.objects.filter(pk=row.message_id, told_at=None).update(told_at=now)
    return True


def settle(row: Delivery, outcome: str, reason: str, now: datetime) -> None:
    row.outcome, row.reason, row.done_at, row.next_at = outcome, reason[:120], now, None
    row.save(update_fields=["outcome", "reason", "done_at", "next_at", "attempts", "receipt"])


def sent_lately(readers: set[int], now: datetime) -> Counter[int]:
    """Reader → how many text messages she got within the days that count."""
    since = now - timedelta(days=rule().sms_days)
    rows = Delivery.objects.filter(
        subject_id__in=readers, channel=states.SMS, outcome=states.DELIVERED, done_at__gt=since
    )
    return Counter(dict(rows.values_list("subject_id").annotate(sent=Count("id"))))


def texts_of(messages: Sequence[Message]) -> dict[int, str]:
    """Message → its short form."""
    rows = Message.objects.filter(pk__in=[one.pk for one in messages]).select_related("run", "arrival")
    return {one.pk: short_form(one) for one in rows.prefetch_related("tellings")}


def short_form(message: Message) -> str:
    pack = releases.release(message.release)
    told = [told_of(pack, one.measure, message.day) for one in message.tellings.all()]
    if message.arrival is not None:
        office = unit_by_id(message.arrival.unit_id)
        return sms_after(opening_of(message.arrival).sms, told, office.short_name or office.name)
    assert message.run is not None, "a message is of a run or of an arrival"
    office = unit_by_id(message.run.unit_id)
    return sms_of(told, office.short_name or office.name, "单位" if message.run.kind == "organisation" else "")
