"""What the actor can do with a case: verbs its state allows and the post permits, in the action bar's order."""

from __future__ import annotations

from dataclasses import dataclass, replace

from guiyan.accounts.permissions import decide
from guiyan.cases.actions import amount_range
from guiyan.cases.permissions import may_urge
from guiyan.cases.queries import CasePage
from guiyan.kernel.actors import Actor
from guiyan.kernel.workflow import VerbOffer


@dataclass(frozen=True)
class Offer:
    """kind: how the button looks. own_page: the step needs more than an opinion, so it has a page of its own."""

    verb: str
    label: str
    kind: str
    key: str
    own_page: bool
    opinion: str
    reason_if_not: str
    confirm: str


# verb -> (label, kind, key, own page, what the opinion starts with, what is asked before it is done)
LOOKS: dict[str, tuple[str, str, str, bool, str, str]] = {
    "accept": ("受理", "primary", "A", False, "材料齐全，予以受理。", "受理后各单位同时核验，不能撤回。"),
    "pass_review": ("同意", "primary", "A", False, "经核对，符合条件，同意发放。", "同意后占用资金，等待汇总签批。"),
    "refer": ("送银行和担保机构", "primary", "A", True, "经审核，符合申请条件。", ""),
    "resume": ("结束补充核查", "primary", "A", False, "补充核查完成。", ""),
    "take_back_acceptance": ("撤回受理", "plain", "", True, "", ""),
    "take_back_review": ("撤回审核", "plain", "", True, "", ""),
    "take_back_return": ("撤回退回", "plain", "", True, "", ""),
    "request_supplement": ("退回补正", "plain", "R", True, "", ""),
    "return_to_checks": ("退回核验", "plain", "R", True, "", ""),
    "return_to_review": ("退回审核", "plain", "R", True, "", ""),
    "transfer": ("转办", "plain", "T", True, "", ""),
    "consult": ("加签", "plain", "", True, "", ""),
    "suspend": ("补充核查", "plain", "", True, "", ""),
    "recall": ("收回送审", "plain", "", True, "", ""),
    "urge": ("催办", "plain", "", True, "", ""),
    "confirm_account": ("确认新账户", "primary", "A", True, "新账户与银行卡照片一致。", ""),
    "return_account": ("退回重新更正", "plain", "R", True, "", ""),
    "close": ("办结", "primary", "A", False, "", ""),
    "refuse_acceptance": ("不予受理", "danger", "", True, "", ""),
    "refuse": ("不予发放", "danger", "", True, "", ""),
    "end_unlent": ("告知没有贷到", "danger", "", True, "", ""),
    "start_recovery": ("开始追回", "danger", "", True, "", ""),
}
APPLICANTS = {"resubmit": "帮申请人补正", "correct_account": "更正收款账户", "withdraw": "帮申请人撤回"}


def offers_for(actor: Actor, page: CasePage) -> list[Offer]:
    """Verbs of officers, in the bar's order. What a state or a post does not allow isn't shown.

    审办分离, and that somebody else has it in hand, are shown as the reason why not. A flow's own ways back that are
    not named above come with the plain look; 转办 and 加签 are for whoever may do the step, 催办 for the others.
    """
    standing = {offer.verb: offer for offer in page.offers if _permitted(actor, offer, page)}
    why_not = {name: offer.reason_if_not for name, offer in standing.items()} | _acts(actor, page, standing)
    looks = (
        LOOKS
        | _looks_of(page)
        | {name: (one.label, "plain", "", True, "", "") for name, one in standing.items() if _plain(name, one)}
    )
    found = [
        Offer(verb, label, kind, key, own_page, opinion, why_not[verb], confirm)
        for verb, (label, kind, key, own_page, opinion, confirm) in looks.items()
        if verb in why_not
    ]
    found = [_with_hits(one, page) for one in found]
    names = list(looks)
    return sorted(found, key=lambda one: ({"primary": 0, "danger": 2}.get(one.kind, 1), names.index(one.verb)))


def _with_hits(offer: Offer, page: CasePage) -> Offer:
    """A yes to somebody who is on a list: nothing is written for the officer, and the question names the lists."""
    on = "、".join(row.title for row in page.comparisons if row.matched)
    if offer.verb != "pass_review" or not on:
        return offer
    return replace(offer, opinion="", confirm=f"名单比对到：{on}。请先核对清楚。{offer.confirm}")


def _looks_of(page: CasePage) -> dict[str, tuple[str, str, str, bool, str, str]]:
    """What reads otherwise by what the case ends in: recognitions hold no money, an amount in a range is decided."""
    if not page.case.measure:
        yes = (
            "同意",
            "primary",
            "A",
            False,
            "经核验和评审，符合条件，同意认定。",
            "同意后列入拟认定名单，等待汇总签批。",
        )
        return {"pass_review": yes, "refuse": ("不予认定", "danger", "", True, "", "")}
    if amount_range(page.case) is not None:
        return {"pass_review": ("同意", "primary", "A", True, "", "")}
    return {}


def _permitted(actor: Actor, offer: VerbOffer, page: CasePage) -> bool:
    if not offer.permission or not decide(actor, offer.permission, page.case).allowed:
        return False
    return offer.verb != "request_supplement" or page.supplement is None


def _plain(name: str, offer: VerbOffer) -> bool:
    return name not in LOOKS and bool(offer.back or offer.undoes)


def _acts(actor: Actor, page: CasePage, standing: dict[str, VerbOffer]) -> dict[str, str]:
    """Act → why not. Whoever has the step in hand may hand it on or ask; whoever waits for it may urge."""
    handles = any(not one.undoes for one in standing.values())
    wanted = {"transfer", "consult"} if handles else {"urge"} if may_urge(actor, page.case) else set[str]()
    return {name: why_not for name, why_not in page.acts.items() if name in wanted}


def applicant_offers(actor: Actor, page: CasePage) -> list[tuple[str, str]]:
    """What the counter, or the helper who entered it, may do for the applicant now: verb and label."""
    mine = actor.user_id is not None and page.case.entered_by_id == actor.user_id
    if not mine and not decide(actor, "case.enter", page.case).allowed:
        return []
    return [(verb, label) for verb, label in APPLICANTS.items() if any(offer.verb == verb for offer in page.offers)]
