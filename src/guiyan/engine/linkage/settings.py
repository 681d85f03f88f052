"""Trained weights: a file of settings, as Splink takes them, with thresholds, keys and how it was trained."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from guiyan.engine.linkage.conditions import Value, condition
from guiyan.engine.linkage.errors import LinkageError

FOLDER = Path(__file__).parent / "settings"
CURRENT = "people-1"


# What officials call what is compared.
WORDS = {
    "id_number": "身份证号",
    "name": "姓名",
    "birth_year": "出生年",
    "gender": "性别",
    "region": "籍贯",
    "school": "毕业学校",
    "employer": "工作单位",
    "phone": "手机号",
}


@dataclass(frozen=True)
class Level:
    """weight: log2(m/u). frequency: the column whose share among the known replaces `u` where it is known."""

    gamma: int
    label: str
    holds: Value | None
    weight: float
    frequency: str | None
    u: float
    adjusts: float


@dataclass(frozen=True)
class Comparison:
    name: str
    word: str
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class Settings:
    """auto, review: probabilities. most: known people who may share a key. splink: as Splink takes it.

    frequencies: column → (the share from which a value is common, the people that a share is taken of at least).
    """

    version: str
    trained: dict[str, Any]
    auto: float
    review: float
    most: int
    keys: tuple[tuple[str, ...], ...]
    frequencies: dict[str, tuple[float, int]]
    splink: dict[str, Any]

    @cached_property
    def prior(self) -> float:
        """In bits, as all weights."""
        return bits(float(self.splink["probability_two_random_records_match"]))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        return tuple(map(_comparison, self.splink["comparisons"]))


def bits(probability: float) -> float:
    return math.log2(probability / (1 - probability))


def load_settings(path: str | Path | None = None) -> Settings:
    """Those of the file, or the ones that come with the product. Raises LinkageError."""
    path = Path(path) if path else FOLDER / f"{CURRENT}.json"
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        keys = tuple(tuple(key) for key in found.pop("keys"))
        settings = Settings(keys=keys, **found)
        _ = settings.comparisons, settings.prior
    except (OSError, ValueError, TypeError, KeyError) as wrong:
        raise LinkageError(f"{path}: not a settings file of linkage ({type(wrong).__name__}: {wrong})") from None
    if not 0 < settings.review <= settings.auto < 1:
        raise LinkageError(
            f"{path}: review ({settings.review}) must not be above auto ({settings.auto}); both between 0 and 1"
        )
    return settings


def _comparison(declared: dict[str, Any]) -> Comparison:
    levels = declared["comparison_levels"]
    first = len(levels) - 2  # gamma of the closest agreement; nulls are -1, no agreement 0
    gammas = iter(range(first, -1, -1))
    made = tuple(_level(level, -1 if level.get("is_null_level") else next(gammas)) for level in levels)
    name = declared["output_column_name"]
    return Comparison(name, WORDS[name], made)


def _level(declared: dict[str, Any], gamma: int) -> Level:
    text = declared["sql_condition"]
    missing = gamma == -1
    m, u = (1.0, 1.0) if missing else (declared["m_probability"], declared["u_probability"])
    return Level(
        gamma=gamma,
        label=declared["label_for_charts"],
        holds=None if text.strip().upper() == "ELSE" else condition(text),
        weight=0.0 if missing else math.log2(m / u),
        frequency=declared.get("tf_adjustment_column"),
        u=u,
        adjusts=declared.get("tf_adjustment_weight", 1.0),
    )
