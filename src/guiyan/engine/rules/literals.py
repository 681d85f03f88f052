"""The fixed values that stand in a condition: found in order, and others put in their place, all else left alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiyan.engine.rules import tree
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.model import Fact

Literal = tree.Number | tree.Text
CHANGEABLE = ("int", "date", "code", "map")


@dataclass(frozen=True)
class Limit:
    """A fixed value that a fact is compared with. says: the whole comparison. op: of BETWEEN's ends, >= and <=."""

    value: Literal
    fact: Fact
    op: tree.CompareOp
    says: tree.Tree


def limits(node: tree.Tree, catalogue: Catalogue) -> list[Limit]:
    """Every number, day or code that the condition compares a fact with, from left to right."""
    return [found for each in comparisons(node) for found in limits_of(each, catalogue)]


def comparisons(node: tree.Tree) -> Iterator[tree.Compare | tree.Between]:
    match node:
        case tree.Compare() | tree.Between():
            yield node
        case tree.Not(part):
            yield from comparisons(part)
        case tree.And(parts) | tree.Or(parts):
            for part in parts:
                yield from comparisons(part)


def limits_of(node: tree.Compare | tree.Between, catalogue: Catalogue) -> Iterator[Limit]:
    match node:
        case tree.Compare(op, left, tree.Number() | tree.Text() as value):
            ends: list[tuple[tree.CompareOp, tree.Operand]] = [(op, value)]
        case tree.Between(left, low, high):
            ends = [(">=", low), ("<=", high)]
        case _:
            return
    fact = catalogue.get(left.id if isinstance(left, tree.Name) else left.map if isinstance(left, tree.Amount) else "")
    if fact is not None and fact.type in CHANGEABLE:
        yield from (Limit(end, fact, which, node) for which, end in ends if isinstance(end, tree.Number | tree.Text))


def with_limits(node: tree.Tree, catalogue: Catalogue, values: Mapping[int, Literal]) -> tree.Tree:
    """The condition with other values at these places of `limits`."""
    left = iter(enumerate(limits(node, catalogue)))
    return Putting(catalogue, left, values).into(node)


@dataclass(frozen=True)
class Putting:
    """left: the limits not yet come to, numbered; a walk in the same order takes them one after the other."""

    catalogue: Catalogue
    left: Iterator[tuple[int, Limit]]
    values: Mapping[int, Literal]

    def into(self, node: tree.Tree) -> tree.Tree:
        match node:
            case tree.Not(part):
                return tree.Not(self.into(part))
            case tree.And(parts):
                return tree.And(tuple(self.into(part) for part in parts))
            case tree.Or(parts):
                return tree.Or(tuple(self.into(part) for part in parts))
            case tree.Compare(op, left, right) if list(limits_of(node, self.catalogue)):
                return tree.Compare(op, left, self.next(right))
            case tree.Between(left, low, high):
                ends = [each.value for each in limits_of(node, self.catalogue)]
                return tree.Between(left, *(self.next(end) if end in ends else end for end in (low, high)))
            case _:
                return node

    def next(self, standing: tree.Operand) -> tree.Operand:
        place, _ = next(self.left)
        return self.values.get(place, standing)
