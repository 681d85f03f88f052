"""A small world of facts for property tests: every domain small enough to try all of it."""

from __future__ import annotations

from itertools import product
from typing import Any

from hypothesis import strategies as st

from guiyan.engine.rules import Catalogue, Fact, tree
from guiyan.engine.rules.tree import CompareOp

ALL_KINDS = ("person", "organisation", "project")


def fact(name: str, type_: str, **more: Any) -> Fact:
    return Fact.model_validate({"id": name, "label": name, "type": type_, "for": ALL_KINDS, **more})


FACTS = [
    fact("a", "int", least="0", most="4"),
    fact("b", "int", least="0", most="4"),
    fact("c", "int", least="1", most="3"),
    fact("flag", "bool"),
    fact("other_flag", "bool"),
    fact("level", "code", codes={"low": "低", "middle": "中", "high": "高"}),
    fact("word", "text"),
    fact("place", "region"),
    fact("list", "list"),
    fact("sums", "map", unit="元"),
]
WORLD = Catalogue({each.id: each for each in FACTS})

# Every value that any rule of this world can tell apart.
DOMAINS: dict[str, list[Any]] = {
    "a": list(range(5)),
    "b": list(range(5)),
    "c": [1, 2, 3],
    "flag": [True, False],
    "other_flag": [True, False],
    "level": ["low", "middle", "high"],
    "word": ["red", "blue", "neither"],
    "place": [421224107000, 421224000000, 421281000000, 110000000000],
    "list": [list(keys) for size in range(3) for keys in product(["x", "y"], repeat=size)],
    "sums": [{}, *({"x": amount} for amount in range(1, 7))],
}

OPS: tuple[CompareOp, ...] = ("=", "<>", "<", "<=", ">", ">=")
NUMBERS = st.integers(-1, 5).map(tree.Number)
INTS = st.sampled_from(["a", "b", "c"]).map(tree.Name)
LEVELS = st.sampled_from(["low", "middle", "high"]).map(tree.Text)
WORDS = st.sampled_from(["red", "blue"]).map(tree.Text)
SUMS = st.just(tree.Amount("sums", "x"))


@st.composite
def atoms(draw: st.DrawFn) -> tree.Tree:
    shape = draw(st.integers(0, 9))
    op = draw(st.sampled_from(OPS))
    if shape <= 1:
        return tree.Name(draw(st.sampled_from(["flag", "other_flag"])))
    if shape <= 3:
        return tree.Compare(op, draw(INTS | SUMS), draw(NUMBERS))
    if shape == 4:
        one, two = draw(st.permutations(["a", "b", "c"]))[:2]
        return tree.Compare(op, tree.Name(one), tree.Name(two))
    if shape == 5:
        return tree.Compare(op, tree.Name("level"), draw(LEVELS))
    if shape == 6:
        return tree.Compare(draw(st.sampled_from(["=", "<>"])), tree.Name("word"), draw(WORDS))
    if shape == 7:
        return draw(
            st.builds(tree.In, INTS, st.lists(NUMBERS, min_size=1, max_size=3).map(tuple))
            | st.builds(tree.Between, INTS, NUMBERS, NUMBERS)
        )
    if shape == 8:
        return tree.Has("list", draw(st.sampled_from(["x", "y"])))
    return tree.RegionIn("place", draw(st.sampled_from(["4212", "421224", "421224107"])))


def joined(parts: st.SearchStrategy[tree.Tree]) -> st.SearchStrategy[tree.Tree]:
    several = st.lists(parts, min_size=2, max_size=3)
    return several.map(tree.all_of) | several.map(tree.any_of) | parts.map(tree.Not)


trees = st.recursive(atoms(), joined, max_leaves=5)


@st.composite
def some_facts(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.sets(st.sampled_from(sorted(DOMAINS))))
    return {name: draw(st.sampled_from(DOMAINS[name])) for name in sorted(names)}
