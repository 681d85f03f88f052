"""What residents do: open a message, answer a measure, choose the channels that may be used."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.outreach import states
from guiyan.outreach.models import ChannelChoice, Message, Telling
from guiyan.registers import queries as registers


@transaction.atomic
def open_message(actor: Actor, *, message: Message) -> None:
    """Remember when its reader first opened it."""
    require_own(actor, message.subject_id)
    opened = Message.objects.filter(pk=message.pk, opened_at=None).update(opened_at=calendar.now())
    if opened:
        audit.record(actor, "outreach.open", f"outreach_message:{message.pk}", region=message.region)


@transaction.atomic
def answer_measure(actor: Actor, *, telling: Telling, answer: str) -> Telling:
    """Keep what the reader says of one measure: she goes to apply, or does not want it. The last word counts."""
    require_own(actor, telling.subject_id)
    if answer not in states.ANSWERS:
        raise NotFound("没有这个选项。")
    telling = Telling.objects.select_for_update().get(pk=telling.pk)
    telling.answer, telling.answered_at = answer, calendar.now()
    telling.save(update_fields=["answer", "answered_at"])
    Message.objects.filter(pk=telling.message_id, opened_at=None).update(opened_at=calendar.now())
    where = f"outreach_message:{telling.message_id}"
    audit.record(actor, "outreach.answer", where, region=telling.region, detail={"answer": answer})
    return telling


@transaction.atomic
def choose_channels(actor: Actor, *, choices: Mapping[str, bool]) -> None:
    """Say of each channel whether it may be used from now on."""
    if actor.subject_id is None:
        raise NotFound("您的账号是工作人员账号，没有消息设置。")
    region = registers.subject(actor.subject_id).region
    for channel, wanted in choices.items():
        if channel not in states.CHANNELS:
            raise NotFound("没有这种消息方式。")
        ChannelChoice.objects.update_or_create(
            subject_id=actor.subject_id,
            channel=channel,
            defaults={"wanted": wanted, "at": calendar.now(), "region": region},
        )
    told = dict(choices.items())
    audit.record(actor, "outreach.choose", f"subject:{actor.subject_id}", region=region, detail=told)


def require_own(actor: Actor, subject_id: int) -> None:
    if subject_id not in actor.subject_ids:
        raise NotFound("没有找到这条消息。")
