"""What the reader makes of annotated documents: the scores of the evaluation, and how far its confidence holds."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

from guiyan.engine.documents import SUFFIXES, SURE, DocumentRefused, document_as_json, parse_file

KINDS = ("tasks", "indicators", "measures")


def score_folders(gold: Path, folders: list[Path], scorer: Path, *, verbose: bool = False) -> int:
    """Read the document of each answer in `gold` and print the totals. 1 if a document or the scorer is missing."""
    answers = sorted(gold.glob("*.json"))
    pairs = [(answer, document_of(answer.stem, folders)) for answer in answers]
    missing = [answer.stem for answer, document in pairs if document is None]
    if not answers or missing or not scorer.is_file():
        print(_what_is_missing(gold, scorer, missing), file=sys.stderr)
        return 1
    evaluation = load_scorer(scorer)
    whole: list[dict[str, Any]] = []
    sure: list[dict[str, Any]] = []
    counts = dict.fromkeys(KINDS, (0, 0))
    for answer, document in pairs:
        assert document is not None
        read = _read(document)
        known = json.loads(answer.read_text("utf-8"))
        kept = read | {kind: [each for each in read[kind] if each["confidence"] >= SURE] for kind in KINDS}
        counts = {k: (counts[k][0] + len(kept[k]), counts[k][1] + len(read[k])) for k in KINDS}
        result, notes = evaluation.score(read, known)
        whole.append(result)
        sure.append(evaluation.score(kept, known)[0])
        for note in notes if verbose else ():
            print(f"{answer.stem}: {note}")
    print(f"{len(pairs)} documents, all together (micro)")
    _print_totals(evaluation.total(whole))
    _print_sure(evaluation.total(sure), counts)
    return 0


def document_of(stem: str, folders: list[Path]) -> Path | None:
    """The document that an answer belongs to: the same name in one of the folders."""
    places = (folder / f"{stem}{suffix}" for folder in folders for suffix in SUFFIXES)
    return next((place for place in places if place.is_file()), None)


def load_scorer(path: Path) -> ModuleType:
    """The evaluation's own program, as a module."""
    spec = importlib.util.spec_from_file_location("evaluation_scorer", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(path: Path) -> dict[str, Any]:
    try:
        document = document_as_json(parse_file(path.name, path.read_bytes()))
    except DocumentRefused as refusal:
        print(f"{path.name}：{refusal.reason}", file=sys.stderr)
        return {kind: [] for kind in KINDS}
    values: dict[str, Any] = json.loads(json.dumps(document))
    return values


def _what_is_missing(gold: Path, scorer: Path, missing: list[str]) -> str:
    if not scorer.is_file():
        return f"没有评分程序 {scorer}。"
    return f"这些标注没有找到原文：{'、'.join(missing)}。" if missing else f"{gold} 里没有标注结果（.json）。"


def _print_totals(total: dict[str, Any]) -> None:
    for key, figure in total.items():
        if "f1" in figure:
            shown = f"P {figure['precision']:.3f}  R {figure['recall']:.3f}  F1 {figure['f1']:.3f}"
            print(f"  {key:<30} {shown}   (hit {figure['tp']}, read {figure['pred']}, gold {figure['gold']})")
        elif "of" in figure:
            share = figure.get("accuracy", figure.get("share"))
            print(f"  {key:<30} {share:.3f}   ({figure['n']} of {figure['of']})")


def _print_sure(total: dict[str, Any], counts: dict[str, tuple[int, int]]) -> None:
    print(f"accepted beforehand (confidence {SURE} and above)")
    for kind, (kept, every) in counts.items():
        share = kept / every if every else 1.0
        print(f"  {kind:<30} {share:.0%} of {every} readings, precision {total[kind]['precision']:.3f}")
