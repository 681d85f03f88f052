"""What is linked without asking, and what an officer looks at. The same for a file and for one person.

`auto`: sure enough, no other known person comes near, and nothing contradicts. Everything else above the review
threshold is `review`, and says why. Two different verified numbers never come here.
"""

from __future__ import annotations

import polars as pl

from guiyan.engine.linkage.frequencies import Frequencies
from guiyan.engine.linkage.reasons import points
from guiyan.engine.linkage.settings import Settings, bits

# Levels of the name at which the two are written alike but for script, order, accent or a former name.
SAME_NAME = 3
NUMBER_WITHOUT_NAME = "身份证号相同而姓名不同"
ANOTHER_NAME = "姓名不同或只有一字相同，可能是家里人"
YEARS_APART = "出生年相差3年以上"
OTHERS_AS_GOOD = "已知人员中另有人同样相符"
OTHER_BETTER = "已知人员中另有人更相符"
RARITY_UNKNOWN = "已知人员太少，看不出重名多少，而相符的只有姓名、性别、出生年"
NOT_SURE = "相符之处不够多"
BESIDE_NAME = ("id_number", "phone", "region", "school", "employer")
CHOSEN, BETTER = "decision", "note"


def decided(scored: pl.DataFrame, settings: Settings, frequencies: Frequencies) -> pl.DataFrame:
    """Adds `decision` (auto or review) and `note` (why it is for review; null beside auto). All candidates of a left
    person have to be in `scored`."""
    only_name = ~pl.any_horizontal(agrees(settings, name) for name in BESIDE_NAME)
    odds = pl.col("match_weight").clip(-60, 60)
    rivals = ((2.0**odds).sum().over("row_l") - 2.0**odds).clip(0)
    ahead = odds - rivals.clip(2.0**-60).log(2)
    sure = bits(settings.auto)
    same_number = pl.col("gamma_id_number") == 1
    conflicts = [
        pl.when(same_number & (pl.col("gamma_name") == 0)).then(pl.lit(NUMBER_WITHOUT_NAME)),
        pl.when(~same_number & pl.col("gamma_name").is_between(0, SAME_NAME - 1)).then(pl.lit(ANOTHER_NAME)),
        pl.when(pl.col("gamma_birth_year") == 0).then(pl.lit(YEARS_APART)),
        pl.when(ahead <= -sure).then(pl.lit(OTHER_BETTER)),
        pl.when((rivals > 0) & (ahead < sure)).then(pl.lit(OTHERS_AS_GOOD)),
        pl.when(only_name & pl.lit(not frequencies.tell_rarity)).then(pl.lit(RARITY_UNKNOWN)),
        pl.when(pl.col("match_probability") < settings.auto).then(pl.lit(NOT_SURE)),
    ]
    note = pl.coalesce(conflicts)
    return scored.with_columns(note.alias(BETTER)).with_columns(
        pl.when(pl.col(BETTER).is_null()).then(pl.lit("auto")).otherwise(pl.lit("review")).alias(CHOSEN)
    )


def agrees(settings: Settings, name: str) -> pl.Expr:
    """Whether a comparison speaks for one person."""
    (comparison,) = (each for each in settings.comparisons if each.name == name)
    return points(comparison).fill_null(0) > 0


def one_to_one(decided: pl.DataFrame) -> pl.DataFrame:
    """The best pairs, each person of either side at most once: the likeliest first, then whoever is left."""
    ordered = decided.sort("match_weight", "row_l", "row_r", descending=[True, False, False])
    left: set[int] = set()
    right: set[int] = set()
    kept = []
    for l, r in ordered.select("row_l", "row_r").iter_rows():  # noqa: E741
        kept.append(l not in left and r not in right)
        if kept[-1]:
            left.add(l)
            right.add(r)
    return ordered.filter(pl.Series(kept, dtype=pl.Boolean))
