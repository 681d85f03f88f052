"""What the tests of changed rules start from: officers, drafts as far as they are wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.policies import actions
from guiyan.policies.models import RuleProposal

SUBSIDY, GRADUATE = "startup-subsidy", "graduate-startup-subsidy"
CASE = {
    "title": "新版本：返乡人员第一次办营业执照",
    "on": "2026-07-01",
    "facts": {"is_returnee": "true", "business_registrations": "1"},
    "verdict": "yes",
    "amount_yuan": "6000",
}


def helin() -> Actor:
    return actor_by_username("helin")


def yemin() -> Actor:
    return actor_by_username("yemin")


def begun(measure_id: str = SUBSIDY) -> RuleProposal:
    return actions.begin_rule(helin(), measure_id=measure_id)


def saved(proposal: RuleProposal, change: Callable[[dict[str, Any]], object], *cases: dict[str, Any]) -> RuleProposal:
    """`change` works on the content in place; the cases are added."""
    change(proposal.content)
    return actions.save_rule(
        helin(),
        proposal_id=proposal.pk,
        content=proposal.content,
        cases=[*proposal.cases, *cases],
        seen_version=proposal.version,
    )


def amount(yuan: str) -> Callable[[dict[str, Any]], object]:
    """Of the last version."""
    return lambda content: content["versions"][-1]["benefit"].update(amount_yuan=yuan)


def raised() -> RuleProposal:
    """5000 yuan become 6000 from tomorrow on."""
    return saved(begun(), amount("6000"), CASE)


def proposed(proposal: RuleProposal) -> RuleProposal:
    return actions.propose_rule(helin(), proposal_id=proposal.pk)


def approved(proposal: RuleProposal) -> RuleProposal:
    return actions.approve_rule(yemin(), proposal_id=proposed(proposal).pk)


def new_measure(title: str = "双人求职补贴", **kept: Any) -> RuleProposal:
    """A whole one, with its document and its case, applied for like the start-up subsidy."""
    proposal = actions.begin_rule(
        helin(),
        title=title,
        document_id=1,
        document_title="示例文件",
        section="二（八）",
        quote="给示例补贴",
        item_like=SUBSIDY,
        **kept,
    )
    on = max(CASE["on"], f"{calendar.today()}")
    case = {**CASE, "title": "返乡人员", "amount_yuan": "800", "on": on}

    def fill(content: dict[str, Any]) -> None:
        content["clause"] = {"document": "xianning-2025-homecoming", "plan": "返乡创业", "section": "二(八)"}
        content["once_per"] = "person"
        content["versions"][0]["conditions"] = {"returnee": {"label": "返乡人员", "when": "is_returnee"}}
        content["versions"][0]["benefit"]["amount_yuan"] = "800"

    return saved(proposal, fill, case)
