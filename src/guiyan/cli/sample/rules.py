"""规则台 of the demonstration: a raised subsidy that waits for the second person, and a draft that is not finished.

Both are samples: no document says so.
"""

from __future__ import annotations

from typing import Any

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import releases
from guiyan.kernel.scope import Scope, entered
from guiyan.policies import actions, queries
from guiyan.policies.models import RuleProposal

RAISED, WIDENED = "startup-subsidy", "graduate-loan-person"
FROM, YUAN, YEARS = "2026-07-01", "8000", "50"


def change_rules() -> int:
    """How many were begun; none where some are there already, or the city has other measures."""
    helin = actor_by_username("helin")
    with entered(Scope.system()):
        if queries.rule_proposals(helin).exists() or not {RAISED, WIDENED} <= releases.current().measures.keys():
            return 0
        raised = begun(RAISED)
        last(raised)["benefit"]["amount_yuan"] = YUAN
        paid = [case | {"amount_yuan": YUAN} if "amount_yuan" in case else case for case in carried(raised)]
        saved = save(raised, [*raised.cases, *paid])
        actions.propose_rule(helin, proposal_id=saved.pk)
        widened = begun(WIDENED)
        limit = {"label": "年龄上限", "type": "int", "value": YEARS, "set_by": "示例"}
        last(widened)["parameters"] = {"age_limit": limit}
        last(widened)["conditions"]["age"] = {"label": f"{YEARS}周岁以下", "when": "age_years <= age_limit"}
        save(widened, [*widened.cases, *carried(widened)])
    return 2


def begun(measure: str) -> RuleProposal:
    proposal = actions.begin_rule(actor_by_username("helin"), measure_id=measure)
    last(proposal)["from"] = FROM
    return proposal


def last(proposal: RuleProposal) -> dict[str, Any]:
    version: dict[str, Any] = proposal.content["versions"][-1]
    return version


def carried(proposal: RuleProposal) -> list[dict[str, Any]]:
    """The golden cases of the version in force once more, on the first day of the new one, each once."""
    since = proposal.content["versions"][-2]["from"]
    found: dict[str, dict[str, Any]] = {}
    for case in proposal.cases:
        if case["on"] >= since and "valid_until" not in case:
            found.setdefault(str(case.get("facts")), {**case, "on": FROM})
    return list(found.values())


def save(proposal: RuleProposal, cases: list[dict[str, Any]]) -> RuleProposal:
    return actions.save_rule(
        actor_by_username("helin"),
        proposal_id=proposal.pk,
        content=proposal.content,
        cases=cases,
        seen_version=proposal.version,
    )
