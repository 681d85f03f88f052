"""A copy of the real pack to spoil: change a file, load, read the problems."""

from __future__ import annotations

import shutil
from pathlib import Path

from guiyan.packs import PackErrors, load_pack

REPOSITORY = Path(__file__).parents[2]
XIANNING = REPOSITORY / "cities" / "xianning"


def copied(to: Path) -> Path:
    return shutil.copytree(XIANNING, to / "xianning")


def edit(folder: Path, name: str, old: str, new: str) -> int:
    """Replace `old`, which must be there, and return the line it stood on."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {name}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def problems(folder: Path) -> list[str]:
    try:
        load_pack(folder)
    except PackErrors as wrong:
        return [str(problem).removeprefix(f"{folder}/") for problem in wrong.problems]
    return []
