"""Small parts: icons, buttons, lights, chips, clocks, marks, avatars, key caps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guiyan.config.ui.tags.library import register

LIGHTS = {"ok": "正常", "warn": "临期", "late": "超期", "paused": "已暂停", "idle": "未开始"}
CHIPS = {"plain", "blue", "amber", "green", "red", "line", "warm", "notice"}
FRESH_DAYS, AGEING_DAYS = 90, 180
SURE_PERCENT = 70
BUTTON_KINDS = {"primary", "secondary", "plain", "danger", "text"}
SPRITE = Path(__file__).parents[2] / "static" / "guiyan" / "icons.svg"
BUTTON_OPTIONS = {
    "name", "value", "form", "formaction", "formnovalidate", "icon", "icon_after", "key", "href", "size", "wide",
    "busy", "dialog", "disabled_reason", "id", "label", "title", "download", "popover_hint", "sure",
}  # fmt: skip


@register.simple_tag
def icon(name: str, label: str = "", css: str = "") -> SafeString:
    """One drawing of the sprite; decorative unless it has a label."""
    href = f"{static('guiyan/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon {}" role="img" aria-label="{}"><use href="{}"></use></svg>', css, label, href
        )
    return format_html('<svg class="icon {}" aria-hidden="true"><use href="{}"></use></svg>', css, href)


@register.simple_tag
@cache
def sprite_names() -> tuple[str, ...]:
    """Every drawing of the sprite, for the designers' page and the test that no template asks for another."""
    return tuple(re.findall(r'<symbol id="([^"]+)" viewBox="0 0 20 20"', SPRITE.read_text(encoding="utf-8")))


@register.inclusion_tag("components/button.html")
def button(text: str, kind: str = "primary", type: str = "submit", **options: object) -> dict[str, object]:
    if kind not in BUTTON_KINDS:
        raise ValueError(f"no button kind {kind!r}; known: {', '.join(sorted(BUTTON_KINDS))}")
    if unknown := set(options) - BUTTON_OPTIONS:
        raise ValueError(f"no button option {', '.join(sorted(unknown))}; known: {', '.join(sorted(BUTTON_OPTIONS))}")
    return {"text": text, "kind": kind, "type": "button" if options.get("dialog") else type, **options}


@register.simple_tag
def light(state: str, text: str = "", strong: bool = True) -> SafeString:
    """Shape, colour and words; `strong=False` leaves the words in the text's own colour.

    Without a state (nothing is being timed) only the words.
    """
    if not state:
        return format_html("{}", text)
    if state not in LIGHTS:
        raise ValueError(f"no light {state!r}; known: {', '.join(LIGHTS)}")
    quiet = "" if strong else " light-quiet"
    shape = icon(f"light-{state}")
    return format_html('<span class="light light-{}{}">{}{}</span>', state, quiet, shape, text or LIGHTS[state])


@register.simple_tag
def chip(text: str, kind: str = "plain", icon: str = "") -> SafeString:
    """A state, never a button."""
    if kind not in CHIPS:
        raise ValueError(f"no chip {kind!r}; known: {', '.join(sorted(CHIPS))}")
    drawing = _icon(icon, css="icon-light" if icon.startswith("light-") else "") if icon else ""
    return format_html('<span class="chip chip-{}">{}{}</span>', kind, drawing, text)


_icon = icon


@register.inclusion_tag("components/clock.html")
def clock(used: int, total: int, **words: object) -> dict[str, object]:
    """One cell a working day; days beyond the limit are red."""
    cells = ["over" if n >= total else "used" if n < used else "" for n in range(max(used, total))]
    return {"used": used, "total": total, "cells": cells, **words}


@register.simple_tag
def provenance(marks: Iterable[tuple[str, str, bool]]) -> SafeString:
    """Which channels hold the record: 数 户 自."""
    return format_html(
        '<span class="marks">{}</span>',
        format_html_join(
            "",
            '<span class="{}" title="{}">{}<span class="sr-only">{}</span></span>',
            (
                ("present" if held else "absent", f"{name}{'有' if held else '没有'}", letter, "有" if held else "没有")
                for letter, name, held in marks
            ),
        ),
    )


@register.simple_tag
def freshness(days: int | None) -> SafeString:
    if days is None:
        return format_html('<span class="fresh fresh-late">{}{}</span>', "没有核对过", icon("light-late"))
    state = "ok" if days <= FRESH_DAYS else "warn" if days <= AGEING_DAYS else "late"
    words = "今天" if days == 0 else f"{days}天前"
    return format_html('<span class="fresh fresh-{}">{}{}</span>', state, words, icon(f"light-{state}"))


@register.inclusion_tag("components/confidence.html")
def confidence(percent: float) -> dict[str, object]:
    return {"percent": round(percent), "low": percent < SURE_PERCENT}


@register.simple_tag
def avatar(name: str, tone: str = "blue", size: str = "") -> SafeString:
    big = " avatar-big" if size == "big" else ""
    return format_html('<span class="avatar avatar-{}{}" aria-hidden="true">{}</span>', tone, big, name[:1])


@register.simple_tag
def kbd(key: str) -> SafeString:
    return format_html('<kbd class="kbd">{}</kbd>', key)


@register.simple_tag
def shortcuts(keys: Sequence[tuple[str, str]]) -> SafeString:
    """Foot of a list: key caps with what they do."""
    rows = ((format_html_join("", "{}", ((kbd(key),) for key in caps.split())), words) for caps, words in keys)
    return format_html('<div class="shortcuts">{}</div>', format_html_join("", "<span>{} {}</span>", rows))


@register.simple_tag
def skeleton(lines: int = 3) -> SafeString:
    bars = format_html_join("", "<i{}></i>", (("",) for _ in range(lines)))
    return format_html('<div class="skeleton" role="status"><span class="sr-only">正在取数</span>{}</div>', bars)
