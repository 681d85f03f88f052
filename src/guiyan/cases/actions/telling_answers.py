"""Telling whoever asked about a published entry that the office has replied."""

from __future__ import annotations

from guiyan.cases.models import Message
from guiyan.kernel import calendar
from guiyan.registers import queries as registers

ABOUT = "answer"


def tell_replied(note_id: int) -> Message:
    """The words of the reply are in it, cut where a message ends; the page of the answer has them whole."""
    said, register, title = registers.answer_note(note_id)
    state = registers.level_words(register, said.level)
    return Message.objects.create(
        subject_id=said.holder_id,
        about=f"{ABOUT}:{register.id}:{said.subject_id}",
        kind="answer_replied",
        title=f"{title}：有回复了，{state}"[:120],
        body=said.text[:600],
        at=calendar.now(),
        region=said.region,
    )
