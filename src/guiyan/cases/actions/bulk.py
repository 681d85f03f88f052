"""Many cases at once, each by its own single act: the same permission, the same reasons, the same records.

A short run is done at once; a long one goes on in a job, a few cases at a time, with the powers of whoever asked.
A case that is refused stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from guiyan.accounts.models import Deputy, User
from guiyan.accounts.queries import actor_of
from guiyan.accounts.scope import scope_of
from guiyan.accounts.standing_in import acting_as
from guiyan.cases import receivers_of_work as work
from guiyan.cases.actions.acceptance import accept_case
from guiyan.cases.actions.going_back import take_back
from guiyan.cases.actions.handing import chosen, transfer_case
from guiyan.cases.actions.urging import MOST_WORDS, urge_case
from guiyan.cases.models import BulkLine, BulkRun, Case
from guiyan.cases.queries.bulk import act_named, chosen_cases, receivers_for_all, refuse_too_many
from guiyan.kernel import audit, calendar, jobs, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import GuiyanError, NotAllowed, NotFound, Refused
from guiyan.kernel.scope import entered
from guiyan.kernel.texts import at_most, visible

AT_ONCE = 20
"""More than these go on in a job, so that nobody waits before a white page."""
JOB = "cases.bulk"


@transaction.atomic
def start_run(actor: Actor, *, act: str, case_ids: Sequence[int], key: UUID, words: str = "", to: str = "") -> BulkRun:
    """Do the act to each of these cases. key: of the preview; the same key a second time gives the first run."""
    offered = act_named(actor, act)
    refuse_too_many(case_ids)
    said = at_most(visible(words), MOST_WORDS if act == "urge" else 300, "说明")  # as the single act takes it
    cases = chosen_cases(actor, case_ids)
    if not cases:
        raise NotFound("选中的办件您都打不开。")
    label = _receiver(actor, cases, to).label if act == "transfer" else ""
    if act == "transfer" and not said:
        raise Refused("请写明转办的理由。", "words")
    run, is_new = BulkRun.objects.get_or_create(
        by_id=actor.user_id or 0,
        key=key,
        defaults={
            "act": offered.act,
            "words": said,
            "to": to if label else "",
            "to_label": label,
            "by_label": actor.label,
            "for_id": actor.stands_in_for,
            "at": calendar.now(),
        },
    )
    if not is_new:
        return run
    BulkLine.objects.bulk_create(BulkLine(run=run, case=case, by_id=run.by_id) for case in cases)
    audit.record(actor, "case.bulk", f"bulk:{run.pk}", detail={"act": act, "cases": len(cases)})
    _go_on(actor, run)
    return run


@transaction.atomic
def undo_run(actor: Actor, *, run: BulkRun) -> BulkRun:
    """Take back what of it still can be: each case by its own way back, under that way's conditions."""
    run = _locked(run)
    offered = act_named(actor, run.act)
    if not offered.undoable:
        raise Refused(f"批量{offered.label}不能一起撤回，请在办件里逐件处理。", "undo")
    if run.finished_at is None or run.undo_at is not None:
        return run
    run.undo_at, run.finished_at = calendar.now(), None
    run.save(update_fields=["undo_at", "finished_at"])
    audit.record(actor, "case.bulk_undo", f"bulk:{run.pk}")
    _go_on(actor, run)
    return run


@transaction.atomic
def carry_on(run_id: int) -> None:
    """The next few cases of a long run, as whoever asked for it; without their powers the rest is refused."""
    run = BulkRun.objects.select_for_update().get(pk=run_id)
    try:
        actor = _actor_again(run)
    except GuiyanError as over:
        _give_up(run, over.message)
        return
    with entered(scope_of(actor)):
        _go_on(actor, run, in_job=True)


def _go_on(actor: Actor, run: BulkRun, *, in_job: bool = False) -> None:
    waiting = _waiting(run)
    if waiting.count() <= AT_ONCE or in_job:
        for line in waiting[:AT_ONCE]:
            _settle(actor, run, line)
    if waiting.exists():
        jobs.defer(JOB, run_id=run.pk)
        return
    run.finished_at = calendar.now()
    run.save(update_fields=["finished_at"])


def _waiting(run: BulkRun) -> QuerySet[BulkLine]:
    rows = BulkLine.objects.filter(run=run).select_related("case", "case__unit").order_by("case_id")
    return rows.filter(outcome="") if run.undo_at is None else rows.filter(outcome="done", undone="")


def _settle(actor: Actor, run: BulkRun, line: BulkLine) -> None:
    """One case in a savepoint of its own: refused, it leaves nothing behind but the reason."""
    done = ACTS[run.act] if run.undo_at is None else _take_back
    try:
        with transaction.atomic():
            done(actor, run, line.case)
        outcome, why = "done", ""
    except GuiyanError as refusal:
        outcome, why = "refused", refusal.message[:400]
    if run.undo_at is None:
        line.outcome, line.why = outcome, why
    else:
        line.undone, line.why_not_undone = outcome, why
    line.save(update_fields=["outcome", "why", "undone", "why_not_undone"])


def _accept(actor: Actor, run: BulkRun, case: Case) -> None:
    accept_case(actor, case=case, opinion=run.words)


def _transfer(actor: Actor, run: BulkRun, case: Case) -> None:
    transfer_case(actor, case=case, to=run.to, reason=run.words)


def _urge(actor: Actor, run: BulkRun, case: Case) -> None:
    urge_case(actor, case=case, words=run.words)


ACTS: dict[str, Callable[[Actor, BulkRun, Case], None]] = {"accept": _accept, "transfer": _transfer, "urge": _urge}


def _take_back(actor: Actor, run: BulkRun, case: Case) -> None:
    case.refresh_from_db()
    verbs = workflow.flow_of(case).verbs
    way = next((name for name, verb in verbs.items() if verb.undoes == run.act and case.state in verb.source), None)
    if way is None:
        raise Refused(f"现在是“{case.state_label}”，不能撤回了。", "undo")
    take_back(actor, case=case, verb=way, reason="批量办理后撤回")


def _receiver(actor: Actor, cases: Sequence[Case], to: str) -> work.Receiver:
    """One who may take at least those that can be handed over; each case asks again."""
    movable = [case for case in cases if work.permissions_now(case)]
    return chosen(receivers_for_all(actor, movable), to)


def _locked(run: BulkRun) -> BulkRun:
    found = BulkRun.objects.select_for_update().filter(pk=run.pk).first()
    if found is None:
        raise NotFound
    return found


def _actor_again(run: BulkRun) -> Actor:
    user = User.objects.filter(pk=run.by_id, is_active=True).first()
    if user is None:
        raise NotAllowed("账号已经停用，剩下的没有办。")
    if run.for_id is None:
        return actor_of(user)
    row = Deputy.objects.filter(user=user, principal_id=run.for_id, ended_at=None).order_by("-id").first()
    if row is None:
        raise NotAllowed("代岗授权已经终止，剩下的没有办。")
    return acting_as(user, row.pk)


def _give_up(run: BulkRun, why: str) -> None:
    column, words = ("outcome", "why") if run.undo_at is None else ("undone", "why_not_undone")
    _waiting(run).update(**{column: "refused", words: why[:400]})
    run.finished_at = calendar.now()
    run.save(update_fields=["finished_at"])
