"""Guards: rule expressions over the facts given with a verb and those that the gate knows itself."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.engine.rules import evaluate
from guiyan.kernel.workflow.decide import Holds
from guiyan.packs.flow import Flow
from guiyan.packs.flow_facts import guard_catalogue


def holder(flow: Flow) -> Holds:
    """Evaluates the guards of this flow: true, false, or None when a fact is missing. Other facts are not looked at."""
    catalogue = guard_catalogue(flow)

    def holds(expression: str, facts: Mapping[str, object]) -> bool | None:
        return evaluate(expression, {name: facts[name] for name in catalogue.facts if name in facts}, catalogue)

    return holds
