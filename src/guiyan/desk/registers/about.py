"""A record of a journal that is added from the page of whom it is about: `?about=`."""

from __future__ import annotations

from guiyan.accounts.web import ActingRequest
from guiyan.kernel.numbers import whole
from guiyan.packs.register import Register
from guiyan.registers import queries


def about_asked(request: ActingRequest, register: Register) -> queries.EntryView | None:
    """The entry from whose page a record of a journal is added, or None."""
    asked = whole(request.GET.get("about", ""))
    if register.journal is None or asked is None:
        return None
    to = register.fields[register.journal.about].refers_to
    return queries.entry_view(request.actor, to.register_, asked) if to is not None else None


def filled_in(register: Register, about: queries.EntryView | None) -> frozenset[str]:
    """What follows from the entry, and is not asked: whom it is about, and where."""
    if about is None or register.journal is None:
        return worked_out(register)
    return frozenset({register.journal.about, register.region_field})


def worked_out(register: Register) -> frozenset[str]:
    """What follows from other fields of a booking, and is not asked: how long it is."""
    slots = register.answers.slots if register.answers is not None else None
    return frozenset({slots.hours}) if slots is not None and slots.hours is not None else frozenset()


def draft_key(subject_id: int, about: queries.EntryView | None) -> int:
    """What is typed about one must not turn up about another: new records are kept apart by whom they are about."""
    return -about.subject_id if about is not None and subject_id == 0 else subject_id
