"""Sharing groups of people out among helpers with room for so many: as many as can be, at the least cost over all.

A transportation problem, solved by successive cheapest paths: groups of people who fit alike keep it small. A helper's
room is cut into a few bands that cost a little more each, so that of equally fit helpers the emptier ones come first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

G = TypeVar("G", bound=Hashable)
H = TypeVar("H", bound=Hashable)

BANDS = 4
FIT_WEIGHT = 100
"""What one step of fit is worth against the bands: fit always decides before evenness."""


@dataclass(frozen=True)
class Choice(Generic[G, H]):
    """A helper whom a group may be given; `cost` 0 is the best fit. Whole numbers."""

    group: G
    helper: H
    cost: int


class Network:
    """Arcs with room and cost, and their way back, as parallel lists."""

    def __init__(self) -> None:
        self.out: list[list[int]] = []
        self.head: list[int] = []
        self.room: list[int] = []
        self.cost: list[int] = []

    def node(self) -> int:
        self.out.append([])
        return len(self.out) - 1

    def arc(self, tail: int, head: int, room: int, cost: int) -> int:
        for here, there, free, price in ((tail, head, room, cost), (head, tail, 0, -cost)):
            self.out[here].append(len(self.head))
            self.head.append(there)
            self.room.append(free)
            self.cost.append(price)
        return len(self.head) - 2

    def cheapest(self, source: int, sink: int) -> list[int]:
        """The arcs of the cheapest path that has room; empty when there is none (Bellman–Ford with a queue)."""
        best: dict[int, int] = {source: 0}
        by: dict[int, int] = {}
        queue, waiting = deque([source]), {source}
        while queue:
            here = queue.popleft()
            waiting.discard(here)
            for arc in self.out[here]:
                there, price = self.head[arc], best[here] + self.cost[arc]
                if self.room[arc] > 0 and (there not in best or price < best[there]):
                    best[there], by[there] = price, arc
                    if there not in waiting:
                        waiting.add(there)
                        queue.append(there)
        path, here = [], sink
        while here != source:
            if here not in by:
                return []
            path.append(by[here])
            here = self.head[by[here] ^ 1]
        return path

    def push(self, path: Sequence[int]) -> None:
        amount = min(self.room[arc] for arc in path)
        for arc in path:
            self.room[arc] -= amount
            self.room[arc ^ 1] += amount


def share_out(
    sizes: Mapping[G, int], rooms: Mapping[H, int], choices: Sequence[Choice[G, H]]
) -> dict[tuple[G, H], int]:
    """(group, helper) → how many. Serves as many as can be served, and of all such ways takes the cheapest.

    sizes: group → people; rooms: helper → how many more she takes. The same input gives the same answer.
    """
    network = Network()
    source, sink = network.node(), network.node()
    groups = {group: network.node() for group in sizes}
    helpers = {helper: network.node() for helper in rooms}
    for group, size in sizes.items():
        network.arc(source, groups[group], size, 0)
    for helper, room in rooms.items():
        for band in range(BANDS):
            part = room * (band + 1) // BANDS - room * band // BANDS
            network.arc(helpers[helper], sink, part, band)
    kept = {
        (choice.group, choice.helper): network.arc(
            groups[choice.group], helpers[choice.helper], sizes[choice.group], choice.cost * FIT_WEIGHT
        )
        for choice in choices
    }
    while path := network.cheapest(source, sink):
        network.push(path)
    return {pair: network.room[arc + 1] for pair, arc in kept.items() if network.room[arc + 1]}
