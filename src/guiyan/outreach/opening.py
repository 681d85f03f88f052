"""The words that a trigger declares for whom it finds, filled in from the arrival and its clock."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.accounts.offices import unit_by_id
from guiyan.kernel import releases, workflow
from guiyan.kernel.calendar import short_day
from guiyan.outreach.models import Arrival
from guiyan.packs import Pack

CONTACT = "contact"


@dataclass(frozen=True)
class Opening:
    title: str
    text: str
    sms: str


def opening_of(arrival: Arrival) -> Opening:
    """As it stands now: with the helper of today, and the day by which she is contacted."""
    pack = releases.release(arrival.release)
    trigger, office = pack.triggers[arrival.trigger], unit_by_id(arrival.unit_id)
    words = trigger.message if arrival.helper_id else trigger.message_alone
    clock = next((one for one in workflow.clocks(arrival) if one.id == CONTACT), None)
    told = {
        "firm": arrival.name,
        "helper": arrival.helper_name,
        "phone": arrival.helper_phone or phone_of(pack, office.code),
        "days": str(clock.allowed if clock else ""),
        "by": short_day(clock.due_on) if clock and clock.due_on else "",
        "office": office.short_name or office.name,
    }
    # The folded lines of the file are joined by blanks, which Chinese has none of.
    return Opening(*("".join(text.split()).format(**told) for text in (words.title, words.opening, words.sms)))


def phone_of(pack: Pack, unit: str) -> str:
    """The office's own, else the city's line for advice; empty where neither is declared."""
    own = pack.units[unit].phone if unit in pack.units else ""
    advice = pack.city.contacts.get("advice")
    return own or (advice.value if advice else "")
