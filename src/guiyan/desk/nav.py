"""The desk's menu, gathered from the areas: each has `nav.py` with `entries(actor) -> list[NavEntry]`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from guiyan import desk
from guiyan.kernel.actors import Actor

# The order of the groups in the side bar; groups not named here follow.
GROUPS = ("工作", "基础信息", "政策与资金", "目标", "系统")


@dataclass(frozen=True)
class NavEntry:
    """One line of the menu. `count` must come from a bounded query; None shows none.

    also: beginnings of other addresses whose pages belong to this line. alone: of the addresses
    that begin with its own, only that one is its page.
    """

    group: str
    label: str
    href: str
    icon: str
    order: int = 100
    count: int | None = None
    also: tuple[str, ...] = ()
    alone: bool = False

    def nearness(self, path: str) -> int:
        """How much of a page's address this line explains; 0: it is another line's page."""
        own = path == self.href if self.alone else path.startswith(self.href)
        return max((len(one) for one in (self.href if own else "", *self.also) if path.startswith(one)), default=0)


def gather(actor: Actor) -> list[NavEntry]:
    """Everything this actor may open, in menu order."""
    if actor.kind != "user" or not actor.grants:
        return []
    entries = [entry for area in areas() for entry in area.entries(actor)]
    return sorted(entries, key=lambda entry: (group_order(entry.group), entry.order, entry.label))


def menu_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The menu as the side bar draws it: groups with their items, the nearest to the page active."""
    entries = gather(actor)
    nearest = max(entries, key=lambda entry: entry.nearness(path), default=None)
    here = nearest.href if nearest is not None and nearest.nearness(path) else ""
    groups: dict[str, list[dict[str, Any]]] = {}
    for entry in entries:
        item = {"label": entry.label, "href": entry.href, "icon": entry.icon, "count": entry.count}
        groups.setdefault(entry.group, []).append({**item, "active": entry.href == here})
    return [{"label": label, "items": items} for label, items in groups.items()]


def group_order(group: str) -> tuple[int, str]:
    return (GROUPS.index(group), "") if group in GROUPS else (len(GROUPS), group)


@lru_cache(maxsize=1)
def areas() -> tuple[ModuleType, ...]:
    names = sorted(f"guiyan.desk.{found.name}.nav" for found in iter_modules(desk.__path__) if found.ispkg)
    return tuple(import_module(name) for name in names if find_spec(name))
