"""Every fault that engine and checks can find in a measure reads in Chinese at the desk: read off their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from guiyan.policies.fault_words import in_chinese
from tests.packs.folders import REPOSITORY

SOURCE = REPOSITORY / "src" / "guiyan"
FILES = [
    *(f"engine/rules/{name}.py" for name in ("benefit", "catalogue", "errors", "golden", "measure", "parse")),
    *(f"engine/rules/{name}.py" for name in ("reach", "regional", "resolve", "tiers")),
    "engine/values/declared.py",
    "engine/values/regions.py",
    "packs/measure_checks.py",
    "packs/errors.py",
]
RAISING = {"RuleError", "PlacedRuleError", "FactError", "ValueError", "blame", "unknown_name"}
ANYTHING = "7"  # a word, a number, a text
# Decisions over several measures are the pack's; a draft can't have them wrong.
NOT_OF_A_DRAFT = {"one subject can't receive both", "unknown 7 `7`"}


def sentences(path: Path) -> Iterator[str]:
    """What is raised or blamed, and what a variable `message` is set to."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and called(node) in RAISING:
            yield from (text for each in node.args if (text := said(each)))
        elif isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "message" for t in node.targets):
            yield from [text] if (text := said(node.value)) else []


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def said(node: ast.expr) -> str:
    """The sentence with something in each of its places; empty for what is no sentence."""
    if isinstance(node, ast.BinOp):
        return said(node.left)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
    elif isinstance(node, ast.JoinedStr):
        text = "".join(part.value if isinstance(part, ast.Constant) else ANYTHING for part in node.values)
    else:
        return ""
    return text if text.count(" ") > 1 else ""


FOUND = sorted({text for file in FILES for text in sentences(SOURCE / file)})


def test_the_sentences_are_found() -> None:
    assert len(FOUND) > 60 and "a fact is compared with itself" in FOUND


@pytest.mark.parametrize("text", FOUND, ids=[str(number) for number in range(len(FOUND))])
def test_it_reads_in_chinese(text: str) -> None:
    if not any(part in text for part in NOT_OF_A_DRAFT):
        assert not in_chinese(text).startswith("这里写得不对"), text
