"""What a pack says that is not wrong, but can hardly be meant."""

from __future__ import annotations

from collections.abc import Iterator

from guiyan.engine.rules.reach import out_of_reach
from guiyan.packs.errors import Problem
from guiyan.packs.pack import Pack
from guiyan.packs.reading import Reading


def warnings_of(pack: Pack, reading: Reading) -> Iterator[Problem]:
    """Each with its file and line."""
    for name, compiled in pack.compiled.items():
        tree, base = reading.origins[("measures", name)]
        for path, message in out_of_reach(compiled):
            yield Problem(tree.file, tree.line((*base, *path)), message)
