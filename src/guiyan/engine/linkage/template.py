"""What is compared, and how closely: the model before its weights are trained.

Levels go from the closest agreement to none; the first that holds counts. Labels are read by officials. A level whose
`u` is given here stands for a rare value: how common the value really is among the known takes weight off again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

# A value that a larger share of the known has is kept in the table of frequencies; rarer ones count alike. A share is
# of so many people at least: a small register says nothing of how common a name is, and little of where they are from.
RARE = {
    "name": (1e-6, 1_000_000),
    "sound": (3e-6, 1_000_000),
    "near": (5e-6, 1_000_000),
    "phone": (7e-7, 1_000_000),
    "employer": (2e-5, 100_000),
    "employer_own": (5e-5, 100_000),
    "town": (5e-5, 1_000),
    "county": (5e-4, 1_000),
    "school": (3e-4, 1_000),
}
# Any two people of a city, whom nothing is known of: the chance that they are one.
PRIOR = 2e-7
KEYS = (
    ("id_number",),
    ("phone",),
    ("near", "birth_year"),
    ("near", "county"),
    ("near", "school"),
    ("near", "employer_own"),
    ("near", "gender"),
    ("surname", "first", "birth_year", "county"),
    ("surname", "last", "birth_year", "county"),
    ("surname", "first", "birth_year", "school"),
    ("surname", "last", "birth_year", "school"),
    ("given", "birth_year", "county"),
)


# Many go to school where they come from. That level stands on the one of the county, and counts what it adds to it.
SCHOOL_AT_HOME, HOMES = "同校（籍贯同县已计）", ("籍贯同乡镇", "籍贯同县")


class Level(NamedTuple):
    """condition: over `<column>_l` and `<column>_r`. frequency: the column whose value is common or rare."""

    condition: str
    label: str
    frequency: str | None = None
    u: float | None = None
    m: float | None = None


def comparison(name: str, missing: str, *levels: Level, otherwise: str) -> dict[str, Any]:
    nothing = {"sql_condition": missing, "label_for_charts": "未填", "is_null_level": True}
    return {
        "output_column_name": name,
        "comparison_levels": [nothing, *map(_level, levels), {"sql_condition": "ELSE", "label_for_charts": otherwise}],
    }


def _level(level: Level) -> dict[str, Any]:
    found: dict[str, Any] = {"sql_condition": level.condition, "label_for_charts": level.label}
    if level.frequency:
        found |= {
            "tf_adjustment_column": level.frequency,
            "tf_adjustment_weight": 1.0,
            "disable_tf_exact_match_detection": True,
            "u_probability": RARE[level.frequency][0],
            "fix_u_probability": True,
        }
    if level.u is not None:
        found |= {"u_probability": level.u, "fix_u_probability": True}
    if level.m is not None:
        found |= {"m_probability": level.m, "fix_m_probability": True}
    return found


def either_missing(*columns: str) -> str:
    return " OR ".join(f"{column}_l IS NULL OR {column}_r IS NULL" for column in columns)


def same(column: str) -> str:
    return f"{column}_l = {column}_r"


def comparisons() -> Sequence[dict[str, Any]]:
    return (
        comparison(
            "id_number",
            either_missing("id_number"),
            # By hand: nobody is linked without looking because a number was typed into the wrong row.
            Level(same("id_number"), "身份证号相同", u=1e-9, m=0.995),
            otherwise="身份证号不同",
        ),
        comparison(
            "name",
            either_missing("name"),
            Level(same("name"), "姓名相同", "name"),
            Level("former_l = name_r OR name_l = former_r OR former_l = former_r", "曾用名相同", "name"),
            Level("swapped_l = name_r OR name_l = swapped_r", "姓和名前后颠倒，用字相同", "name"),
            Level(same("sound"), "姓名读音相同，用字不同", "sound"),
            Level(same("near"), "姓名读音相近（平翘舌、前后鼻音、n和l不分）", "near"),
            Level("surname_l = surname_r AND (first_l = first_r OR last_l = last_r)", "同姓，名有一字相同"),
            Level(same("given"), "同名，姓不同"),
            otherwise="姓名不同",
        ),
        comparison(
            "birth_year",
            either_missing("birth_year"),
            Level(same("birth_year"), "出生年相同"),
            Level("abs(birth_year_l - birth_year_r) <= 1", "出生年相差1年"),
            Level("abs(birth_year_l - birth_year_r) <= 3", "出生年相差2至3年"),
            otherwise="出生年相差3年以上",
        ),
        comparison("gender", either_missing("gender"), Level(same("gender"), "性别相同"), otherwise="性别不同"),
        comparison(
            "region",
            either_missing("province"),
            Level(same("town"), "籍贯同乡镇", "town"),
            Level(same("county"), "籍贯同县", "county"),
            Level("city_l = city_r AND (county_l IS NULL OR county_r IS NULL)", "籍贯同市（有一方只填到市）"),
            Level(same("city"), "籍贯同市不同县"),
            Level(same("province"), "籍贯同省不同市"),
            otherwise="籍贯不同省",
        ),
        comparison(
            "school",
            either_missing("school"),
            # The year of leaving follows from the year of birth: it counts where that is unknown.
            Level(
                "school_l = school_r AND graduation_year_l = graduation_year_r "
                "AND (birth_year_l IS NULL OR birth_year_r IS NULL)",
                "同校同届",
            ),
            Level("school_l = school_r AND county_l = county_r", SCHOOL_AT_HOME),
            Level(same("school"), "同校", "school"),
            otherwise="毕业学校不同",
        ),
        comparison(
            "employer",
            either_missing("employer"),
            Level(same("employer"), "工作单位相同", "employer"),
            Level(same("employer_own"), "工作单位字号相同", "employer_own"),
            otherwise="工作单位不同",
        ),
        comparison(
            "phone", either_missing("phone"), Level(same("phone"), "手机号相同", "phone"), otherwise="手机号不同"
        ),
    )


def splink_settings() -> dict[str, Any]:
    """One table of both sides (pairs come from keys, never within a side), so that people are whole numbers."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "row",
        "probability_two_random_records_match": PRIOR,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "blocking_rules_to_generate_predictions": [],
        "comparisons": list(comparisons()),
    }
