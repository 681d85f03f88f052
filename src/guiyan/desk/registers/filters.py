"""Every register is a list; which filters and columns it knows is declared in the city pack."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed, region_words
from guiyan.desk.registers.views import menus_of
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.packs.register import Register
from guiyan.registers.declared import shown_fields


def register_of(key: Key) -> Register | None:
    return releases.current().registers.get(key[0]) if key else None


def title(key: Key) -> str:
    """Empty for a register that the city no longer declares."""
    found = register_of(key)
    return found.label if found else ""


def filters(actor: Actor, key: Key) -> Iterable[Filter]:
    register = register_of(key)
    if register is None:
        return
    for menu in menus_of(actor, register):
        if menu["name"] == "region":
            yield Filter("region", "区划", region_words)
        else:
            options: list[tuple[str, str]] = menu["options"]  # type: ignore[assignment]
            yield Filter(str(menu["name"]), str(menu["label"]), fixed(options))
    columns = {field.id: field.label for field in shown_fields(register)}
    yield Filter("columns", "列", fixed(columns), many=True)


def sorts(key: Key) -> Mapping[str, str]:
    register = register_of(key)
    declared = {one.id: one.label for one in shown_fields(register) if one.sort} if register else {}
    return {**declared, "checked_on": "最近核对"}


LISTS = (OfficerList("registers:list", title, frozenset({"register.view"}), more=filters, more_sorts=sorts),)
