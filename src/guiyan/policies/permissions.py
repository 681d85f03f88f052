"""Who may draft changes of rules, agree to them, or look on."""

from __future__ import annotations

VIEW, PROPOSE, APPROVE = "rule.view", "rule.propose", "rule.approve"
