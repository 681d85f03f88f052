"""Functions of one variable as cut-offs: on 8 June 2026, `full_years(birth, on_day) >= 18` is `birth <= 2008-06-08`.

So every engine compares plain values with literals, and the calendar is computed once, here.
"""

from __future__ import annotations

from guiyan.engine.rules.closures import reading
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
    term_variables,
)


class Monotone:
    """A term that rises or falls with one variable, everything else in it being known."""

    def __init__(self, term: Term, variable: Variable, known: Known) -> None:
        assert variable.bounds is not None
        self.low, self.high = variable.bounds
        self.read, self.variable, self.known = reading(term), variable, known
        self.rises = self.at(self.low) <= self.at(self.high)

    def at(self, value: int) -> int:
        result = self.read({**self.known, self.variable: value})
        assert isinstance(result, int)
        return result

    def turn(self, wanted: int) -> int:
        """The first value at which a rising term is `wanted` or more (a falling one: less); past the end if none is."""
        first, after = self.low, self.high + 1
        while first < after:
            middle = (first + after) // 2
            turned = (self.at(middle) >= wanted) == self.rises
            first, after = (first, middle) if turned else (middle + 1, after)
        return first


def fixed_on(core: Core, day: Variable, ordinal: int) -> Core:
    """The rule as it reads on one day: the day is a literal and functions of one fact have become cut-offs."""
    match core:
        case No(part):
            return No(fixed_on(part, day, ordinal))
        case All(parts):
            return All(tuple(fixed_on(part, day, ordinal) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(fixed_on(part, day, ordinal) for part in parts))
        case Test(op, left, right):
            return cut(Test(op, folded(left, day, ordinal), folded(right, day, ordinal)))
        case Ask():
            return core


def folded(term: Term, day: Variable, ordinal: int) -> Term:
    if term == day:
        return Constant(ordinal)
    if not isinstance(term, Computed):
        return term
    arguments = tuple(folded(argument, day, ordinal) for argument in term.arguments)
    whole = Computed(term.name, arguments, term.rises, term.run)
    value = reading(whole)({})
    return Constant(value) if isinstance(value, int) else whole


def cut(test: Test) -> Core:
    """A test of a function of one variable with a literal, as tests of the variable itself; any other test as it is."""
    own = list(term_variables(test.left))
    if not (isinstance(test.left, Computed) and isinstance(test.right, Constant) and len(own) == 1):
        return test
    limit = test.right.value
    assert isinstance(limit, int)
    term = Monotone(test.left, own[0], {})

    def at_least(wanted: int) -> Core:
        return Test(">=" if term.rises else "<", own[0], Constant(term.turn(wanted)))

    exactly = All((at_least(limit), No(at_least(limit + 1))))
    return {
        ">=": at_least(limit),
        ">": at_least(limit + 1),
        "<": No(at_least(limit)),
        "<=": No(at_least(limit + 1)),
        "=": exactly,
        "<>": No(exactly),
    }[test.op]
