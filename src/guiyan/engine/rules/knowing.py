"""Facts given → the variables of a rule that are known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiyan.engine.rules.catalogue import Catalogue, Facts, Value
from guiyan.engine.rules.core import Variable


def readable(catalogue: Catalogue, facts: Facts, assume_none_received: bool) -> dict[str, Value]:
    """Raises FactError naming the fact."""
    values = catalogue.read(facts)
    return nothing_else_received(values) if assume_none_received else values


def nothing_else_received(values: Mapping[str, Value]) -> dict[str, Value]:
    """What is not said to have been received was not. Of the two facts about it, one given alone counts for the other:
    money of a measure says that it was received; that it was received leaves open how much.
    """
    listed, sums = values.get("received"), values.get("received_yuan")
    if listed is None:
        listed = frozenset(key for key, sum_ in sums.items() if sum_) if isinstance(sums, Mapping) else frozenset()
    if sums is None:
        sums = dict.fromkeys(listed) if isinstance(listed, frozenset) else {}
    return {**values, "received": listed, "received_yuan": sums}


def values_of(asked: Iterable[Variable], values: Mapping[str, Value]) -> dict[Variable, int | str | bool]:
    """The known ones of a rule's variables: a key of a known list is known too, and so is an amount in a known map."""
    known: dict[Variable, int | str | bool] = {}
    for variable in asked:
        value = values.get(variable.fact)
        if value is None:
            continue
        if variable.key is None:
            assert isinstance(value, int | str)
            known[variable] = value
        elif isinstance(value, frozenset):
            known[variable] = variable.key in value
        elif isinstance(value, Mapping) and (sum_ := value.get(variable.key, 0)) is not None:
            known[variable] = sum_
    return known
