"""Who sends a register's entries from outside government: kinds of units, and the role their accounts have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guiyan.packs.errors import unknown_name
from guiyan.packs.people import SEND

if TYPE_CHECKING:
    from guiyan.packs.pack import Pack
    from guiyan.packs.reading import Faults
    from guiyan.packs.register_checks import Checking
    from guiyan.packs.yamltree import Path_

WAYS = frozenset({"file", "form", "api"})


def sending(found: Checking) -> None:
    """An entry is its sender's by its key: without one, or where others answer or tell, nothing can be sent."""
    register = found.register
    kinds = sorted({unit.kind for unit in found.pack.units.values()})
    seen: dict[str, str] = {}
    for source in register.sources.values():
        here: Path_ = ("sources", source.id, "sent_by")
        for place, kind in enumerate(source.sent_by):
            if kind not in kinds:
                found.blame((*here, place), unknown_name("kind of unit", kind, kinds))
            if kind in seen:
                found.blame((*here, place), f"units of kind {kind} send as `{seen[kind]}` already: leave out one")
            seen.setdefault(kind, source.id)
        if not source.sent_by:
            continue
        if register.key_field is None:
            found.blame(here, "without a `key_field` nobody could tell whose an entry is")
        elif register.key_field in register.fields and register.fields[register.key_field].encrypted:
            found.blame(here, "a number that other registers know tells who is known: choose another `key_field`")
        if register.journal is not None or register.answers is not None:
            found.blame(here, "records and answers stand on other entries, which a sender does not see")
        if source.sharing is not None:
            found.blame(here, "data of another bureau comes under an authorisation, not from a sender")
        if not WAYS & set(source.by):
            found.blame(here, f"they send by one of {', '.join(sorted(WAYS))}: name it in `by`")


def sending_roles(pack: Pack, reading: Faults) -> None:
    """A sender's account can send and nothing else, and belongs to a unit from which some register takes entries."""
    for name, role in pack.roles.items():
        if (SEND in role.permissions) != (role.scope == "sender"):
            reading.blame("roles", name, ("permissions",), f"`{SEND}` and `scope: sender` belong together")
        elif SEND in role.permissions and set(role.permissions) != {SEND}:
            reading.blame("roles", name, ("permissions",), f"a sender is outside government: `{SEND}` and nothing else")
    kinds = {kind for register in pack.registers.values() for kind in register.senders}
    for name, account in pack.demo.items():
        unit = pack.units.get(account.unit or "")
        sends = any(role in pack.roles and pack.roles[role].scope == "sender" for role in account.roles)
        if sends and unit is not None and unit.kind not in kinds:
            reading.blame("demo", name, ("roles",), f"no register is sent by units of kind {unit.kind}")
