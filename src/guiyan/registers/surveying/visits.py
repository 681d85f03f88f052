"""Taking in what officers wrote down at doors: each record by itself, each once, each with an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import GuiyanError, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.turns import take_turn
from guiyan.registers.models import SentRecord
from guiyan.registers.queries.rounds import RECORD
from guiyan.registers.surveying.records import LATE, TAKEN, WRONG, Answer, Sent, Unreadable, sent
from guiyan.registers.surveying.taking import Taking

MOST = 50


def take_records(actor: Actor, raw: Sequence[object]) -> list[Answer]:
    """One answer a record, in their order. A record that can't be taken leaves the others alone."""
    require(actor, RECORD)
    if len(raw) > MOST:
        raise Refused(f"一次最多{MOST}条。", "rows")
    answers = [one_record(actor, one) for one in raw]
    detail: dict[str, audit.Value] = {"records": len(raw), "taken": sum(x.outcome in (TAKEN, LATE) for x in answers)}
    audit.record(actor, "visit.send", f"user:{actor.user_id}", detail=detail)
    return answers


def one_record(actor: Actor, raw: object) -> Answer:
    number = str(raw.get("number", ""))[:40] if isinstance(raw, dict) else ""
    try:
        record = sent(raw)
        with transaction.atomic():
            return take_once(actor, record)
    except Unreadable as wrong:
        return Answer(number, WRONG, wrong.words)
    except NotFound:
        return Answer(number, WRONG, "这一户不在您的走访范围里，没有收。")
    except GuiyanError as refusal:
        return Answer(number, WRONG, refusal.message)


def take_once(actor: Actor, record: Sent) -> Answer:
    """The same record again gets the answer it got."""
    take_turn(f"sent:{record.number}")
    with entered(Scope.system()):
        before = SentRecord.objects.filter(pk=record.number).first()
    if before is not None:
        if before.user_id != actor.user_id or bytes(before.digest) != record.digest:
            return Answer(str(record.number), WRONG, "这个编号已经用在另一条记录上，没有收。请删掉这条，重新记。")
        return Answer(**{**before.answer, "clashes": tuple(before.answer["clashes"])})
    answer, round_id, region = Taking(actor, record).answer()
    if answer.outcome in (TAKEN, LATE):
        with entered(Scope.system()):
            SentRecord.objects.create(
                number=record.number,
                round_id=round_id,
                digest=record.digest,
                answer=asdict(answer),
                user_id=actor.user_id or 0,
                region=region,
                at=now(),
            )
    return answer
