"""What was learnt as lines of YAML, ready for the pack's own files; what the pack already says is left out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import yaml

from guiyan.packs import Pack
from guiyan.plans.learnt import name_conflicts, phrase_conflicts
from guiyan.plans.models import LearntName, LearntPhrase

UNITS = "# units.yaml：并入各单位的 aliases；一个名称指几个单位的，加到 collectives。"
PHRASES = "# phrases.yaml：加在文件后面，名字可以改。"


def as_yaml(pack: Pack, names: Iterable[LearntName], phrases: Iterable[LearntPhrase], on: date) -> str:
    """Two parts under a comment each that says where it belongs."""
    known, said = name_conflicts(pack, listed := list(names), on), phrase_conflicts(pack, taught := list(phrases))
    kept = [row for row in listed if row.pk not in known]
    parts = [UNITS, *_outside(kept)]
    if units := _units(kept):
        parts.append(_dumped(units))
    declared = {row.phrase_id: row.declaration for row in reversed(taught) if row.pk not in said}
    parts += [PHRASES, *([_dumped(declared)] if declared else [])]
    return "\n".join(part.rstrip("\n") for part in parts) + "\n"


def _units(rows: list[LearntName]) -> dict[str, Any]:
    aliases: dict[str, Any] = {}
    collectives: dict[str, Any] = {}
    for row in reversed(rows):
        if len(row.unit_codes) == 1:
            aliases.setdefault(row.unit_codes[0], {"aliases": []})["aliases"].append(row.name)
        elif row.unit_codes:
            collectives[f"learnt-{row.pk}"] = {"names": [row.name], "units": list(row.unit_codes)}
    return {key: value for key, value in (("units", aliases), ("collectives", collectives)) if value}


def _outside(rows: list[LearntName]) -> list[str]:
    names = [" ".join(row.name.split()) for row in rows if row.is_outside]
    return [f"# 不是本市单位：{'、'.join(names)}"] if names else []


def _dumped(data: dict[str, Any]) -> str:
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000))
