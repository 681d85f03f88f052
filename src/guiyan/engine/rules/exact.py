"""What can still change: the verdict over every completion of the unknown facts, and the facts that matter to it.

Three-valued logic says "unknown" too often (`age > 5 OR age <= 5`). Here each unknown variable is given a value from
every stretch on which all comparisons stay the same, so that "decided" and "missing" are exact. Parts of the rule that
share no variable are judged apart, which keeps this fast. A comparison that mixes several unknown facts in arithmetic
is taken as free to be true or false: the answer then errs towards "unknown", never towards "decided".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import product
from math import prod

from guiyan.engine.rules.closures import closure
from guiyan.engine.rules.core import All, AnyOf, Ask, Core, Known, No, Term, Test, Variable, term_variables, variables
from guiyan.engine.rules.stretches import Stretches

MOST_COMBINATIONS = 20_000


@dataclass(frozen=True)
class Outlook:
    """Whether the rule can be true, whether it can be false, and which variables can make the difference alone."""

    can_hold: bool
    can_fail: bool
    matter: frozenset[Variable] = frozenset()

    @property
    def decided(self) -> bool | None:
        return None if self.can_hold and self.can_fail else self.can_hold


HOLDS, FAILS = Outlook(True, False), Outlook(False, True)


def outlook(core: Core, known: Known) -> Outlook:
    """Exact for comparisons of facts with values, with each other, and of date functions of one unknown fact."""
    answer = closure(core)(known)
    if answer is not None:
        return HOLDS if answer else FAILS
    free = Free(known)
    reduced = free.reduce(core)
    found = Judge(Stretches(known, reduced)).judge(reduced)
    matter = frozenset(fact for variable in found.matter for fact in free.behind.get(variable, (variable,)))
    return Outlook(found.can_hold, found.can_fail, matter)


@dataclass
class Free:
    """Rewrites a rule for what is known: settled parts go, mixed comparisons become free yes/no variables."""

    known: Known
    behind: dict[Variable, tuple[Variable, ...]] = field(default_factory=dict)

    def reduce(self, core: Core) -> Core:
        answer = closure(core)(self.known)
        if answer is not None:
            return All(()) if answer else AnyOf(())
        match core:
            case No(part):
                return No(self.reduce(part))
            case All(parts):
                return All(tuple(self.reduce(part) for part in parts))
            case AnyOf(parts):
                return AnyOf(tuple(self.reduce(part) for part in parts))
            case Test():
                return core if self.can_be_stretched(core) else self.freed(core)
            case Ask():
                return core

    def can_be_stretched(self, test: Test) -> bool:
        unknown = [self.unknown(test.left), self.unknown(test.right)]
        return len(unknown[0]) <= 1 and len(unknown[1]) <= 1 and not set(unknown[0]) & set(unknown[1])

    def unknown(self, term: Term) -> list[Variable]:
        """Unknown variables of a term, once per place where they stand."""

        return [variable for variable in term_variables(term) if variable not in self.known]

    def freed(self, test: Test) -> Core:
        name = Variable(f"?{len(self.behind)}", is_bool=True)
        self.behind[name] = tuple(variable for variable in variables(test) if variable not in self.known)
        return Ask(name)


@dataclass
class Judge:
    stretches: Stretches

    def judge(self, core: Core) -> Outlook:
        match core:
            case All(parts):
                return self.joined(parts, All)
            case AnyOf(parts):
                return self.joined(parts, AnyOf)
            case No(part):
                inner = self.judge(part)
                return Outlook(inner.can_fail, inner.can_hold, inner.matter)
            case _:
                return self.tried(core)

    def joined(self, parts: Sequence[Core], kind: type[All] | type[AnyOf]) -> Outlook:
        """Parts that share no variable are independent: AND can hold if each can; one matters while the others hold."""
        groups = [
            self.judge(group[0]) if len(group) == 1 else self.tried(kind(tuple(group))) for group in self.apart(parts)
        ]
        if kind is All:
            can_hold, can_fail = all(each.can_hold for each in groups), any(each.can_fail for each in groups)
            open_ = [all(other.can_hold for other in groups if other is not each) for each in groups]
        else:
            can_hold, can_fail = any(each.can_hold for each in groups), all(each.can_fail for each in groups)
            open_ = [all(other.can_fail for other in groups if other is not each) for each in groups]
        matter = [each.matter for each, free in zip(groups, open_, strict=True) if free]
        return Outlook(can_hold, can_fail, reduce(frozenset.union, matter, frozenset()))

    def apart(self, parts: Iterable[Core]) -> Iterator[list[Core]]:
        groups: list[tuple[set[Variable], list[Core]]] = []
        for part in parts:
            touched = self.stretches.linked(variables(part))
            members = [part]
            for group in [group for group in groups if group[0] & touched]:
                groups.remove(group)
                touched |= group[0]
                members = [*group[1], *members]
            groups.append((touched, members))
        return (members for _, members in groups)

    def tried(self, core: Core) -> Outlook:
        """Every combination of stretches tried."""
        asked = [variable for variable in variables(core) if variable not in self.stretches.known]
        choices = [self.stretches.values(variable) for variable in asked]
        if prod(len(each) for each in choices) > MOST_COMBINATIONS:
            return Outlook(True, True, frozenset(asked))
        answer = closure(core)
        results = {
            values: bool(answer({**self.stretches.known, **dict(zip(asked, values, strict=True))}))
            for values in product(*choices)
        }
        outcomes = set(results.values())
        matter = frozenset(variable for place, variable in enumerate(asked) if flips(results, place))
        return Outlook(True in outcomes, False in outcomes, matter)


def flips(results: dict[tuple[int | str | bool, ...], bool], place: int) -> bool:
    """Whether changing one variable alone changes the result somewhere."""
    seen: dict[tuple[int | str | bool, ...], bool] = {}
    for values, result in results.items():
        others = (*values[:place], *values[place + 1 :])
        if seen.setdefault(others, result) != result:
            return True
    return False
