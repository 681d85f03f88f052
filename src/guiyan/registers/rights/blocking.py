"""Blocking, unblocking and erasing: entries leave the registers; reports stay, or are emptied for ever."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q

from guiyan.kernel.calendar import now
from guiyan.packs.pack import Pack
from guiyan.registers import states
from guiyan.registers.models import (
    Block,
    DataRequest,
    EntryDraft,
    Hat,
    LevelChange,
    LinkageKey,
    LinkageRow,
    LinkageWaiting,
    PersonLink,
    Relation,
    SearchTerm,
    Subject,
    SubjectKey,
    SurveyVisit,
)
from guiyan.registers.rights.restoring import ENDED
from guiyan.registers.rights.shutting import shut
from guiyan.registers.tables import table_of
from guiyan.registers.writing.entries import leave
from guiyan.registers.writing.take import reproject

NAMELESS = "（已删除）"
GONE = "（内容已删除）"


def block_subjects(
    pack: Pack, subject_ids: Sequence[int], *, basis: str, by_label: str, request: DataRequest | None, erased: bool
) -> list[Block]:
    """Take all entries of these subjects out of the registers. In the system's scope; the caller asked permission.

    Standing relations that officers gave end today. A subject blocked already stays as it is, or is erased now.
    """
    subjects = list(Subject.objects.select_for_update().filter(pk__in=list(subject_ids)).order_by("pk"))
    return [_block(pack, one, basis, by_label, request, erased) for one in subjects]


def _block(pack: Pack, subject: Subject, basis: str, by_label: str, request: DataRequest | None, erased: bool) -> Block:
    hats = [name for name in names_of_hats(subject.pk) if name in pack.registers]
    earlier = Block.objects.filter(subject_id=subject.pk, lifted_at=None).first()
    if earlier is not None:
        earlier.erased, earlier.registers = erased or earlier.erased, sorted({*earlier.registers, *hats})
        earlier.save(update_fields=["erased", "registers"])
        block = earlier
    else:
        block = Block.objects.create(
            subject_id=subject.pk,
            request=request,
            registers=hats,
            erased=erased,
            basis=basis[:200],
            at=now(),
            by_label=by_label[:80],
            region=subject.region,
        )
    shut(block)
    for name in hats:
        leave(pack.registers[name], [subject.pk])
    SearchTerm.objects.filter(subject_id=subject.pk).delete()
    end_given(subject.pk, by_label)
    compare_no_longer(subject.pk)
    waiting = SurveyVisit.objects.filter(subject_id=subject.pk, standing=states.VISIT_DUE)
    waiting.update(standing=states.VISIT_UNREACHED, reason=ENDED, at=now())
    return block


def names_of_hats(subject_id: int) -> list[str]:
    return list(Hat.objects.filter(subject_id=subject_id).order_by("register").values_list("register", flat=True))


def compare_no_longer(subject_id: int) -> None:
    """Nobody new is held against her, and no pair with her waits for an officer."""
    for model in (LinkageRow, LinkageKey, LinkageWaiting):
        model._default_manager.filter(subject_id=subject_id).delete()
    pairs = PersonLink.objects.filter(Q(first_id=subject_id) | Q(second_id=subject_id))
    pairs.filter(verdict__in=(states.LINK_WAITING, states.LINK_ASIDE)).update(verdict=states.LINK_VOID)


def end_given(subject_id: int, by_label: str) -> int:
    """Whoever was given to her is so no longer."""
    moment = now()
    given = Relation.objects.filter(to_subject_id=subject_id, assigned_at__isnull=False, valid_to=None)
    return given.update(valid_to=moment.date(), ended_at=moment, ended_by=by_label[:80], end_reason=ENDED)


def unblock_subjects(pack: Pack, subject_ids: Sequence[int], *, by_label: str) -> list[Block]:
    """Entries come back from their reports, each on the step it stood on. What was erased does not come back."""
    blocks = list(
        Block.objects.select_for_update().filter(subject_id__in=list(subject_ids), lifted_at=None, erased=False)
    )
    for block in blocks:
        block.keys.all().delete()
        block.lifted_at, block.lifted_by = now(), by_label[:80]
        block.save(update_fields=["lifted_at", "lifted_by"])
        for name in block.registers:
            if name in pack.registers:
                reproject(pack, pack.registers[name], [block.subject_id])
                stand_again(pack, name, block.subject_id)
    return blocks


def stand_again(pack: Pack, register: str, subject_id: int) -> None:
    last = LevelChange.objects.filter(register=register, subject_id=subject_id).order_by("-pk").first()
    if last is not None:
        table_of(pack, register)._default_manager.filter(subject_id=subject_id).update(level=last.after)
        Hat.objects.filter(register=register, subject_id=subject_id).update(level=last.after)


def erase_subjects(subject_ids: Sequence[int], *, keep_keys: bool) -> dict[str, int]:
    """Empty what was reported of blocked subjects, for ever; counts of what went.

    keep_keys: something is kept that rests on who she is; then the keys and the name stay with the blocked subject.
    """
    ids = list(subject_ids)
    counts = {"reports": emptied(ids), "drafts": EntryDraft.objects.filter(subject_id__in=ids).delete()[0]}
    counts["keys"] = 0
    counts["visits"] = SurveyVisit.objects.filter(subject_id__in=ids).update(answers={}, note="")
    DataRequest.objects.filter(subject_id__in=ids).update(claim=None, reason=GONE)
    if not keep_keys:
        counts["keys"] = SubjectKey.objects.filter(subject_id__in=ids).delete()[0]
        Subject.objects.filter(pk__in=ids).update(display_name=NAMELESS)
    return counts


def emptied(subject_ids: Sequence[int], function: str = "registers_empty_reports") -> int:
    with connection.cursor() as cursor:
        cursor.callproc(function, [list(subject_ids)])
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def answers_of(pack: Pack, subject_ids: Sequence[int], *, dealt: bool) -> list[int]:
    """What these people asked about published entries: with a deal recorded (dealt), or without one."""
    found: list[int] = []
    for register in pack.registers.values():
        if register.answers is not None:
            level = register.answers.deal.level if register.answers.deal else ""
            hers = Hat.objects.filter(register=register.id, holder_id__in=list(subject_ids))
            rows = hers.filter(level=level) if dealt else hers.exclude(level=level)
            found += rows.values_list("subject_id", flat=True) if level or not dealt else []
    return sorted(found)


def erase_answers(
    pack: Pack, subject_ids: Sequence[int], *, basis: str, by_label: str, request: DataRequest | None
) -> int:
    """Empty what she asked and what was written about it, but for deals, which are the office's own records."""
    answers = answers_of(pack, subject_ids, dealt=False)
    block_subjects(pack, answers, basis=basis, by_label=by_label, request=request, erased=True)
    erase_subjects(answers, keep_keys=False)
    emptied(answers, "registers_empty_notes")
    return len(answers)
