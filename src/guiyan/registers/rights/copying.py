"""A copy of all that is held: asked for by herself, made behind, kept sealed, fetched once, destroyed."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from guiyan.kernel import audit, crypto, jobs, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.models import DataCopy, Subject
from guiyan.registers.queries.subjects import known_as
from guiyan.registers.rights.asking import own_id
from guiyan.registers.rights.copy_contents import contents_of

MAKE = "registers.make_copy"
SEAL = "registers.copy"


@transaction.atomic
def ask_copy(actor: Actor) -> DataCopy:
    """One at a time: whoever asks again while one waits to be made or fetched gets that one."""
    subject_id = own_id(actor)
    if actor.user_id is None:
        raise NotFound
    with entered(Scope.system()):
        waiting = open_copies(actor.user_id).first()
        if waiting is not None:
            return waiting
        region = Subject.objects.filter(pk=subject_id).values_list("region", flat=True).first()
        copy = DataCopy.objects.create(
            subject_id=subject_id,
            user_id=actor.user_id,
            asked_at=now(),
            region=region or releases.current().city.region,
        )
        audit.record(actor, "data.copy.ask", f"data_copy:{copy.pk}", region=copy.region)
        jobs.defer(MAKE, once_while_waiting=f"{MAKE}:{copy.pk}", copy_id=copy.pk)
        return copy


def open_copies(user_id: int) -> QuerySet[DataCopy]:
    """Of one account: neither fetched nor out of date."""
    rows = DataCopy.objects.filter(user_id=user_id, fetched_at=None, failed="")
    return rows.exclude(expires_at__lte=now()).order_by("-pk")


def copy_of(actor: Actor) -> DataCopy | None:
    """The newest of one's own; in her own scope."""
    return DataCopy.objects.filter(user_id=actor.user_id or 0).defer("sealed").order_by("-pk").first()


def make_copy(copy_id: int) -> None:
    """Gather, pack and seal; nothing where that was done. In the system's scope, in the job's transaction."""
    copy = DataCopy.objects.select_for_update().get(pk=copy_id)
    if copy.made_at is not None:
        return
    moment = now()
    content = contents_of(known_as(copy.subject_id), copy.user_id, moment)
    copy.sealed = crypto.encrypt(SEAL, b64encode(content).decode())
    copy.size, copy.made_at = len(content), moment
    copy.expires_at = moment + timedelta(days=releases.current().city.data_rights.copy_days)
    copy.save(update_fields=["sealed", "size", "made_at", "expires_at"])


@transaction.atomic
def fetch_copy(actor: Actor, *, copy_id: int) -> bytes:
    """The zip, for the account that asked and nobody else, once; then it is gone. Its address opens nothing else."""
    with entered(Scope.system()):
        copy = DataCopy.objects.select_for_update().filter(pk=copy_id, user_id=actor.user_id or 0).first()
        if copy is None or copy.subject_id not in actor.subject_ids:
            raise NotFound
        if copy.fetched_at is not None:
            raise Refused("这份副本已经下载过了，要用请重新申请。", "fetched")
        if copy.sealed is None:
            raise Refused("副本还没有做好。" if copy.made_at is None else "副本已过期，请重新申请。", "not-there")
        if copy.expires_at is not None and copy.expires_at <= now():
            raise Refused("副本已过期，请重新申请。", "expired")
        content = b64decode(crypto.decrypt(SEAL, bytes(copy.sealed)))
        copy.sealed, copy.fetched_at = None, now()
        copy.save(update_fields=["sealed", "fetched_at"])
        audit.record(actor, "data.copy.fetch", f"data_copy:{copy.pk}", region=copy.region)
        return content


def sweep_copies(moment: datetime) -> None:
    """What nobody fetched in time is destroyed."""
    DataCopy.objects.filter(expires_at__lte=moment).exclude(sealed=None).update(sealed=None)
