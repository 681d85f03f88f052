"""YAML read with its line numbers. Every scalar stays the text that was written: `no`, `0421`, `8:30`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guiyan.packs.errors import Problem

Path_ = tuple[str | int, ...]
FastLoader: type = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass
class Tree:
    """Plain data of one file, and the line of every key and entry in it."""

    file: str
    data: object = None
    lines: dict[Path_, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def line(self, path: Path_) -> int:
        """The line of the deepest part of `path` that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def mapping(self) -> Mapping[str, object]:
        if isinstance(self.data, dict):
            return self.data
        if self.data is not None:
            self.problems.append(Problem(self.file, 1, "the file must be a mapping of names to values"))
        return {}


def read_tree(path: Path, shown_as: str) -> Tree:
    """The file's tree; a file that is not YAML, or not UTF-8, gives its problem instead of data."""
    return tree_of(lambda: path.read_text(encoding="utf-8"), shown_as)


def tree_of(text: Callable[[], str], shown_as: str) -> Tree:
    tree = Tree(shown_as)
    try:
        node = yaml.compose(text(), Loader=FastLoader)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        tree.problems.append(Problem(shown_as, mark.line + 1 if mark else 1, f"not YAML: {wrong.problem}"))
    except (yaml.YAMLError, UnicodeDecodeError) as wrong:
        tree.problems.append(Problem(shown_as, 1, f"not readable as UTF-8 YAML: {wrong}"))
    else:
        if node is not None:
            tree.data = plain(node, (), tree)
    return tree


def plain(node: Node, path: Path_, tree: Tree) -> object:
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return plain_mapping(node, path, tree)
    if isinstance(node, SequenceNode):
        return [plain(child, (*path, place), tree) for place, child in enumerate(node.value)]
    assert isinstance(node, ScalarNode)
    # Nothing written at all is the one way to say "no value"; `null` and `~` are text.
    return None if node.style in (None, "") and node.value == "" else node.value


def plain_mapping(node: MappingNode, path: Path_, tree: Tree) -> dict[str, object]:
    found: dict[str, object] = {}
    for key, child in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, ScalarNode):
            tree.problems.append(Problem(tree.file, line, "a name is needed here, not a list or a mapping"))
            continue
        here = (*path, key.value)
        if key.value in found:
            first = tree.lines[here]
            tree.problems.append(Problem(tree.file, line, f"`{key.value}` is already there on line {first}"))
            continue
        tree.lines[here] = line
        found[key.value] = plain(child, here, tree)
    return found
