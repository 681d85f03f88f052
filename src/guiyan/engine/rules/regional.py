"""Parameters that differ from region to region: a rule that names one is spelt out, one case for each region listed.

The smallest region around the subject counts. An unknown region leaves the rule unknown and is what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product

from guiyan.engine.rules import tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.core import All, AnyOf, Core
from guiyan.engine.rules.errors import RuleError
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.values.regions import region_code, region_span

Fixed = dict[str, Parameter]


def resolved(node: tree.Tree, resolver: Resolver) -> Core:
    """The core of a condition, spelt out by region where a parameter it names differs from region to region."""
    found = spelt_out(node, resolver.parameters)
    if found[0][0] is None:
        return resolver.condition(node)
    parts = []
    for where, fixed in found:
        assert where is not None
        parts.append(All((resolver.condition(where), replace(resolver, parameters=fixed).condition(node))))
    return AnyOf(tuple(parts))


def cases(parameters: Mapping[str, Parameter], named: Iterable[str]) -> Iterator[tuple[tree.Tree | None, Fixed]]:
    """(where, parameters with one value each) per combination of regions; (None, parameters) where none is regional.

    Smaller regions come first, and `where` leaves out the smaller ones inside it.
    """
    regional = [name for name in dict.fromkeys(named) if name in parameters and parameters[name].by_region]
    for chosen in product(*(places(parameters[name]) for name in regional)):
        where = [place for place, _ in chosen]
        values = {name: fixed for name, (_, fixed) in zip(regional, chosen, strict=True)}
        yield (tree.all_of(where) if where else None), {**parameters, **values}


def places(parameter: Parameter) -> list[tuple[tree.Tree, Parameter]]:
    spans = {written: region_span(region_code(written)) for written in parameter.by_region}
    found = []
    for written, (first, after) in sorted(spans.items(), key=lambda one: (one[1][1] - one[1][0], one[1][0])):
        inner = [other for other, span in spans.items() if other != written and first <= span[0] < after]
        smaller = [other for other in inner if spans[other][1] <= after]
        where = [inside(parameter, written), *(tree.Not(inside(parameter, other)) for other in smaller)]
        value = parameter.by_region[written]
        fixed = parameter.model_copy(update={"value": value, "by_region": {}, "on": None})
        found.append((tree.all_of(where), fixed))
    return found


def inside(parameter: Parameter, written: str) -> tree.Tree:
    assert parameter.on is not None
    return tree.RegionIn(parameter.on, written)


def spelt_out(node: tree.Tree, parameters: Mapping[str, Parameter]) -> list[tuple[tree.Tree | None, Fixed]]:
    """The cases of a condition. Raises RuleError where a region listed has no value."""
    found = list(cases(parameters, tree.names(node)))
    for name in tree.names(node):
        parameter = parameters.get(name)
        for written, value in (parameter.by_region if parameter is not None else {}).items():
            if value is None:
                raise RuleError(f"parameter `{name}` has no value for {written}, so no condition can use it")
    return found
