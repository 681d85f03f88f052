"""转办: a case, or one check, goes to a colleague or to a unit of the same kind. The clock goes on."""

from __future__ import annotations

from django.db import transaction

from guiyan.cases import receivers_of_work as work
from guiyan.cases import states
from guiyan.cases.actions.moving import locked
from guiyan.cases.models import Case, CaseCheck
from guiyan.cases.permissions import refuse_own, require_checker, require_step
from guiyan.kernel import audit, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most


@transaction.atomic
def transfer_case(actor: Actor, *, case: Case, to: str, reason: str) -> Case:
    """Put the present stage into other hands. to: the key of a `Receiver` among those who may take it."""
    case = locked(case)
    require_step(actor, case, work.permissions_now(case))
    receiver = chosen(work.for_case(case, actor), to)
    reason = at_most(reason, 300, "转办的理由")
    workflow.hand_over(
        case,
        actor=actor,
        to_unit=receiver.unit_id,
        to_user=receiver.user_id,
        to_label=receiver.label,
        reason=reason,
    )
    audit.record(actor, "case.transfer", case.ref, region=case.region, detail=who(receiver))
    return case


@transaction.atomic
def transfer_check(actor: Actor, *, check: CaseCheck, to: str, reason: str) -> CaseCheck:
    """Put one check into other hands; its day stays. What the unit was shown goes with it."""
    require_checker(actor, check)
    refuse_own(actor, [check.subject_id], "转办")
    reason = at_most(reason, 300, "转办的理由")
    if not reason:
        raise Refused("请写明转办的理由。", "reason")
    with entered(Scope.system()):
        case = locked(check.case)
        row = CaseCheck.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=check.pk).first()
        if row is None:
            raise NotFound
        require_checker(actor, row)
        if row.result or case.state != states.CHECKING:
            raise Refused("这一项已经办完，不用再转。", "answered")
        receiver = chosen(work.for_check(row), to)
        if (receiver.unit_id, receiver.user_id) == (row.unit_id, row.handler_id):
            raise Refused(f"这一项已经在{receiver.label}手里，不用再转。", "already_there")
        workflow.hand_step(
            case, row.check_id, actor=actor, to_unit=receiver.unit_id, to_label=receiver.label, reason=reason
        )
        row.unit_id, row.handler_id = receiver.unit_id, receiver.user_id
        row.handler_label = receiver.label if receiver.user_id else ""
        row.save(update_fields=["unit", "handler_id", "handler_label"])
        audit.record(actor, "check.transfer", f"check:{row.pk}", region=row.region, detail=who(receiver))
    return row


def chosen(known: list[work.Receiver], key: str) -> work.Receiver:
    """The receiver of that key, who may take it; Refused for anybody else."""
    found = next((one for one in known if one.key == key), None)
    if found is None:
        raise Refused("不能交给这个人或单位：请从名单里选能办这一步的人。", "receiver")
    return found


def who(receiver: work.Receiver) -> dict[str, int | None]:
    return {"unit": receiver.unit_id, "user": receiver.user_id}
