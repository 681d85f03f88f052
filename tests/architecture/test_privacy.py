"""What is a module's own: others ask its queries and call its actions. Its models they know as types, no more."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.contract import SOURCE, layer_heights, source_files

OWN = {"views", "forms", "urls", "tasks", "receivers", "admin", "apps"}
MANAGERS = {"objects", "_base_manager", "_default_manager"}
# Users, units and regions hold nothing that is hidden from anybody, and every table points at them.
COMMON = "accounts.models."
NO_TABLES = {"config", "portal", "desk", "api", "cli", "engine", "packs", "kernel"}


def test_a_modules_pages_and_jobs_are_imported_by_itself_alone() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: guiyan.{target}"
        for path in source_files()
        for target in imported(ast.parse(path.read_text(encoding="utf-8"))).values()
        if is_foreign(path, target) and target.split(".")[1] in OWN
    ]
    assert found == []


def test_a_modules_rows_are_read_and_written_by_itself_alone() -> None:
    """`Case.objects` elsewhere goes past the scope filter of `cases.queries`, `Case(…)` past its actions."""
    found = [
        f"{path.relative_to(SOURCE)}:{line} {name}"
        for path in source_files()
        for line, name, target in row_uses(ast.parse(path.read_text(encoding="utf-8")))
        if is_foreign(path, target) and target.split(".")[1] == "models" and not target.startswith(COMMON)
    ]
    assert found == []


def is_foreign(path: Path, target: str) -> bool:
    parts = target.split(".")
    modules = set(layer_heights()) - NO_TABLES
    return len(parts) > 1 and parts[0] in modules and parts[0] != path.relative_to(SOURCE).parts[0]


def imported(tree: ast.Module) -> dict[str, str]:
    """Name in the file -> what of the project it is, without the leading `guiyan.`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    return {name: full.removeprefix("guiyan.") for name, full in names.items() if full.startswith("guiyan.")}


def row_uses(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Where an imported class is asked for its rows, or an object of it is made."""
    names = imported(tree)
    for node in ast.walk(tree):
        holder = None
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
            holder = node.value
        elif isinstance(node, ast.Call):
            holder = node.func
        if isinstance(holder, ast.Name) and holder.id[:1].isupper() and holder.id in names:
            yield node.lineno, holder.id, names[holder.id]


def test_the_rule_itself_tells_use_from_mention() -> None:
    source = """
from guiyan.cases.models import Case as File
from guiyan.ledger import forms
import guiyan.plans.views
def f(case: File) -> File: ...
File.objects.all()
File(number="1")
"""
    tree = ast.parse(source)
    assert set(imported(tree).values()) == {"cases.models.Case", "ledger.forms", "plans.views"}
    assert sorted((line, name) for line, name, _ in row_uses(tree)) == [(6, "File"), (7, "File")]
