"""The core of a rule, every name resolved: yes/no questions about variables, comparisons of whole numbers or texts.

A variable is a fact, or one key of a list or map fact. BETWEEN, IN, region_in and codes are already spelt out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from guiyan.engine.rules.tree import CompareOp

C = TypeVar("C", bound=type)


def hashed_once(kind: C) -> C:
    """Rules are looked up by the thousand and never change: their hash is worked out once, and left out of pickles."""
    worked_out: Callable[[Any], int] = kind.__hash__  # type: ignore[assignment]

    def once(self: Any) -> int:
        kept: int | None = self.__dict__.get("_hash")
        if kept is None:
            kept = self.__dict__["_hash"] = worked_out(self)
        return kept

    def state(self: Any) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name != "_hash"}

    kind.__hash__ = once  # type: ignore[assignment]
    kind.__getstate__ = state  # type: ignore[assignment]
    return kind


@hashed_once
@dataclass(frozen=True)
class Variable:
    """What can be unknown. `bounds` are those of ordered values; texts have none, and booleans are `is_bool`."""

    fact: str
    key: str | None = None
    is_bool: bool = False
    bounds: tuple[int, int] | None = None


@hashed_once
@dataclass(frozen=True)
class Constant:
    value: int | str


@hashed_once
@dataclass(frozen=True)
class Computed:
    """A function of terms: `rises` says per argument whether the result rises or falls with it (0: neither)."""

    name: str
    arguments: tuple[Term, ...]
    rises: tuple[int, ...]
    run: Callable[[int, int], int]


@hashed_once
@dataclass(frozen=True)
class Ask:
    variable: Variable


@hashed_once
@dataclass(frozen=True)
class Test:
    """left op right."""

    op: CompareOp
    left: Term
    right: Term


@hashed_once
@dataclass(frozen=True)
class No:
    part: Core


@hashed_once
@dataclass(frozen=True)
class All:
    parts: tuple[Core, ...]


@hashed_once
@dataclass(frozen=True)
class AnyOf:
    parts: tuple[Core, ...]


Term = Variable | Constant | Computed
Core = Ask | Test | No | All | AnyOf
Known = Mapping[Variable, int | str | bool]


INTERNED: dict[Variable, Variable] = {}


def the_same(variable: Variable) -> Variable:
    """One object for equal variables, so that a look-up compares none of their parts."""
    return INTERNED.setdefault(variable, variable)


def term_variables(term: Term) -> Iterator[Variable]:
    if isinstance(term, Variable):
        yield the_same(term)
    elif isinstance(term, Computed):
        for argument in term.arguments:
            yield from term_variables(argument)


def variables(core: Core) -> dict[Variable, None]:
    """Every variable once, in order of appearance."""
    match core:
        case Ask(variable):
            return {the_same(variable): None}
        case Test(_, left, right):
            return dict.fromkeys([*term_variables(left), *term_variables(right)])
        case No(part):
            return variables(part)
        case All(parts) | AnyOf(parts):
            return {variable: None for part in parts for variable in variables(part)}
