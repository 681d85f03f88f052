"""The drafted rule beside a declared one: what differs, what only one of them has, and a case that shows it.

Two conditions on the same facts are the same if they answer alike at every boundary of both; a difference is told
with the facts at which they part (46周岁：文件不符合，规则符合).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from guiyan.engine.drafting.model import DraftRule, DraftTerm
from guiyan.engine.drafting.trials import parting, roots
from guiyan.engine.rules import Catalogue, parse, tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.model import Version


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """One thing that a declared condition asks; `label` is the condition's."""

    label: str
    tree: tree.Tree


@dataclass(frozen=True, slots=True)
class Difference:
    """kind: `differs` (both ask the same facts, not the same of them), `not-declared`, `not-in-words`.

    case: facts at which the two part, with what the document's words (`drafted_says`) and the rule answer there.
    """

    kind: Literal["differs", "not-declared", "not-in-words"]
    term: DraftTerm | None = None
    declared: DeclaredPart | None = None
    case: Mapping[str, Any] | None = None
    drafted_says: bool | None = None


def declared_parts(version: Version) -> tuple[DeclaredPart, ...]:
    """What a version's conditions ask, one by one, its parameters filled in."""
    values = {name: _constant(each) for name, each in version.parameters.items() if each.value is not None}
    return tuple(
        DeclaredPart(condition.label, part)
        for condition in version.conditions.values()
        for part in conjuncts(filled(parse(condition.when), values))
    )


def differences(draft: DraftRule, declared: Sequence[DeclaredPart], catalogue: Catalogue) -> tuple[Difference, ...]:
    """Findings in the order of the document, then what only the rule has."""
    waiting = list(declared)
    unmatched: list[tuple[DraftTerm, tree.Tree]] = []
    for term in draft.drafted:
        for part in conjuncts(term.tree) if term.tree is not None else ():
            same = next((one for one in waiting if parting(part, one.tree, catalogue) is None), None)
            if same is None:
                unmatched.append((term, part))
            else:
                waiting.remove(same)
    found = [_told_apart(term, part, waiting, catalogue) for term, part in unmatched]
    return (*found, *(Difference("not-in-words", declared=one) for one in waiting))


def _told_apart(term: DraftTerm, part: tree.Tree, waiting: list[DeclaredPart], catalogue: Catalogue) -> Difference:
    """The declared condition on one of the same facts is what differs; it is taken out of those waiting."""
    asked = set(roots(part, catalogue))
    other = next((one for one in waiting if asked & set(roots(one.tree, catalogue))), None)
    if other is None:
        return Difference("not-declared", term)
    waiting.remove(other)
    case, says = parting(part, other.tree, catalogue) or ({}, None)
    return Difference("differs", term, other, case, says)


def conjuncts(node: tree.Tree) -> tuple[tree.Tree, ...]:
    return node.parts if isinstance(node, tree.And) else (node,)


def filled(node: Any, values: Mapping[str, tree.Operand]) -> Any:
    """The tree with parameters replaced by what they stand for."""
    match node:
        case tree.Name(name):
            return values.get(name, node)
        case tree.And(parts) | tree.Or(parts):
            return type(node)(tuple(filled(part, values) for part in parts))
        case tree.Not(part):
            return tree.Not(filled(part, values))
        case tree.Compare(op, left, right):
            return tree.Compare(op, filled(left, values), filled(right, values))
        case tree.In(left, several):
            return tree.In(filled(left, values), tuple(filled(each, values) for each in several))
        case tree.Between(left, low, high):
            return tree.Between(filled(left, values), filled(low, values), filled(high, values))
    return node


def _constant(parameter: Parameter) -> tree.Operand:
    value = parameter.value or ""
    return tree.Number(int(value)) if parameter.type == "int" else tree.Text(value)
