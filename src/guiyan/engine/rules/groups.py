"""Whom a measure is for, read from its conditions: groups of people (返乡人员) and places (通山县).

A fact says which group its value makes (`groups: {"true": 返乡人员}`); a version that demands that value is for that
group. What only one of several ways demands (孵化园推荐 OR 银行认可) makes no group: others get it too.
"""

from __future__ import annotations

from guiyan.engine.rules import tree
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.compiled import CompiledVersion


def groups_of(version: CompiledVersion, catalogue: Catalogue) -> tuple[str, ...]:
    """The groups that its conditions name, in their order; none where it is for everybody of its kind."""
    found = (group for condition in version.conditions for group in groups_in(condition.tree, catalogue))
    return tuple(dict.fromkeys(found))


def groups_in(node: tree.Tree, catalogue: Catalogue) -> list[str]:
    match node:
        case tree.And(parts):
            return [group for part in parts for group in groups_in(part, catalogue)]
        case tree.Or(parts):
            each = [groups_in(part, catalogue) for part in parts]
            return [group for found in each for group in found] if all(each) else []
        case tree.Name(fact):
            return group_of(fact, "true", catalogue)
        case tree.Has(fact, value) | tree.Compare("=", tree.Name(fact), tree.Text(value)):
            return group_of(fact, value, catalogue)
        case tree.In(tree.Name(fact), values):
            each = [group_of(fact, one.value, catalogue) for one in values if isinstance(one, tree.Text)]
            return [group for found in each for group in found] if all(each) else []
    return []


def group_of(fact: str, value: str, catalogue: Catalogue) -> list[str]:
    declared = catalogue.get(fact)
    return [declared.groups[value]] if declared is not None and value in declared.groups else []


def regions_of(version: CompiledVersion) -> tuple[str, ...]:
    """The places that the subject must be of, by code; none where the place does not matter."""
    found = (code for condition in version.conditions for code in regions_in(condition.tree))
    return tuple(dict.fromkeys(found))


def regions_in(node: tree.Tree) -> list[str]:
    match node:
        case tree.RegionIn(_, code):
            return [code]
        case tree.And(parts):
            return [code for part in parts for code in regions_in(part)]
        case tree.Or(parts):
            each = [regions_in(part) for part in parts]
            return [code for found in each for code in found] if all(each) else []
    return []
