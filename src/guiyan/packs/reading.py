"""One pass over a pack folder: files become trees, trees become objects, and where each object stood is remembered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from guiyan.packs.errors import Problem, unknown_name
from guiyan.packs.shape import shaped
from guiyan.packs.yamltree import Path_, Tree, read_tree

M = TypeVar("M", bound=BaseModel)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one object of a pack, at `path` inside it."""

    kind: str
    name: str
    path: Path_
    message: str


@dataclass
class Faults:
    """Collects what the checks find, wherever the pack came from: files, or the desk."""

    placed: list[Fault] = field(default_factory=list, kw_only=True)

    def blame(self, kind: str, name: str, path: Path_, message: str) -> None:
        """A fault of an object that was read well: at `path` below where the object stands."""
        self.placed.append(Fault(kind, name, path, message))


@dataclass
class Reading(Faults):
    """`origins` leads from (kind, id) back to the file and the path inside it, for faults found later."""

    folder: Path
    shown_as: str
    trees: list[Tree] = field(default_factory=list)
    origins: dict[tuple[str, str], tuple[Tree, Path_]] = field(default_factory=dict)
    found: list[Problem] = field(default_factory=list)

    def problems(self) -> list[Problem]:
        of_trees = (problem for tree in self.trees for problem in tree.problems)
        return [*self.found, *of_trees, *(self.with_line(fault) for fault in self.placed)]

    def with_line(self, fault: Fault) -> Problem:
        tree, base = self.origins[(fault.kind, fault.name)]
        return Problem(tree.file, tree.line((*base, *fault.path)), fault.message)

    def tree(self, name: str) -> Tree | None:
        """The tree of a file of the pack; None when there is no such file."""
        path = self.folder / name
        return self.open(path, f"{self.shown_as}/{name}") if path.is_file() else None

    def open(self, path: Path, shown_as: str) -> Tree:
        tree = read_tree(path, shown_as)
        self.trees.append(tree)
        return tree

    def files(self, kind: str) -> Iterator[tuple[str, Tree]]:
        """(stem, tree) of every file of a folder, in the order of names."""
        for path in sorted((self.folder / kind).glob("*.yaml")):
            shown_as = f"{self.shown_as}/{kind}/{path.name}"
            if path.is_file():
                yield path.stem, self.open(path, shown_as)
            else:
                self.found.append(Problem(shown_as, 1, "a file is needed here, not a folder"))

    def whole(self, kind: str, model: type[M]) -> dict[str, M]:
        """One object a file; its `id` is the file's name."""
        found: dict[str, M] = {}
        for stem, tree in self.files(kind):
            data = tree.mapping()
            if tree.problems and not data:
                continue
            if data.get("id", stem) != stem:
                message = f"`id` is `{data['id']}`, but the file is named {stem}.yaml"
                tree.problems.append(Problem(tree.file, tree.line(("id",)), message))
            self.keep(found, kind, stem, shaped(model, with_ids({**data, "id": stem}), tree), tree, ())
        return found

    def entries(self, kind: str, model: type[M], tree: Tree | None, under: str = "", key: str = "id") -> dict[str, M]:
        """Many objects in one file, named by their keys."""
        found: dict[str, M] = {}
        if tree is None:
            return found
        data: object = tree.mapping().get(under, {}) if under else tree.mapping()
        base: Path_ = (under,) if under else ()
        if not isinstance(data, dict):
            tree.problems.append(Problem(tree.file, tree.line(base), "a mapping of names to values is needed"))
            return found
        for name, value in data.items():
            here = (*base, name)
            filled = with_ids({**value, key: name}) if isinstance(value, dict) else value
            self.keep(found, kind, name, shaped(model, filled, tree, here), tree, here)
        return found

    def only_keys(self, tree: Tree | None, *known: str) -> None:
        """A file of several named parts has these parts and no others."""
        for key in tree.mapping().keys() - set(known) if tree is not None else ():
            assert tree is not None
            tree.problems.append(Problem(tree.file, tree.line((key,)), unknown_name("key", key, known)))

    def keep(self, found: dict[str, M], kind: str, name: str, thing: M | None, tree: Tree, path: Path_) -> None:
        self.origins[(kind, name)] = (tree, path)
        if thing is not None:
            found[name] = thing


# Mappings whose entries carry their own key as `id`.
KEYED = frozenset({"fields", "sources", "columns", "materials", "checks"})


def with_ids(data: Mapping[str, object]) -> dict[str, object]:
    """The data with `id` set on every entry of its keyed mappings."""
    filled = dict(data)
    for key in KEYED & filled.keys():
        entries = filled[key]
        if isinstance(entries, dict):
            filled[key] = {
                name: {**entry, "id": name} if isinstance(entry, dict) else entry for name, entry in entries.items()
            }
    return filled
