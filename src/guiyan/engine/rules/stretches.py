"""Values worth trying for an unknown variable: one from every stretch on which all comparisons stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from guiyan.engine.rules.closures import reading
from guiyan.engine.rules.core import All, AnyOf, Ask, Core, Known, No, Term, Test, Variable, term_variables, variables
from guiyan.engine.rules.cutoffs import Monotone

Value = int | str | bool


def tests(core: Core) -> Iterator[Test]:
    match core:
        case Test():
            yield core
        case No(part):
            yield from tests(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests(part)
        case Ask():
            return


class Stretches:
    """The tests of one rule, given what is known. Each test has at most one unknown variable on each side."""

    def __init__(self, known: Known, core: Core) -> None:
        self.known = known
        self.unknown = [variable for variable in variables(core) if variable not in known]
        self.tests = list(tests(core))

    def sides(self, test: Test) -> tuple[Variable | None, Variable | None]:
        left = next((each for each in term_variables(test.left) if each not in self.known), None)
        right = next((each for each in term_variables(test.right) if each not in self.known), None)
        return left, right

    @cached_property
    def links(self) -> dict[Variable, set[Variable]]:
        """Per variable, all those it is compared with, directly or by way of others, and itself."""
        linked = {variable: {variable} for variable in self.unknown}
        for test in self.tests:
            left, right = self.sides(test)
            if left is not None and right is not None and linked[left] is not linked[right]:
                both = linked[left] | linked[right]
                linked.update(dict.fromkeys(both, both))
        return linked

    def linked(self, some: Iterable[Variable]) -> set[Variable]:
        return {each for variable in some if variable not in self.known for each in self.links[variable]}

    def values(self, variable: Variable) -> list[Value]:
        return self.all_values[variable]

    @cached_property
    def all_values(self) -> dict[Variable, list[Value]]:
        found: dict[Variable, set[Value]] = {variable: set(self.ends(variable)) for variable in self.unknown}
        for test in self.tests:
            for variable in self.sides(test):
                if variable is not None and None in self.sides(test):
                    found[variable] |= self.turns(test, variable, self.known)
        # Two unknown facts compared with each other: every value of one makes turning points for the other,
        # as many times as there are facts in the chain.
        for _ in range(max((len(group) for group in self.links.values()), default=1) - 1):
            for test in self.tests:
                self.spread(test, found)
        return {variable: sorted(values, key=str) for variable, values in found.items()}

    def spread(self, test: Test, found: dict[Variable, set[Value]]) -> None:
        left, right = self.sides(test)
        if left is None or right is None:
            return
        for one, other in ((left, right), (right, left)):
            fresh = [self.turns(test, other, {**self.known, one: value}) for value in list(found[one])]
            found[other].update(*fresh)

    def ends(self, variable: Variable) -> Iterable[Value]:
        if variable.is_bool:
            return (True, False)
        # A text that no rule can name, another one for each fact.
        return variable.bounds if variable.bounds is not None else (f"\x00{variable.fact}",)

    def turns(self, test: Test, variable: Variable, known: Known) -> set[Value]:
        """Values of the variable around which the test turns, the other side being known."""
        if variable.bounds is None:
            return {value for term in (test.left, test.right) if isinstance(value := reading(term)(known), str)}
        own, other = (test.left, test.right) if variable in set(term_variables(test.left)) else (test.right, test.left)
        limit = reading(other)(known)
        assert isinstance(limit, int)
        if own == variable:
            around = {limit - 1, limit, limit + 1}
        else:
            around = self.around_by_search(own, variable, known, limit)
        low, high = variable.bounds
        return {value for value in around if low <= value <= high}

    def around_by_search(self, own: Term, variable: Variable, known: Known, limit: int) -> set[int]:
        """For a rising or falling function: the values where it reaches and where it passes the limit."""
        assert variable.bounds is not None
        turning = [Monotone(own, variable, known).turn(wanted) for wanted in (limit, limit + 1)]
        return {value for turn in turning for value in (turn - 1, turn, turn + 1)}
