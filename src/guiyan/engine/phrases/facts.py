"""The facts that a tree names, and the kinds of subject that may be asked all of them."""

from __future__ import annotations

from collections.abc import Iterator

from guiyan.engine.rules import Catalogue, tree
from guiyan.engine.rules.catalogue import ON_DAY
from guiyan.engine.rules.model import SubjectKind


def facts_named(node: tree.Tree | tree.Operand) -> Iterator[str]:
    """Facts and parameters in the order in which they stand, those of every part."""
    match node:
        case tree.Name(name) | tree.Has(name, _) | tree.Amount(name, _) | tree.RegionIn(name, _):
            yield name
        case tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from facts_named(part)
        case tree.Not(part):
            yield from facts_named(part)
        case tree.Compare(_, left, right) | tree.Arithmetic(_, left, right):
            yield from facts_named(left)
            yield from facts_named(right)
        case tree.In(left, _) | tree.Between(left, _, _):
            yield from facts_named(left)
        case tree.Call(_, arguments):
            for argument in arguments:
                yield from facts_named(argument)


def kinds_of(node: tree.Tree, catalogue: Catalogue) -> frozenset[SubjectKind]:
    """The kinds that every fact of the tree is about; none where it mixes what can't be asked of one subject."""
    found: list[frozenset[SubjectKind]] = []
    for name in facts_named(node):
        fact = catalogue.get(name)
        if fact is not None and name != ON_DAY:
            found.append(frozenset(fact.kinds))
    return frozenset.intersection(*found) if found else frozenset()
