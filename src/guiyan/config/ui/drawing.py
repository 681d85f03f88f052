"""Geometry of the charts drawn on the server: a line chart, steps of a map. They need no script, and print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log10

WIDTH, HEIGHT = 640, 236
LEFT, RIGHT, TOP, BOTTOM = 64, 24, 28, 40
MAP_LEVELS = 5


@dataclass(frozen=True)
class Tick:
    at: float
    text: str


@dataclass(frozen=True)
class Line:
    label: str
    dashed: bool
    quiet: bool
    points: str
    end_x: float
    end_y: float
    end_text: str


@dataclass(frozen=True)
class LineChart:
    lines: tuple[Line, ...]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    table: tuple[tuple[str, tuple[str, ...]], ...]


def round_up(value: float) -> float:
    """The next of 1, 2, 5 × 10ⁿ: the top of an axis that starts at 0."""
    if value <= 0:
        return 1
    step = 10 ** (ceil(log10(value)) - 1)
    return float(next(k * step for k in (1, 2, 2.5, 5, 10) if k * step >= value))


def number_text(value: float | None) -> str:
    return "—" if value is None else f"{value:,g}" if value % 1 else f"{value:,.0f}"


def line_chart(series: Sequence[Mapping[str, object]], labels: Sequence[str]) -> LineChart:
    """Lines over equal steps; a None value is not drawn (no zero is invented)."""
    values = {str(one["label"]): list(_numbers(one["values"])) for one in series}
    top = round_up(max((v for run in values.values() for v in run if v is not None), default=0))
    step_x = (WIDTH - LEFT - RIGHT) / max(len(labels) - 1, 1)

    def at(index: int, value: float) -> tuple[float, float]:
        return round(LEFT + index * step_x, 1), round(TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM), 1)

    lines = []
    for one in series:
        known = [(i, v) for i, v in enumerate(values[str(one["label"])]) if v is not None]
        points = [at(i, v) for i, v in known]
        if points:
            path = " ".join(f"{x},{y}" for x, y in points)
            text = number_text(known[-1][1])
            dashed, quiet = bool(one.get("dashed")), bool(one.get("quiet"))
            lines.append(Line(str(one["label"]), dashed, quiet, path, *points[-1], text))
    rows = tuple(Tick(at(0, top * share)[1], number_text(top * share)) for share in (0, 0.5, 1))
    columns = tuple(Tick(at(i, 0)[0], label) for i, label in enumerate(labels))
    table = tuple((label, tuple(number_text(v) for v in run)) for label, run in values.items())
    return LineChart(tuple(lines), rows, columns, table)


def _numbers(values: object) -> Iterable[float | None]:
    if not isinstance(values, Iterable):
        raise TypeError("a series needs a list of values")
    return (None if value is None else float(str(value)) for value in values)


def map_level(value: float | None, bounds: Sequence[float]) -> int:
    """0 without a value, else 1 to 5 by the four ascending bounds."""
    if value is None:
        return 0
    return 1 + sum(value >= bound for bound in list(bounds)[: MAP_LEVELS - 1])


def width(points: str) -> float:
    xs = [float(pair.split(",")[0]) for pair in points.split()]
    return max(xs) - min(xs) if xs else 0.0


def centre(points: str) -> tuple[float, float]:
    """Where a region's name stands: its centre of gravity; the middle of its corners' box where it has no area."""
    corners = [(float(x), float(y)) for x, y in (pair.split(",") for pair in points.split())]
    twice = x = y = 0.0
    for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
        cross = ax * by - bx * ay
        twice, x, y = twice + cross, x + (ax + bx) * cross, y + (ay + by) * cross
    if abs(twice) < 1e-9:
        xs, ys = [c[0] for c in corners], [c[1] for c in corners]
        return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)
    return round(x / (3 * twice), 1), round(y / (3 * twice), 1)
