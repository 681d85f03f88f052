"""What the actor can do with a batch now."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.accounts.permissions import decide
from guiyan.cases.money_words import yuan
from guiyan.cases.queries import Batch, batch_offers
from guiyan.kernel.actors import Actor


@dataclass(frozen=True)
class Offer:
    """One button of the action bar; `confirm` is asked before it is done."""

    verb: str
    label: str
    kind: str
    key: str
    confirm: str
    reason_if_not: str


LOOKS = {
    "recheck": ("复核通过", "primary", "A"),
    "sign": ("签批", "primary", "A"),
    "request_payment": ("申请拨付", "primary", "A"),
    "enrol": ("作出认定", "primary", "A"),
    "return_to_open": ("退回汇总", "plain", "R"),
    "cancel": ("取消批次", "danger", ""),
}


def offers_for(actor: Actor, batch: Batch) -> list[Offer]:
    """Verbs this state allows and this post permits; who may not because of an earlier step reads why."""
    found = []
    for offer in batch_offers(actor, batch):
        if offer.verb in LOOKS and offer.permission and decide(actor, offer.permission, batch).allowed:
            label, kind, key = LOOKS[offer.verb]
            found.append(Offer(offer.verb, label, kind, key, effect_words(batch, offer.verb), offer.reason_if_not))
    order = list(LOOKS)
    return sorted(found, key=lambda one: order.index(one.verb))


def effect_words(batch: Batch, verb: str) -> str:
    """What follows, said before the click."""
    sums = f"{batch.line_count}件，共{yuan(batch.total_fen)}" if batch.measure else f"{batch.line_count}件"
    then = "申请拨付" if batch.measure else "作出认定"
    return {
        "recheck": f"{sums}。复核后由另外的人签批，复核人不能再签批。",
        "sign": f"{sums}。签批后立即公示，公示期满没有异议的{then}。签批不能撤回。",
        "request_payment": f"把公示期满、没有异议的办件报县财政拨付。本批{sums}。",
        "enrol": "公示期满、没有异议的作出认定，入库、编号、发证书，告诉申请单位。认定不能撤回。",
        "return_to_open": "退回汇总人更正，不影响办件本身。",
        "cancel": "取消后全部办件回到待汇总，可以重新汇总。",
    }.get(verb, "")
