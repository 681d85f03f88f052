"""Whether three-valued columns are exact for a rule.

Columns answer by SQL's three values; one person's verdict comes from `exact.outlook`, which also knows that
`age > 5 OR age <= 5` holds for whoever's age is unknown. The two agree where unknown parts can't lean on each other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guiyan.engine.rules.core import All, AnyOf, Ask, Core, No, Test, Variable, term_variables, variables

Atom = Ask | Test


def atoms(core: Core) -> Iterator[Atom]:
    match core:
        case No(part):
            yield from atoms(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from atoms(part)
        case _:
            yield core


def columns_are_exact(core: Core) -> bool:
    """Of a simplified rule, pairs being bounded: whether SQL's unknown is exactly "still open", whatever is unknown."""
    if len(variables(core)) <= 1:
        return True
    match core:
        case No(part):
            return columns_are_exact(part)
        case All(parts) | AnyOf(parts):
            return all(group_is_exact(group) for group in apart(parts))
        case Test():
            return is_pair(core) or is_plain_pair(core)
        case Ask():
            return True


def group_is_exact(group: Sequence[Core]) -> bool:
    """Parts that lean on each other are exact only if they ask one and the same variable."""
    if len(group) == 1:
        return columns_are_exact(group[0])
    return len({variable for part in group for variable in variables(part)}) == 1


def apart(parts: Sequence[Core]) -> list[list[Core]]:
    """The parts in groups that share no variable."""
    groups: list[tuple[set[Variable], list[Core]]] = []
    for part in parts:
        touched, members = set(variables(part)), [part]
        for group in [group for group in groups if group[0] & touched]:
            groups.remove(group)
            touched |= group[0]
            members = [*group[1], *members]
        groups.append((touched, members))
    return [members for _, members in groups]


def sides(test: Test) -> tuple[list[Variable], list[Variable]]:
    """The variables of both sides, once per place."""
    return list(term_variables(test.left)), list(term_variables(test.right))


def is_pair(test: Core) -> bool:
    """One variable a side in an ordering: with one of them unknown, the bounds of it may decide the comparison."""
    if not isinstance(test, Test) or test.op in ("=", "<>"):
        return False
    left, right = sides(test)
    return len(left) == 1 and len(right) == 1 and left != right


def is_plain_pair(test: Test) -> bool:
    """Two facts of the same values, equal or not: with one of them unknown it is never decided."""
    left, right = test.left, test.right
    return isinstance(left, Variable) and isinstance(right, Variable) and left.bounds == right.bounds
