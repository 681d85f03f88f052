"""What the reader of a run may do with it now, each with what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.accounts.permissions import decide
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor
from guiyan.outreach import states
from guiyan.outreach.models import MatchRun
from guiyan.outreach.permissions import APPROVE, RUN


@dataclass(frozen=True)
class Offer:
    """reason: whether one is asked for. why_not: why this reader may not, shown instead of the button."""

    verb: str
    label: str
    effect: str
    kind: str = "primary"
    reason: bool = False
    why_not: str = ""


SAME = "这次由您发起或报审，按审办分离的要求，要由另一名工作人员审核。"


def offers_for(actor: Actor, run: MatchRun) -> list[Offer]:
    runs, approves = bool(decide(actor, RUN, run)), bool(decide(actor, APPROVE, run))
    found: list[Offer] = []
    if runs and run.state == states.RUNNING and run.problem:
        found.append(Offer("retry", "接着匹配", "从没有算成的那个县接着算，算好的不重算。"))
    if runs and run.state == states.COMPUTED and run.people:
        effect = "报审以后由另一名工作人员审核；同意以前，谁也不会收到消息。"
        found.append(Offer("propose", "报请审核", effect))
    if approves and run.state == states.PROPOSED:
        own = bool(actor.persons & people_of(run))
        effect = f"同意以后，可以向{run.people:,}{run.counter}推送政策消息。"
        found.append(Offer("approve", "同意推送", effect, why_not=SAME if own else ""))
        if not own:
            found.append(Offer("send-back", "退回", "退给发起人，理由会显示在这一页。", "plain", reason=True))
    if runs and run.state == states.APPROVED:
        effect = (
            f"马上在“我的—政策消息”里告诉{run.people:,}{run.counter}，告诉过的收不回来；同意收短信的另发，夜里不发。"
        )
        found.append(Offer("send", "开始推送", effect))
    if runs and run.state not in (states.SENT, states.STOPPED):
        effect = "已经告诉的不变，没有发出的不再发。停止以后不能接着办，可以新建一次。"
        found.append(Offer("stop", "停止", effect, "danger", reason=True))
    return found


WAITING = {
    states.RUNNING: "正在算，算完再看结果。",
    states.COMPUTED: "等发起单位报请审核。",
    states.PROPOSED: "等另一名工作人员审核。",
    states.APPROVED: "等发起单位开始推送。",
    states.SENDING: "正在推送。",
    states.SENT: "都告诉过了。谁打开、谁申请，看兑现情况。",
    states.STOPPED: "已停止，可以新建一次。",
}


def waiting_for(run: MatchRun, offers: Sequence[Offer]) -> str:
    """What the run waits for, where it is not this reader who goes on with it."""
    return "" if any(offer.verb != "stop" for offer in offers) else WAITING[run.state]


def people_of(run: MatchRun) -> frozenset[int]:
    """Who began it or put it up."""
    acted = [entry for entry in workflow.history(run) if entry.verb in ("begin", "propose")]
    return frozenset(one for entry in acted for one in (entry.actor_id, entry.for_id) if one is not None)
