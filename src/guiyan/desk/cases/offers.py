"""What the actor can do with a case: verbs its state allows and the post permits, in the action bar's order."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.accounts.permissions import decide
from guiyan.cases.queries import CasePage
from guiyan.kernel.actors import Actor


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
    "resume": ("结束补充核查", "primary", "A", False, "补充核查完成。", ""),
    "request_supplement": ("退回补正", "plain", "R", True, "", ""),
    "return_to_checks": ("退回核验", "plain", "R", True, "", ""),
    "suspend": ("补充核查", "plain", "T", True, "", ""),
    "confirm_account": ("确认新账户", "primary", "A", True, "新账户与银行卡照片一致。", ""),
    "return_account": ("退回重新更正", "plain", "R", True, "", ""),
    "close": ("办结", "primary", "A", False, "", ""),
    "refuse_acceptance": ("不予受理", "danger", "", True, "", ""),
    "refuse": ("不予发放", "danger", "", True, "", ""),
    "start_recovery": ("开始追回", "danger", "", True, "", ""),
}
APPLICANTS = {"resubmit": "帮申请人补正", "correct_account": "更正收款账户", "withdraw": "帮申请人撤回"}


def offers_for(actor: Actor, page: CasePage) -> list[Offer]:
    """Verbs of officers. What a state or a post does not allow isn't shown; 审办分离 is shown with its reason."""
    standing = {offer.verb: offer for offer in page.offers}
    found = []
    for verb, (label, kind, key, own_page, opinion, confirm) in LOOKS.items():
        offer = standing.get(verb)
        if offer is None or not offer.permission or not decide(actor, offer.permission, page.case).allowed:
            continue
        if verb == "request_supplement" and page.supplement is not None:
            continue
        found.append(Offer(verb, label, kind, key, own_page, opinion, offer.reason_if_not, confirm))
    return found


def applicant_offers(actor: Actor, page: CasePage) -> list[tuple[str, str]]:
    """What the counter, or the helper who entered it, may do for the applicant now: verb and label."""
    mine = actor.user_id is not None and page.case.entered_by_id == actor.user_id
    if not mine and not decide(actor, "case.enter", page.case).allowed:
        return []
    return [(verb, label) for verb, label in APPLICANTS.items() if any(offer.verb == verb for offer in page.offers)]
