"""New files and what the desk changed, merged three ways, a measure at a time.

The base is what the files said when they were applied last: what is in force, without what the desk changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from guiyan.packs.errors import PackErrors, Problem
from guiyan.packs.pack import Pack
from guiyan.packs.parts import MADE, Part, files_of, names_in, part_in, part_of_texts, with_part


@dataclass(frozen=True)
class DeskEdits:
    """What the desk changed since the files were applied last.

    texts: file → YAML text as it is in force. before: the same files as they were applied; absent: not there.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        return names_in(self.texts)

    def made(self, name: str) -> frozenset[str]:
        """Which of `items` and `plans` the desk made for the measure."""
        return frozenset(one for one in MADE if f"{one}/{name}.yaml" in {*self.texts, *self.before})

    def with_change(self, name: str, was: Part, now: Part) -> DeskEdits:
        """The desk puts `now` in the place of `was`; what the files said is remembered from the first change on."""
        rest, texts, before = self.without(name), now.texts(name), was.texts(name)
        if name in self.names:
            before = {file: text for file, text in self.before.items() if file in files_of(name)}
        if texts == before:
            return rest
        return DeskEdits({**rest.texts, **texts}, {**rest.before, **before})

    def without(self, name: str) -> DeskEdits:
        own = files_of(name)
        return DeskEdits(
            {file: text for file, text in self.texts.items() if file not in own},
            {file: text for file, text in self.before.items() if file not in own},
        )


@dataclass(frozen=True)
class Conflict:
    """A measure that the desk and the files changed, each in its way. Texts by file; empty: it is not there."""

    name: str
    title: str
    desk: Mapping[str, str]
    files: Mapping[str, str]


@dataclass
class Merged:
    """The pack to put in force. kept: measures that stay as the desk has them; taken: the files' instead."""

    pack: Pack
    edits: DeskEdits
    kept: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def merge(
    files: Pack, in_force: Pack, edits: DeskEdits, *, keep: Collection[str] = (), take: Collection[str] = ()
) -> Merged:
    """keep, take: for measures in conflict, whether the desk's or the files' counts. Conflicts are left as in force.

    Raises PackErrors where `keep` or `take` names what was not changed on both sides.
    """
    merged, asked = Merged(files, edits), {*keep, *take}
    for name in edits.names:
        made = edits.made(name)
        base, ours, theirs = (
            part_of_texts(edits.before, name),
            part_in(in_force, name, made),
            part_in(files, name, made),
        )
        if theirs == ours:
            merged.edits = merged.edits.without(name)
            continue
        if theirs == base:
            merged.kept.append(name)
        else:
            asked.discard(name)
            decide(merged, name, ours, theirs, keep=name in keep, take=name in take)
        if name not in merged.taken:
            merged.pack = with_part(merged.pack, name, ours, made)
    if asked:
        raise PackErrors([Problem("pack", 1, f"`{name}` is in no conflict") for name in asked])
    return merged


def decide(merged: Merged, name: str, ours: Part, theirs: Part, *, keep: bool, take: bool) -> None:
    """A measure that both sides changed: as was said, else a conflict. What is kept has the new files as its base."""
    if take:
        merged.edits = merged.edits.without(name)
        merged.taken.append(name)
    elif keep:
        merged.edits = merged.edits.without(name).with_change(name, theirs, ours)
        merged.kept.append(name)
    else:
        title = title_of(ours, theirs, name)
        merged.conflicts.append(Conflict(name, title, ours.texts(name), theirs.texts(name)))


def title_of(ours: Part, theirs: Part, name: str) -> str:
    measure = ours.measure or theirs.measure
    return measure.title if measure is not None else name


def words_of(conflict: Conflict) -> Iterator[str]:
    """Both texts, for the terminal."""
    yield f"{conflict.title}（{conflict.name}）：工作台上改过，新的文件也改了，而且不一样。"
    for file in files_of(conflict.name):
        desk, files = conflict.desk.get(file), conflict.files.get(file)
        if desk != files:
            yield f"--- {file} · 工作台（现在施行的）\n{desk or '（没有）'}"
            yield f"+++ {file} · 新的文件\n{files or '（没有）'}"
    yield f"留工作台的：--keep {conflict.name}；用新文件的：--take {conflict.name}"
