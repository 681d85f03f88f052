"""Looking names up inside a pack: what leads nowhere becomes a problem with its file and line."""

from __future__ import annotations

from collections.abc import Collection

from guiyan.packs.errors import unknown_name
from guiyan.packs.pack import Pack
from guiyan.packs.reading import Faults
from guiyan.packs.yamltree import Path_


class References:
    """`find` adds a problem where a name leads nowhere; an absent name (None) is never one."""

    def __init__(self, pack: Pack, reading: Faults) -> None:
        self.pack, self.reading = pack, reading
        self.unit_kinds = {unit.kind for unit in pack.units.values()}

    def find(self, owner: tuple[str, str], path: Path_, what: str, name: object, known: Collection[object]) -> None:
        if name is not None and name not in known:
            message = unknown_name(what, str(name), [str(each) for each in known])
            self.reading.blame(*owner, path, message)

    def unit_kind(self, owner: tuple[str, str], path: Path_, name: str | None) -> None:
        self.find(owner, path, "unit kind", name, self.unit_kinds)
