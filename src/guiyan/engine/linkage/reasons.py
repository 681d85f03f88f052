"""Why two people are taken for one, in words an official reads: what agrees, what does not, how much each counts.

A point doubles the chance. All points add up to the sum, and the sum is the probability.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import polars as pl

from guiyan.engine.linkage.settings import Comparison, Settings

RARE, COMMON = "（少见）", "（常见）"


def reasons(settings: Settings) -> pl.Expr:
    """Over a frame with `gamma_…`, `mw_…`, `mw_tf_adj_…` of each comparison, `match_weight`, `match_probability` and
    `note`."""
    pieces = [_piece(comparison) for comparison in settings.comparisons]
    counted = [points(comparison) for comparison in settings.comparisons]
    agree = [pl.when(point > 0).then(piece) for piece, point in zip(pieces, counted, strict=True)]
    differ = [pl.when(point <= 0).then(piece) for piece, point in zip(pieces, counted, strict=True)]
    silent = [pl.when(_gamma(each) == -1).then(pl.lit(each.word)) for each in settings.comparisons]
    percent = (pl.col("match_probability") * 100).clip(0, 99.99)
    parts = [
        pl.lit(f"起点{_signed(settings.prior)}分（任意两人恰为同一人的可能很小）"),
        _listed("相符：", agree),
        _listed("不符：", differ),
        _listed("有一方未填：", silent),
        pl.format("合计{}分，为同一人的可能{}%", _shown(pl.col("match_weight")), percent.round(2).cast(pl.String)),
        pl.when(pl.col("note").is_not_null()).then(pl.format("请人工核对：{}", "note")),
    ]
    return pl.concat_str(parts, separator="；", ignore_nulls=True) + "。"


def _gamma(comparison: Comparison) -> pl.Expr:
    return pl.col(f"gamma_{comparison.name}")


def points(comparison: Comparison) -> pl.Expr:
    """Null where one side says nothing."""
    total = pl.col(f"mw_{comparison.name}")
    if any(level.frequency for level in comparison.levels):
        total = total + pl.col(f"mw_tf_adj_{comparison.name}")
    return pl.when(_gamma(comparison) >= 0).then(total)


def _piece(comparison: Comparison) -> pl.Expr:
    label = _gamma(comparison).replace_strict(
        {level.gamma: level.label for level in comparison.levels}, return_dtype=pl.String
    )
    common = pl.lit("")
    if any(level.frequency for level in comparison.levels):
        common = (
            pl.when(pl.col(f"mw_tf_adj_{comparison.name}") < -math.log2(8)).then(pl.lit(COMMON)).otherwise(pl.lit(""))
        )
    return pl.format("{}{}{}分", label, common, _shown(points(comparison)))


def _listed(title: str, pieces: Sequence[pl.Expr]) -> pl.Expr:
    joined = pl.concat_str(pieces, separator="、", ignore_nulls=True)
    return pl.when(joined != "").then(pl.lit(title) + joined)


def _shown(points: pl.Expr) -> pl.Expr:
    """+5.4, −1.3, with one decimal always."""
    tenths = (points * 10).round().cast(pl.Int64)
    sign = pl.when(tenths < 0).then(pl.lit("−")).otherwise(pl.lit("+"))
    return pl.concat_str(sign, (tenths.abs() // 10).cast(pl.String), pl.lit("."), (tenths.abs() % 10).cast(pl.String))


def _signed(points: float) -> str:
    return f"{points:+.1f}".replace("-", "−")
