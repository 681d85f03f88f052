"""What the desk changed of the pack: written as files (`pack export`), and merged with new files (`pack apply`).

Runs with Django set up and inside the system's scope.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from guiyan.kernel import releases
from guiyan.kernel.errors import Refused
from guiyan.packs import Pack, PackErrors, Problem
from guiyan.packs.checks import check_pack
from guiyan.packs.merging import DeskEdits, Merged, merge, words_of
from guiyan.packs.parts import part_of_texts
from guiyan.packs.reading import Faults


def merged_with_desk(files: Pack, *, keep: Collection[str] = (), take: Collection[str] = ()) -> Merged:
    """New files with what the desk changed, checked as a whole. Conflicts are in it and not yet refused.

    Raises PackErrors where what the desk changed does not go with the new files.
    """
    try:
        in_force = releases.current()
    except releases.NoRelease:
        return Merged(files, DeskEdits())
    merged = merge(files, in_force, releases.desk_edits(), keep=keep, take=take)
    if merged.kept and not merged.conflicts:
        faults = Faults()
        check_pack(merged.pack, faults)
        if faults.placed:
            raise PackErrors([Problem(f"desk: {one.kind}/{one.name}.yaml", 1, one.message) for one in faults.placed])
    return merged


def refuse_conflicts(merged: Merged) -> None:
    """Raises Refused with both texts of every measure in conflict."""
    if merged.conflicts:
        text = "\n".join(line for conflict in merged.conflicts for line in words_of(conflict))
        raise Refused(f"{text}\n先运行 bin/guiyan pack export 把工作台上的修改取出来看，再决定留哪一边。", "conflict")


def wanted_words(merged: Merged) -> Iterator[str]:
    """What applying would do with the desk's changes."""
    for name in merged.kept:
        yield f"保留工作台上改过的措施：{name}"
    for name in merged.taken:
        yield f"改用新文件里的措施：{name}"


def write_files(folder: Path, edits: DeskEdits, *, over: bool = False) -> list[Path]:
    """Write what the desk changed as files of a pack, and give the paths of those that are new or read otherwise.

    A file that says neither what was applied nor what the desk says was edited by somebody: Refused, unless `over`.
    """
    there = {file: (folder / file).read_text(encoding="utf-8") for file in edits.texts if (folder / file).is_file()}
    names = [name for name in edits.names if differs(name, edits.texts, there)]
    here = {Path(file).stem for file in there}
    edited = [name for name in names if name in here and differs(name, edits.before, there)]
    if edited and not over:
        listed = "、".join(edited)
        said = f"{folder} 里这些措施的文件和上次装入的不一样，没有写：{listed}。"
        raise Refused(f"{said}请用 --to 写到另一个目录对照，或加 --over 覆盖。", "edited")
    written = []
    for file, text in edits.texts.items():
        if Path(file).stem in names:
            path = folder / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written.append(path)
    return sorted(written)


def differs(name: str, texts: Mapping[str, str], there: Mapping[str, str]) -> bool:
    """Whether the files say another thing of the measure than the texts; comments and spelling count for nothing."""
    try:
        return part_of_texts(texts, name) != part_of_texts(there, name)
    except (ValueError, KeyError, AssertionError, AttributeError, TypeError):
        return True  # a file that can't be read was edited
