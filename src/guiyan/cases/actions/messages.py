"""Messages: the applicant has read one."""

from __future__ import annotations

from django.db import transaction

from guiyan.cases.models import Message
from guiyan.cases.permissions import is_own
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound


@transaction.atomic
def mark_read(actor: Actor, *, message: Message) -> None:
    """Remember when the applicant first read it."""
    if not is_own(actor, message.subject_id):
        raise NotFound
    Message.objects.filter(pk=message.pk, read_at=None).update(read_at=calendar.now())
