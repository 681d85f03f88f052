"""The eight annotated documents beside the repository, and the scorer that compares with them."""

from __future__ import annotations

import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from guiyan.engine.documents import ParsedDocument, parse_file
from guiyan.engine.documents.as_json import document_as_json

SHARED = Path(__file__).resolve().parents[4] / "shared"
EVALUATION = SHARED / "parse-eval"
NAMES = (
    "luohu-opc-measures",
    "suqian-opc-ten-measures",
    "wuhan-2015-city-partners",
    "xianning-2016-four-crowds",
    "xianning-2025-homecoming",
    "xinxiang-2022-charm-city",
    "yichang-2025-returnee-tasks",
    "zhengzhou-opc-community",
)


def document_path(name: str) -> Path:
    """Where the text of a document lies."""
    places = [folder / f"{name}.txt" for folder in (SHARED / "policy-documents", EVALUATION / "docs")]
    found = [place for place in places if place.is_file()]
    assert found, f"{name}.txt is missing beside the repository"
    return found[0]


@cache
def parsed(name: str) -> ParsedDocument:
    path = document_path(name)
    return parse_file(path.name, path.read_bytes())


@cache
def gold(name: str) -> dict[str, Any]:
    values: dict[str, Any] = json.loads((EVALUATION / "gold" / f"{name}.json").read_text("utf-8"))
    return values


@cache
def scorer() -> ModuleType:
    """The evaluation's own score.py."""
    spec = importlib.util.spec_from_file_location("parse_eval_score", EVALUATION / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def scores(name: str) -> dict[str, Any]:
    """What score.py says about a document."""
    prediction = json.loads(json.dumps(document_as_json(parsed(name)), ensure_ascii=False))
    result: dict[str, Any] = scorer().score(prediction, gold(name))[0]
    return result
