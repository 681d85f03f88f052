"""Sharing out serves as many as can be served, as well as it can be done: checked against trying everything."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from guiyan.engine.matching import Choice, share_out

FEW = st.lists(st.integers(0, 2), min_size=3, max_size=3)
COSTS = st.lists(st.one_of(st.none(), st.integers(0, 5)), min_size=9, max_size=9)


def totals(shares: dict[tuple[int, int], int], costs: dict[tuple[int, int], int]) -> tuple[int, int]:
    return sum(shares.values()), sum(n * costs[pair] for pair, n in shares.items())


def best_by_trying(sizes: list[int], rooms: list[int], costs: dict[tuple[int, int], int]) -> tuple[int, int]:
    """(most served, least cost) over every way there is."""
    people = [group for group, size in enumerate(sizes) for _ in range(size)]
    best = (0, 0)
    for way in product([None, *range(len(rooms))], repeat=len(people)):
        chosen = [(group, helper) for group, helper in zip(people, way, strict=True) if helper is not None]
        fits = all(pair in costs for pair in chosen)
        if not fits or any(sum(1 for _, h in chosen if h == helper) > room for helper, room in enumerate(rooms)):
            continue
        cost = sum(costs[pair] for pair in chosen)
        if (len(chosen), -cost) > (best[0], -best[1]):
            best = len(chosen), cost
    return best


@settings(max_examples=60, deadline=None)
@given(FEW, FEW, COSTS)
def test_trying_everything_finds_nothing_better(sizes: list[int], rooms: list[int], drawn: list[int | None]) -> None:
    costs = {divmod(place, 3): cost for place, cost in enumerate(drawn) if cost is not None}
    choices = [Choice(group, helper, cost) for (group, helper), cost in costs.items()]
    shares = share_out(dict(enumerate(sizes)), dict(enumerate(rooms)), choices)
    assert totals(shares, costs) == best_by_trying(sizes, rooms, costs)


def test_equally_fit_helpers_get_about_as_many() -> None:
    choices = [Choice("village", helper, 0) for helper in "abc"]
    shares = share_out({"village": 30}, dict.fromkeys("abc", 40), choices)
    assert sorted(shares.values()) == [10, 10, 10]
