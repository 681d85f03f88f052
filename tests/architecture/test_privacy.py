"""What is a module's own: others ask its queries and call its actions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.contract import SOURCE, layer_heights, source_files

OWN = {"models", "views", "forms", "urls", "tasks", "receivers", "admin", "apps"}
# Every table points at users, units and regions, so their classes are common property.
COMMON = {"accounts.models"}
NO_TABLES = {"config", "portal", "desk", "cli", "engine", "packs", "kernel"}


def test_a_modules_models_pages_and_jobs_are_imported_by_itself_alone() -> None:
    modules = set(layer_heights()) - NO_TABLES
    found = [
        f"{path.relative_to(SOURCE)}: guiyan.{target}"
        for path in source_files()
        for target in imported(path)
        if (parts := target.split("."))[0] in modules and parts[0] != path.relative_to(SOURCE).parts[0]
        if len(parts) > 1 and parts[1] in OWN and ".".join(parts[:2]) not in COMMON
    ]
    assert found == []


def imported(path: Path) -> Iterator[str]:
    """Names a file imports from the project, without the leading `guiyan.`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        yield from (name.removeprefix("guiyan.") for name in names if name.startswith("guiyan."))


def test_the_rule_itself_sees_imports_of_both_forms(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("import guiyan.cases.models\nfrom guiyan.ledger import forms, queries\nimport os\n")
    assert list(imported(tmp_path / "a.py")) == ["cases.models", "ledger.forms", "ledger.queries"]
