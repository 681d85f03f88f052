"""Core → Python closures for one person: True, False or None (unknown), by SQL's three-valued logic."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache

from guiyan.engine.rules.core import (
    All,
    AnyOf,
    Ask,
    Computed,
    Constant,
    Core,
    Known,
    No,
    Term,
    Test,
    Variable,
    the_same,
)
from guiyan.engine.rules.tree import CompareOp

Answer = Callable[[Known], bool | None]
Reading = Callable[[Known], int | str | bool | None]
OPERATORS: dict[CompareOp, Callable[[object, object], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,  # type: ignore[dict-item]
    "<=": operator.le,  # type: ignore[dict-item]
    ">": operator.gt,  # type: ignore[dict-item]
    ">=": operator.ge,  # type: ignore[dict-item]
}


@lru_cache(maxsize=20_000)
def closure(core: Core) -> Answer:
    match core:
        case Ask(variable):
            return asking(variable)
        case Test(op, left, right):
            return testing(OPERATORS[op], reading(left), reading(right))
        case No(part):
            return negation(closure(part))
        case All(parts):
            return joined([closure(part) for part in parts], settles=False)
        case AnyOf(parts):
            return joined([closure(part) for part in parts], settles=True)


def asking(asked: Variable) -> Answer:
    variable = the_same(asked)

    def answer(known: Known) -> bool | None:
        value = known.get(variable)
        return None if value is None else bool(value)

    return answer


def testing(compare: Callable[[object, object], bool], left: Reading, right: Reading) -> Answer:
    def answer(known: Known) -> bool | None:
        one, two = left(known), right(known)
        return None if one is None or two is None else compare(one, two)

    return answer


def negation(inner: Answer) -> Answer:
    def answer(known: Known) -> bool | None:
        found = inner(known)
        return None if found is None else not found

    return answer


def joined(parts: list[Answer], *, settles: bool) -> Answer:
    """AND is settled by one False, OR by one True; otherwise one unknown makes the whole unknown."""

    def answer(known: Known) -> bool | None:
        found: bool | None = not settles
        for part in parts:
            each = part(known)
            if each is settles:
                return settles
            if each is None:
                found = None
        return found

    return answer


def reading(term: Term) -> Reading:
    match term:
        case Constant(value):
            return lambda known: value
        case Variable():
            variable = the_same(term)
            return lambda known: known.get(variable)
        case Computed(_, arguments, _, run):
            return computing([reading(argument) for argument in arguments], run)


def computing(arguments: list[Reading], run: Callable[[int, int], int]) -> Reading:
    def read(known: Known) -> int | None:
        values = [argument(known) for argument in arguments]
        if any(value is None for value in values):
            return None
        one, two = values
        assert isinstance(one, int) and isinstance(two, int)
        return run(one, two)

    return read
