"""Guards: rule expressions over the facts given with a verb and those that the gate knows itself."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.engine.rules.model import Fact
from guiyan.kernel.workflow.decide import Holds
from guiyan.packs.flow import Flow

OWN_FACTS = {"steps_open": "没有完成的步骤数", "steps_failed": "没有通过的步骤数"}
KINDS = ("person", "organisation", "project")


def catalogue(flow: Flow) -> dict[str, Fact]:
    """The facts that guards of this flow may name."""
    found = {name: fact(name, label, "int") for name, label in OWN_FACTS.items()}
    for name, declared in flow.facts.items():
        kind = "int" if declared.type == "money" else declared.type
        found[name] = fact(name, declared.label, kind, declared.values)
    return found


def fact(name: str, label: str, kind: str, values: tuple[str, ...] = ()) -> Fact:
    codes = {value: value for value in values}
    return Fact.model_validate({"id": name, "label": label, "type": kind, "for": KINDS, "codes": codes})


def holder(flow: Flow) -> Holds:
    """Evaluates the guards of this flow: true, false, or None when a fact is missing."""
    from guiyan.engine.rules import evaluate

    known = catalogue(flow)

    def holds(expression: str, facts: Mapping[str, object]) -> bool | None:
        return evaluate(expression, {name: facts[name] for name in known if name in facts}, known)

    return holds
