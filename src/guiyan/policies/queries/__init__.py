"""Which measures are in force and what they come to for one person; changes of rules and what is wrong with them."""

from guiyan.policies.queries.checked import Affected, Checked, ConditionWords, RuleProblem, checked
from guiyan.policies.queries.differences import Difference
from guiyan.policies.queries.live import (
    LiveMeasure,
    ended_measures,
    known_facts,
    live_measure,
    live_measures,
    screen_answers,
)
from guiyan.policies.queries.outcomes import CaseOutcome
from guiyan.policies.queries.proposals import (
    cases_yaml,
    history_of,
    measure_yaml,
    patterns_for,
    rule_proposal,
    rule_proposals,
    why_not_approve,
)

__all__ = [
    "Affected",
    "CaseOutcome",
    "Checked",
    "ConditionWords",
    "Difference",
    "LiveMeasure",
    "RuleProblem",
    "cases_yaml",
    "checked",
    "ended_measures",
    "history_of",
    "known_facts",
    "live_measure",
    "live_measures",
    "measure_yaml",
    "patterns_for",
    "rule_proposal",
    "rule_proposals",
    "screen_answers",
    "why_not_approve",
]
