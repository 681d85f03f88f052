"""The rules of a page: horizontal and vertical strokes, also those drawn as thin filled boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_THIN = 3.0
_SHORT = 4.0
_SLANT = 0.6
_MOST_SEGMENTS = 60_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A stroke: where it lies across its direction, and from where to where it goes."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Rules:
    across: tuple[Rule, ...]
    down: tuple[Rule, ...]


def rules_of(page: Any) -> Rules:
    """Every straight stroke along the page's axes that is long enough to part cells."""
    across: list[Rule] = []
    down: list[Rule] = []
    for (x0, y0), (x1, y1) in _strokes(page):
        if abs(y1 - y0) <= _SLANT and abs(x1 - x0) >= _SHORT:
            across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x1 - x0) <= _SLANT and abs(y1 - y0) >= _SHORT:
            down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if len(across) + len(down) > _MOST_SEGMENTS:
            break
    return Rules(tuple(across), tuple(down))


_Point = tuple[float, float]


def _strokes(page: Any) -> Iterator[tuple[_Point, _Point]]:
    from pypdfium2 import raw

    for shape in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
        left, bottom, right, top = shape.get_bounds()
        if right - left <= _THIN and top - bottom > _THIN:
            yield ((left + right) / 2, bottom), ((left + right) / 2, top)
        elif top - bottom <= _THIN and right - left > _THIN:
            yield (left, (bottom + top) / 2), (right, (bottom + top) / 2)
        elif _is_stroked(shape):
            yield from _segments(shape)


def _is_stroked(shape: Any) -> bool:
    import ctypes

    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(shape, ctypes.byref(fill), ctypes.byref(stroke)) and stroke.value)


def _segments(shape: Any) -> Iterator[tuple[_Point, _Point]]:
    """Pairs of points that straight segments join, in the page's own measure."""
    import ctypes

    from pypdfium2 import raw

    matrix = shape.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    begin = before = None
    for i in range(min(raw.FPDFPath_CountSegments(shape), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(shape, i)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            yield before, point
        if raw.FPDFPathSegment_GetClose(segment) and begin is not None:
            yield point, begin
        before = point
