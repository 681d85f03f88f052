"""Writing: measures confirmed on their documents, and changes of rules from a draft to a release."""

from guiyan.policies.actions.confirming import confirm_measure, end_confirmations
from guiyan.policies.actions.deciding import approve_rule, propose_rule, return_rule, withdraw_rule
from guiyan.policies.actions.drafting import begin_rule, save_rule

__all__ = [
    "approve_rule",
    "begin_rule",
    "confirm_measure",
    "end_confirmations",
    "propose_rule",
    "return_rule",
    "save_rule",
    "withdraw_rule",
]
