"""Habits that no linter knows: what the source must not contain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.contract import ROOT, SOURCE, is_text, source_files, tracked_files

LONGEST_FILE = 400
GATE = SOURCE / "kernel" / "workflow"

# Built from pieces, so that this file does not contain what it looks for.
HOSTS = ("pypi" + ".org", "python" + "hosted.org", "registry." + "npmjs", "mirrors" + ".aliyun", "tuna." + "tsinghua")
MACHINE_PATHS = re.compile("|".join([r"(?<![\w.~-])/" + r"(work|root|home|Users|opt/wheels)/", *map(re.escape, HOSTS)]))


def test_work_that_matters_never_hangs_on_a_commit_hook() -> None:
    found = [name(path) for path in source_files() if re.search(r"\btransaction" + r"\.on_commit\b", path.read_text())]
    assert found == []


def test_only_the_workflow_gate_writes_a_state() -> None:
    found = [
        f"{name(path)}:{line}"
        for path in source_files()
        if not path.is_relative_to(GATE)
        for line in state_writes(path.read_text())
    ]
    assert found == []


def state_writes(source: str) -> Iterator[int]:
    """Lines that assign to `x.state`, set it by name, or update it in bulk."""
    for node in ast.walk(ast.parse(source)):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Call) and sets_state(node):
            yield node.lineno
        yield from (
            leaf.lineno
            for target in targets
            for leaf in ast.walk(target)
            if isinstance(leaf, ast.Attribute) and leaf.attr == "state" and isinstance(leaf.ctx, ast.Store)
        )


def sets_state(call: ast.Call) -> bool:
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        return any(keyword.arg == "state" for keyword in call.keywords)
    if isinstance(call.func, ast.Name) and call.func.id == "setattr":
        return any(isinstance(argument, ast.Constant) and argument.value == "state" for argument in call.args)
    return False


@pytest.mark.parametrize(
    ("source", "writes"),
    [
        ("case.state = 'paid'", 1),
        ("a.state, b = 1, 2", 1),
        ("cases.filter(x=1).update(state='paid')", 1),
        ("setattr(case, 'state', 'paid')", 1),
        ("state = case.state", 0),
        ("cases.filter(state='paid').update(seen=True)", 0),
        ("class Case:\n    state = TextField()", 0),
    ],
)
def test_the_rule_itself_tells_a_write_from_a_read(source: str, writes: int) -> None:
    assert len(list(state_writes(source))) == writes


def test_no_tracked_file_mentions_a_machines_paths_or_a_package_host() -> None:
    found = [
        f"{name(path)}: {match.group()}"
        for path in tracked_files()
        if is_text(path) and (match := MACHINE_PATHS.search(path.read_text(encoding="utf-8", errors="replace")))
    ]
    assert found == []


def test_the_lock_files_hold_versions_and_hashes_only() -> None:
    line = re.compile(r"[a-z0-9-]+==\S+( ; [^/]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?")
    for lock in ("requirements.lock", "requirements-dev.lock"):
        wrong = [text for text in (ROOT / lock).read_text().splitlines() if not line.fullmatch(text)]
        assert wrong == []


def test_no_source_file_is_too_long_to_follow() -> None:
    lengths = {name(path): len(path.read_text().splitlines()) for path in source_files()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))
