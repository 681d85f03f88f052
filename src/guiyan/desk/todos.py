"""What waits for whoever is signed in (我的工作), gathered from the areas.

An area that has something to do for people has `todos.py` with `todos(actor) -> list[Todo]`, each source bounded, and
`WORKING`: the permissions of those who do it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from types import ModuleType

from guiyan import desk
from guiyan.cases.queries import Light
from guiyan.kernel.actors import Actor, holds


@dataclass(frozen=True)
class Todo:
    """One thing to do.

    href: where it is done, and what tells it from another; todo: the verb (受理); title: of what; who and note: whose,
    and a word more; entry: where it came from or its number; can_act: false while it waits for somebody else;
    green: it goes before what is not late yet (绿色通道).
    """

    href: str
    todo: str
    title: str
    who: str
    light: Light
    note: str = ""
    place: str = ""
    entry: str = ""
    due_on: date | None = None
    can_act: bool = True
    green: bool = False


def gather(actor: Actor) -> list[Todo]:
    """Everything that waits for the actor, late first, what stands still last; the same address once."""
    found: dict[str, Todo] = {}
    for area in areas():
        for todo in area.todos(actor):
            found.setdefault(todo.href, todo)
    return sorted(found.values(), key=_order)


def _order(todo: Todo) -> tuple[int, bool, date, str]:
    """Late first, whatever it is; then what goes first (绿色通道); what stands still last."""
    group = {"late": 0, "paused": 2}.get(todo.light.state, 1)
    return (group, group == 1 and not todo.green, todo.due_on or date.max, todo.href)


def has_work(actor: Actor) -> bool:
    """Whether this actor's posts handle anything at all."""
    return any(holds(actor, permission) for area in areas() for permission in area.WORKING)


@lru_cache(maxsize=1)
def areas() -> tuple[ModuleType, ...]:
    names = sorted(f"guiyan.desk.{found.name}.todos" for found in iter_modules(desk.__path__) if found.ispkg)
    return tuple(import_module(name) for name in names if find_spec(name))
