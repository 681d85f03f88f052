"""Numbers and pictures: tiles, target bars, progress, comparisons, charts, maps, QR, source text, letterhead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import segno
from django.utils.safestring import SafeString, mark_safe

from guiyan.config.ui import drawing, formats, marks
from guiyan.config.ui.tags.library import part, register

MAP_BOUNDS = (40, 50, 55, 60)
DARK_FROM = 4
PHONE_LETTER = 26  # of a map, in units of its drawing: components/tiles.css


LEAST_FILL = 0.6  # so much of a bar is drawn for what has only begun


def share_of(percent: object) -> float | None:
    """A percentage as given; a variable the template doesn't know comes as an empty text."""
    return None if percent is None or percent == "" else float(str(percent))


def within(percent: object) -> float | None:
    """A share of a bar's width."""
    share = share_of(percent)
    return None if share is None else round(min(max(share, 0), 100), 1)


@register.inclusion_tag("components/target_bar.html")
def target_bar(percent: object, time_percent: object = None, label: str = "") -> dict[str, object]:
    share, filled = share_of(percent), within(percent)
    if share is not None and filled is not None and share > 0:
        filled = max(filled, LEAST_FILL)
    return {"percent": filled, "time_percent": within(time_percent), "label": label}


@register.inclusion_tag("components/number_tile.html")
def number_tile(label: str, value: object, **options: object) -> dict[str, object]:
    """Options: unit, percent, time_percent, target, state, note, href, date, current. Without percent there is no bar:
    a growth or a share is no part of its target."""
    percent = share_of(options.get("percent"))
    done = f"完成{formats.done_text(percent)}" if percent is not None else ""
    return {"label": label, "value": value, **options, "percent": percent, "done": done}


@register.inclusion_tag("components/progress.html")
def progress(done: int, total: int, label: str = "", poll_href: str = "", right: str = "") -> dict[str, object]:
    percent = within(done * 100 / total) if total else 0
    going = done < total
    return {
        "percent": percent,
        "label": label,
        "right": right or f"{percent:g}%",
        "poll_href": poll_href if going else "",
    }


@register.inclusion_tag("components/bar_compare.html")
def bar_compare(rows: Sequence[object]) -> dict[str, object]:
    """Before and after per row, all to one scale. Rows may have `href`, `label_note` and `note` (under the text)."""

    def number(row: object, name: str) -> float:
        return float(str(part(row, name, 0) or 0))

    top = max((max(number(r, "before"), number(r, "after")) for r in rows), default=0) or 1
    bars = [
        {
            "label": part(row, "label"),
            "before": round(number(row, "before") * 100 / top, 1),
            "after": round(number(row, "after") * 100 / top, 1),
            "text": part(row, "text"),
            **{name: part(row, name, "") for name in ("href", "label_note", "note")},
        }
        for row in rows
    ]
    return {"bars": bars}


@register.inclusion_tag("components/line_chart.html")
def line_chart(
    series: Sequence[Mapping[str, object]], labels: Sequence[str], unit: str = "", title: str = "", date: str = ""
) -> dict[str, object]:
    return {
        "chart": drawing.line_chart(series, labels),
        "labels": labels,
        "unit": unit,
        "title": title,
        "date": date,
        "width": drawing.WIDTH,
        "height": drawing.HEIGHT,
        "left": drawing.LEFT,
        "right": drawing.WIDTH - drawing.RIGHT,
    }


@register.inclusion_tag("components/region_map.html")
def region_map(
    regions: Iterable[object],
    bounds: Sequence[float] = MAP_BOUNDS,
    view_box: str = "0 0 640 420",
    title: str = "",
    unit: str = "%",
    schematic: bool = True,
) -> dict[str, object]:
    """A map in five steps of one colour. unit: what the bounds are in; schematic: says that it was not surveyed."""
    shapes = []
    for region in regions:
        points, value = str(part(region, "points")), part(region, "value", None)
        level = drawing.map_level(None if value is None else float(str(value)), bounds)
        x, y = drawing.centre(points)
        shapes.append(
            {
                "region": region,
                "level": level,
                "x": x,
                "y": y,
                "on_dark": level >= DARK_FROM,
                "points": points,
                "tight": drawing.width(points) < len(str(part(region, "name"))) * PHONE_LETTER,
            }
        )
    # A name that reaches over its neighbours is written last, so that none of them covers it.
    shapes.sort(key=lambda shape: bool(shape["tight"]))
    ranges = [f"不到{bounds[0]:g}{unit}", *(f"{a:g}—{b:g}{unit}" for a, b in pairwise(bounds))]
    return {
        "shapes": shapes,
        "legend": [*ranges, f"{bounds[-1]:g}{unit}以上"],
        "view_box": view_box,
        "title": title,
        "schematic": schematic,
    }


@register.simple_tag
def qr(address: str) -> SafeString:
    """A QR code as inline SVG, black on white, readable from paper."""
    code = segno.make(address, error="m", micro=False)
    # segno writes the markup itself; the address is inside the modules, not in the text.
    return mark_safe(code.svg_inline(scale=1, omitsize=True, svgclass="qr", lineclass=None, border=2))


@register.inclusion_tag("components/qr_block.html")
def qr_block(address: str, text: str, note: str = "") -> dict[str, object]:
    return {"address": address, "text": text, "note": note}


@register.inclusion_tag("components/letterhead.html")
def letterhead(office: str, number: str = "") -> dict[str, object]:
    return {"office": office, "number": number}


@register.inclusion_tag("components/source_text.html")
def source_text(text: str, spans: Iterable[object], current: object = "") -> dict[str, object]:
    return {"paragraphs": marks.cut(text, spans), "current": str(current or "")}
