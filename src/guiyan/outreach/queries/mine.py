"""A resident's own messages of policies, and what she chose."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.outreach import states
from guiyan.outreach.models import ChannelChoice, Message, Telling
from guiyan.outreach.opening import opening_of
from guiyan.outreach.wording import Told, told_of


def my_messages(actor: Actor) -> QuerySet[Message]:
    """Newest first; empty for whoever is no resident."""
    rows = Message.objects.filter(subject_id__in=actor.subject_ids, shown=True)
    return rows.order_by("-id")


def unread_count(actor: Actor) -> int:
    return my_messages(actor).filter(opened_at=None)[:99].count()


def my_message(actor: Actor, message_id: int) -> Message:
    found = my_messages(actor).select_related("arrival").filter(pk=message_id).first()
    if found is None:
        raise NotFound("没有找到这条消息。")
    return found


def measures_in(message: Message) -> list[tuple[Telling, Told]]:
    """What the message tells of, as it stood on the run's day, with what was answered."""
    pack = releases.release(message.release)
    rows = Telling.objects.filter(message=message).order_by("pk")
    return [(row, told_of(pack, row.measure, message.day)) for row in rows]


@dataclass(frozen=True)
class FirstHelp:
    """Who helps with a first registration, as it stands today. contacted: whether she was called on already."""

    firm: str
    firm_id: int | None
    opening: str
    label: str
    name: str
    phone: str
    contacted: bool


def first_help_in(message: Message) -> FirstHelp | None:
    """None for a message of a run."""
    arrival = message.arrival
    if arrival is None:
        return None
    pack = releases.release(arrival.release)
    opening, relation = opening_of(arrival), pack.relations[pack.triggers[arrival.trigger].relation]
    return FirstHelp(
        arrival.name,
        arrival.firm_id,
        opening.text,
        relation.label,
        arrival.helper_name,
        arrival.helper_phone,
        arrival.contacted_at is not None,
    )


def my_telling(actor: Actor, message_id: int, measure: str) -> Telling:
    rows = Telling.objects.filter(message_id=message_id, measure=measure, subject_id__in=actor.subject_ids)
    found = rows.filter(message__shown=True).first()
    if found is None:
        raise NotFound("没有找到这项政策。")
    return found


def choices_for(actor: Actor) -> dict[str, bool]:
    """Channel → whether it may be used."""
    said = ChannelChoice.objects.filter(subject_id__in=actor.subject_ids).order_by("at")
    return {**states.DEFAULT_CHOICE, **{row.channel: row.wanted for row in said}}
