"""Ruled tables: strokes that meet make a grid; cells are its fields, joined where no stroke parts them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from guiyan.engine.documents.files.grid import Cell, cell_words, grid_rows
from guiyan.engine.documents.files.pdf_lines import Char, PageTable, joint, lines_of
from guiyan.engine.documents.files.pdf_rules import Rule, Rules

_NEAR = 2.5
_COVERED = 0.6


def tables_on(rules: Rules, chars: list[Char]) -> tuple[list[PageTable], list[Char]]:
    """The tables of a page from the top down, and the characters that stand in none."""
    tables: list[PageTable] = []
    rest = chars
    for group in sorted(_groups(rules), key=lambda group: -max(rule.end for rule in group.down)):
        xs, ys = _places(group.down), _places(group.across)
        if len(xs) < 3 or len(ys) < 2:
            continue
        inside = [c for c in rest if xs[0] < c.middle[0] < xs[-1] and ys[0] < c.middle[1] < ys[-1]]
        if not inside:
            continue
        rest = [c for c in rest if not (xs[0] < c.middle[0] < xs[-1] and ys[0] < c.middle[1] < ys[-1])]
        rows = grid_rows(_cells(group, xs, ys, inside))
        tables.append(PageTable(tuple(xs), tuple(map(tuple, rows)), ys[-1], ys[0]))
    return tables, rest


def _places(rules: Iterable[Rule]) -> list[float]:
    """Where rules lie, those almost at one place as one."""
    places: list[float] = []
    for at in sorted(rule.at for rule in rules):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _groups(rules: Rules) -> list[Rules]:
    """Rules that meet, directly or through others: one group a table."""
    nodes: list[tuple[bool, Rule]] = [(True, r) for r in rules.across] + [(False, r) for r in rules.down]
    parent = list(range(len(nodes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    ordered = sorted(range(len(rules.across)), key=lambda i: rules.across[i].at)
    heights = [rules.across[i].at for i in ordered]
    for j, rule in enumerate(rules.down, start=len(rules.across)):
        low = bisect_right(heights, rule.start - _NEAR)
        high = bisect_right(heights, rule.end + _NEAR)
        for i in ordered[low:high]:
            if rules.across[i].start - _NEAR <= rule.at <= rules.across[i].end + _NEAR:
                parent[root(i)] = root(j)
    found: dict[int, list[tuple[bool, Rule]]] = defaultdict(list)
    for i, node in enumerate(nodes):
        found[root(i)].append(node)
    groups = (
        Rules(tuple(r for level, r in group if level), tuple(r for level, r in group if not level))
        for group in found.values()
    )
    return [group for group in groups if group.across and group.down]


def _cells(rules: Rules, xs: Sequence[float], ys: Sequence[float], chars: list[Char]) -> list[Cell]:
    """Fields of the grid joined over missing rules, from the top row down, each with its words."""
    rows, columns = len(ys) - 1, len(xs) - 1
    walls = _walls(rules.down, xs, ys)
    floors = _walls(rules.across, ys, xs)
    held: dict[tuple[int, int], list[Char]] = defaultdict(list)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    cells: list[tuple[int, int, int, int]] = []
    for row in range(rows - 1, -1, -1):
        for column in range(columns):
            if (row, column) in owner:
                continue
            across = down = 1
            while column + across < columns and not walls[column + across, row]:
                across += 1
            while row - down >= 0 and not any(floors[row - down + 1, column + k] for k in range(across)):
                down += 1
            cells.append((row, column, down, across))
            owner |= {(row - i, column + k): (row, column) for i in range(down) for k in range(across)}
    for char in chars:
        x, y = char.middle
        field = (bisect_right(ys, y) - 1, bisect_right(xs, x) - 1)
        held[owner[min(max(field[0], 0), rows - 1), min(max(field[1], 0), columns - 1)]].append(char)
    return [
        Cell(rows - 1 - row, column, _words(held[row, column]), down, across) for row, column, down, across in cells
    ]


def _words(chars: list[Char]) -> str:
    words = ""
    for line in lines_of(chars):
        words += joint(words, line.words) + line.words
    return cell_words([words])


def _walls(rules: Iterable[Rule], places: Sequence[float], stops: Sequence[float]) -> dict[tuple[int, int], bool]:
    """(place, field between stops) -> whether rules at that place cover most of the field."""
    covered: dict[tuple[int, int], float] = defaultdict(float)
    for rule in rules:
        place = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for field in range(len(stops) - 1):
            length = min(rule.end, stops[field + 1]) - max(rule.start, stops[field])
            if length > 0:
                covered[place, field] += length
    return {
        (place, field): covered[place, field] > _COVERED * (stops[field + 1] - stops[field])
        for place in range(len(places))
        for field in range(len(stops) - 1)
    }
