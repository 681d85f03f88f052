"""Blocks around a page's own content: cards, callouts, dialogs, reasons, action bars; the side bar's groups."""

from __future__ import annotations

from collections.abc import Iterable

from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from guiyan.config.ui.tags.library import part, register

TONES = {"amber", "red", "blue", "green", "plain"}


@register.simple_block_tag
def card(content: SafeString, title: str = "", **options: object) -> SafeString:
    """Options: note, href + link (a link in the head), chip + chip_kind, flush, id, level (heading)."""
    return SafeString(render_to_string("components/card.html", {"content": content, "title": title, **options}))


@register.simple_block_tag
def callout(content: SafeString, tone: str = "plain", title: str = "") -> SafeString:
    if tone not in TONES:
        raise ValueError(f"no callout {tone!r}; known: {', '.join(sorted(TONES))}")
    return SafeString(render_to_string("components/callout.html", {"content": content, "tone": tone, "title": title}))


@register.simple_block_tag
def dialog(content: SafeString, id: str, title: str, open: bool = False) -> SafeString:
    context = {"content": content, "id": id, "title": title, "open": open}
    return SafeString(render_to_string("components/dialog.html", context))


@register.simple_block_tag
def why(content: SafeString, title: str = "为什么问") -> SafeString:
    return format_html('<div class="why"><b>{}</b>{}</div>', title, content)


@register.simple_block_tag
def action_bar(content: SafeString, label: str = "办理") -> SafeString:
    return format_html('<section class="action-bar" aria-label="{}">{}</section>', label, content)


@register.simple_tag(takes_context=True)
def nav_groups(context: Context, entries: object) -> list[dict[str, object]]:
    """The side bar from flat entries (group, label, href, icon, count) or ready groups.

    Which is active the entries say; where none does, the longest match is.
    """
    rows = list(entries) if isinstance(entries, Iterable) else []
    path = context["request"].path if "request" in context else ""
    flat: list[tuple[str, object]] = []
    for row in rows:
        items = part(row, "items", None)
        if isinstance(items, list | tuple):
            flat += [(str(part(row, "label")), item) for item in items]
        else:
            flat.append((str(part(row, "group")), row))
    told = any(part(item, "active", None) is not None for _, item in flat)
    matching = [] if told else [href for _, item in flat if path.startswith(href := str(part(item, "href")))]
    here = max(matching, key=len, default="")
    groups: dict[str, list[dict[str, object]]] = {}
    for group, item in flat:
        shown = {name: part(item, name, None) for name in ("label", "href", "icon", "count")}
        shown["active"] = bool(part(item, "active", False)) or shown["href"] == here
        groups.setdefault(group, []).append(shown)
    return [{"label": label, "links": links} for label, links in groups.items()]


@register.simple_tag
def first_links(groups: list[dict[str, object]], count: int = 4) -> list[object]:
    """The first links over all groups, always the same: the desk's tab bar below 640 px, met by the thumb unseen."""
    return [link for group in groups for link in group["links"]][:count]  # type: ignore[attr-defined]


@register.inclusion_tag("components/toast.html", takes_context=True)
def toast(context: Context, message: object) -> dict[str, object]:
    """One message of django.contrib.messages; `undo:/address/` among its extra tags offers 撤回."""
    tags = str(part(message, "extra_tags") or "").split()
    undo = next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
    level = str(part(message, "level_tag") or "success")
    return {"text": message, "level": level, "undo": undo, "csrf_token": context.get("csrf_token")}
