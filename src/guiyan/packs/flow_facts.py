"""What a flow's guards may ask: the facts the flow declares, and those the gate knows itself."""

from __future__ import annotations

from functools import lru_cache

from guiyan.engine.rules import Catalogue
from guiyan.engine.rules.model import Fact
from guiyan.packs.flow import Flow, FlowFact

OWN_FACTS = {
    "steps_open": FlowFact(label="没有完成的步骤数", type="int"),
    "steps_failed": FlowFact(label="没有通过的步骤数", type="int"),
}


def guard_catalogue(flow: Flow) -> Catalogue:
    return catalogue_of(tuple({**flow.facts, **OWN_FACTS}.items()))


@lru_cache(maxsize=64)
def catalogue_of(facts: tuple[tuple[str, FlowFact], ...]) -> Catalogue:
    """One catalogue for the same facts: rules remember what they resolved by the catalogue itself."""
    return Catalogue({name: rule_fact(name, fact) for name, fact in facts})


def rule_fact(name: str, declared: FlowFact) -> Fact:
    codes = {value: value for value in declared.values}
    kinds = ("person", "organisation", "project")
    return Fact.model_validate(
        {"id": name, "label": declared.label, "type": declared.type, "for": kinds, "codes": codes}
    )
