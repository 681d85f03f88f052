"""The tables of policies."""

from guiyan.policies.models.confirmation import MeasureConfirmation
from guiyan.policies.models.proposal import RuleProposal

__all__ = ["MeasureConfirmation", "RuleProposal"]
