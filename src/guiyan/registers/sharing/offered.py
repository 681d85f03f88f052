"""What other bureaus hold and may be asked for: whole lists, and what a source says of a register's entries."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.packs.comparison import Sharing
from guiyan.packs.pack import Pack


@dataclass(frozen=True)
class Shared:
    """id: of the list, or `register.source`. columns: what is in it, in words. register: whose source it is."""

    id: str
    label: str
    sharing: Sharing
    columns: tuple[str, ...]
    register: str = ""
    source: str = ""


def id_of(register: str, source: str) -> str:
    return f"{register}.{source}"


def offered(pack: Pack | None = None) -> dict[str, Shared]:
    """The catalogue, as the pack declares it."""
    pack = pack or releases.current()
    found = {
        one.id: Shared(one.id, one.label, one.sharing, tuple(column.label for column in one.columns.values()))
        for one in pack.lists.values()
        if one.sharing is not None
    }
    for register in pack.registers.values():
        for source in register.sources.values():
            if source.sharing is not None:
                name = id_of(register.id, source.id)
                columns = tuple(field.label for field in register.reported if not field.retired)
                label = f"{source.label}（{register.label}）"
                found[name] = Shared(name, label, source.sharing, columns, register.id, source.id)
    return found


def shared_data(item_id: str) -> Shared:
    """One thing of the catalogue. Raises NotFound."""
    found = offered().get(item_id)
    if found is None:
        raise NotFound("目录里没有这项数据。")
    return found
