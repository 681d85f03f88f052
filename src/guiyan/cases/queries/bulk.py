"""Many cases at once: which of them would be done, and why the others would not; a run as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from guiyan.accounts.permissions import decide, visible
from guiyan.cases import materials
from guiyan.cases import receivers_of_work as work
from guiyan.cases.models import BulkLine, BulkRun, Case
from guiyan.cases.permissions import URGING, may_urge, require_competence, require_step
from guiyan.cases.queries.lists import CaseFilters, cases_for
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.errors import GuiyanError, NotFound, Refused

MOST = 100
"""Cases of one run: as many as one can still read through before confirming."""
HANDLING = ("case.accept", "case.review")


@dataclass(frozen=True)
class BulkAct:
    """label: the verb; permissions: who is offered it at all; undoable: whether its flow has a way back."""

    act: str
    label: str
    permissions: tuple[str, ...]
    undoable: bool = False


ACTS = {
    one.act: one
    for one in (
        BulkAct("accept", "受理", ("case.accept",), undoable=True),
        BulkAct("transfer", "转办", HANDLING),
        BulkAct("urge", "催办", URGING),
    )
}


@dataclass(frozen=True)
class Chance:
    """One case before the run. why_not: empty when it would be done."""

    case: Case
    why_not: str


@dataclass(frozen=True)
class RunView:
    """A run with its lines in the order of the cases."""

    run: BulkRun
    act: BulkAct
    lines: Sequence[BulkLine]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def done(self) -> list[BulkLine]:
        return [one for one in self.lines if one.outcome == "done"]

    @property
    def refused(self) -> list[BulkLine]:
        return [one for one in self.lines if one.outcome == "refused"]

    @property
    def waiting(self) -> int:
        return sum(1 for one in self.lines if not one.outcome)

    @property
    def undone(self) -> list[BulkLine]:
        return [one for one in self.lines if one.undone == "done"]

    @property
    def is_running(self) -> bool:
        return self.run.finished_at is None

    @property
    def may_undo(self) -> bool:
        return self.act.undoable and not self.is_running and self.run.undo_at is None and bool(self.done)

    @property
    def to_do(self) -> int:
        """How many cases the present way, there or back, is about."""
        return self.total if self.run.undo_at is None else len(self.done)

    @property
    def settled(self) -> int:
        back = sum(1 for one in self.lines if one.undone)
        return self.total - self.waiting if self.run.undo_at is None else back


def acts_for(actor: Actor) -> list[BulkAct]:
    """What this actor is offered for many cases; each single case is still asked whether it may."""
    return [one for one in ACTS.values() if any(holds(actor, permission) for permission in one.permissions)]


def act_named(actor: Actor, name: str) -> BulkAct:
    found = next((one for one in acts_for(actor) if one.act == name), None)
    if found is None:
        raise NotFound("没有这种批量办理，或者您的岗位不能办。")
    return found


def chosen_cases(actor: Actor, ids: Sequence[int]) -> list[Case]:
    """Those the actor may open, in the order of their ids; the rest do not exist for them. At most `MOST`."""
    rows = visible(actor, "case.view", Case.objects.select_related("unit")).exclude(number="")
    return list(rows.filter(pk__in=list(ids)[: MOST + 1]).order_by("pk")[:MOST])


def matching_cases(actor: Actor, filters: CaseFilters) -> tuple[list[Case], int]:
    """The first `MOST` of the list with these filters, and how many there are."""
    page = cases_for(actor, filters, size=MOST)
    return sorted(page.rows, key=lambda case: case.pk), page.total


def chances(actor: Actor, act: BulkAct, cases: Sequence[Case]) -> list[Chance]:
    """Case by case whether it would be done now, by the rules of the single act. A few queries for each case."""
    return [Chance(case, why_not(actor, act, case)) for case in cases]


def why_not(actor: Actor, act: BulkAct, case: Case) -> str:
    try:
        return {"accept": _not_accepted, "transfer": _not_handed, "urge": _not_urged}[act.act](actor, case)
    except GuiyanError as refusal:
        return refusal.message


def _not_accepted(actor: Actor, case: Case) -> str:
    if not decide(actor, "case.accept", case):
        return "不在您受理的范围。"
    offer = next((one for one in workflow.allowed_verbs(case, actor) if one.verb == "accept"), None)
    if offer is None:
        return f"现在是“{case.state_label}”，不在受理环节。"
    if offer.reason_if_not:
        return offer.reason_if_not
    require_competence(actor, "case.accept", case)
    lacking = materials.lacking(case)
    return f"还缺{'、'.join(lacking)}，要先一次性告知补正。" if lacking else ""


def _not_handed(actor: Actor, case: Case) -> str:
    acts = workflow.allowed_acts(case, actor)
    if "transfer" not in acts:
        return f"现在是“{case.state_label}”，没有可以转的步骤。"
    require_step(actor, case, work.permissions_now(case))
    return acts["transfer"]


def _not_urged(actor: Actor, case: Case) -> str:
    if not may_urge(actor, case):
        return "不在您能催办的范围。"
    acts = workflow.allowed_acts(case, actor)
    return acts.get("urge", f"现在是“{case.state_label}”，没有要催的。")


def receivers_for_all(actor: Actor, cases: Sequence[Case]) -> list[work.Receiver]:
    """Those who may take every one of these cases; cases alike are looked up once."""
    alike = {
        (one.unit_id, one.item, one.state, one.region, one.accepted_by_id, one.accepted_for_id, one.handler_id): one
        for one in cases
    }
    common: list[work.Receiver] | None = None
    for case in alike.values():
        found = work.for_case(case, actor)
        common = found if common is None else [one for one in common if one in found]
    return common or []


def run_by_id(actor: Actor, run_id: int) -> RunView:
    """One's own run."""
    run = BulkRun.objects.filter(pk=run_id, by_id=actor.user_id or 0).first()
    if run is None:
        raise NotFound("没有找到这次批量办理。")
    return run_view(run)


def run_of(actor: Actor, key: UUID) -> BulkRun | None:
    """The run that was confirmed with this preview, if any."""
    return BulkRun.objects.filter(key=key, by_id=actor.user_id or 0).first()


def run_view(run: BulkRun) -> RunView:
    return RunView(run, ACTS[run.act], list(run.lines.select_related("case").order_by("case_id")))


def refuse_too_many(ids: Sequence[int]) -> None:
    if len(ids) > MOST:
        raise Refused(f"一次最多选{MOST}件，请分几次办。", "many")
    if not ids:
        raise Refused("请先在列表里选中办件。", "none")
