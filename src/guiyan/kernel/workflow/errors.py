"""Refusals of the gate that callers may want to tell apart by their code."""

from __future__ import annotations

from guiyan.kernel.errors import Refused


class StepRefused(Refused):
    """The flow does not allow this now. Codes: wrong_state, same_person, own_case, reason_needed, already_done,
    too_early, guard, fact_missing, steps_open, no_such_step, not_last, not_yours, not_holder, opinions_open,
    urged_today."""
