"""The portal's menu and its tab bar on a phone."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

MENU = (
    ("首页", "portal:home"),
    ("我能享受什么", "portal:screening"),
    ("办事", "portal:services"),
    ("政策", "portal:measures"),
    ("查进度", "portal:progress"),
    ("公示公开", "portal:notices"),
    ("帮办代办", "portal:about"),
)
TABS = (
    ("首页", "portal:home", "home", ()),
    ("办事", "portal:services", "doc", ("/apply/", "/can-i-get/", "/measures/")),
    ("公示", "portal:notices", "megaphone", ("/results/",)),
    ("我的", "portal:my", "person", ("/progress/", "/p/")),
)


def portal_menu(path: str) -> list[dict[str, Any]]:
    """The header's links, the one that leads here marked."""
    return [{"label": label, "href": reverse(name), "active": leads_to(reverse(name), path)} for label, name in MENU]


def portal_tabs(path: str) -> list[dict[str, Any]]:
    """The four tabs of a phone; a tab is marked for all the pages that belong to it."""
    return [
        {"label": label, "href": reverse(name), "icon": icon, "active": belongs(reverse(name), more, path)}
        for label, name, icon, more in TABS
    ]


def belongs(href: str, more: tuple[str, ...], path: str) -> bool:
    return leads_to(href, path) or path.startswith(more)


def leads_to(href: str, path: str) -> bool:
    return path == href if href == "/" else path.startswith(href)
