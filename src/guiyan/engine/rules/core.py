"""The core of a rule, every name resolved: yes/no questions about variables, comparisons of whole numbers or texts.

A variable is a fact, or one key of a list or map fact. BETWEEN, IN, region_in and codes are already spelt out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from guiyan.engine.rules.tree import CompareOp


@dataclass(frozen=True)
class Variable:
    """What can be unknown. `bounds` are those of ordered values; texts have none, and booleans are `is_bool`."""

    fact: str
    key: str | None = None
    is_bool: bool = False
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True)
class Constant:
    value: int | str


@dataclass(frozen=True)
class Computed:
    """A function of terms: `rises` says per argument whether the result rises or falls with it (0: neither)."""

    name: str
    arguments: tuple[Term, ...]
    rises: tuple[int, ...]
    run: Callable[[int, int], int]


@dataclass(frozen=True)
class Ask:
    variable: Variable


@dataclass(frozen=True)
class Test:
    """left op right."""

    op: CompareOp
    left: Term
    right: Term


@dataclass(frozen=True)
class No:
    part: Core


@dataclass(frozen=True)
class All:
    parts: tuple[Core, ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Core, ...]


Term = Variable | Constant | Computed
Core = Ask | Test | No | All | AnyOf
Known = Mapping[Variable, int | str | bool]


def term_variables(term: Term) -> Iterator[Variable]:
    if isinstance(term, Variable):
        yield term
    elif isinstance(term, Computed):
        for argument in term.arguments:
            yield from term_variables(argument)


def variables(core: Core) -> dict[Variable, None]:
    """Every variable once, in order of appearance."""
    match core:
        case Ask(variable):
            return {variable: None}
        case Test(_, left, right):
            return dict.fromkeys([*term_variables(left), *term_variables(right)])
        case No(part):
            return variables(part)
        case All(parts) | AnyOf(parts):
            return {variable: None for part in parts for variable in variables(part)}
