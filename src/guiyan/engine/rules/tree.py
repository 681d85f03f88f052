"""The tree of a rule: a closed set of shapes. What can't be built here can't be said in a rule.

Names are resolved later (facts, parameters), so a tree is the same whatever the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

CompareOp = Literal["=", "<>", "<", "<=", ">", ">="]
ArithmeticOp = Literal["+", "-", "*"]


@dataclass(frozen=True)
class Name:
    """A fact or a parameter."""

    id: str


@dataclass(frozen=True)
class Number:
    value: int


@dataclass(frozen=True)
class Text:
    """A code, a day, a region or plain text: the other side of the comparison decides."""

    value: str


@dataclass(frozen=True)
class Amount:
    """`amount(received_yuan, 'startup-subsidy')`: what the map holds, 0 when it holds nothing for the key."""

    map: str
    key: str


@dataclass(frozen=True)
class Arithmetic:
    op: ArithmeticOp
    left: Operand
    right: Operand


@dataclass(frozen=True)
class Call:
    """A date function; the list is in `dates.FUNCTIONS`."""

    function: str
    arguments: tuple[Operand, ...]


@dataclass(frozen=True)
class Compare:
    op: CompareOp
    left: Operand
    right: Operand


@dataclass(frozen=True)
class In:
    left: Operand
    values: tuple[Operand, ...]


@dataclass(frozen=True)
class Between:
    """Both ends included."""

    left: Operand
    low: Operand
    high: Operand


@dataclass(frozen=True)
class Has:
    list: str
    key: str


@dataclass(frozen=True)
class RegionIn:
    """The fact's region lies in the region of the code, or is it."""

    fact: str
    code: str


@dataclass(frozen=True)
class Not:
    part: Tree


@dataclass(frozen=True)
class And:
    parts: tuple[Tree, ...]

    def __post_init__(self) -> None:
        refuse_odd_parts(self.parts, And)


@dataclass(frozen=True)
class Or:
    parts: tuple[Tree, ...]

    def __post_init__(self) -> None:
        refuse_odd_parts(self.parts, Or)


Operand = Name | Number | Text | Amount | Arithmetic | Call
Tree = Name | Compare | In | Between | Has | RegionIn | Not | And | Or


def refuse_odd_parts(parts: tuple[Tree, ...], kind: type) -> None:
    if len(parts) < 2 or any(isinstance(part, kind) for part in parts):
        raise ValueError("AND and OR join two or more parts, none of which is of the same kind")


def all_of(parts: list[Tree]) -> Tree:
    """The parts joined with AND, flat; one part stays itself."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: list[Tree]) -> Tree:
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def names(node: Tree | Operand) -> Iterator[str]:
    """Every fact and parameter that it names, once per place where it stands."""
    match node:
        case Name(id_):
            yield id_
        case Amount(fact, _) | Has(fact, _) | RegionIn(fact, _):
            yield fact
        case Number() | Text():
            return
        case Arithmetic(_, left, right) | Compare(_, left, right):
            yield from [*names(left), *names(right)]
        case Call(_, arguments):
            yield from (name for each in arguments for name in names(each))
        case In(left, values):
            yield from (name for each in (left, *values) for name in names(each))
        case Between(left, low, high):
            yield from (name for each in (left, low, high) for name in names(each))
        case Not(part):
            yield from names(part)
        case And(parts) | Or(parts):
            yield from (name for part in parts for name in names(part))
