"""Training: what fields say of people known to be the same (their verified numbers agree) and of people who are not.

`m` comes from pairs of one identity number, `u` from random pairs; both by Splink. Both registers must hold numbers.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from guiyan.engine.linkage.errors import LinkageError
from guiyan.engine.linkage.files import People
from guiyan.engine.linkage.linking import whole_or_nothing, workplace
from guiyan.engine.linkage.preparing import Told, prepare_side, untold
from guiyan.engine.linkage.splink_duckdb import quieten
from guiyan.engine.linkage.template import HOMES, KEYS, RARE, SCHOOL_AT_HOME, splink_settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PAIRS = 20_000_000
FEWEST = 1_000  # pairs of one number, below which weights would be guesses
AUTO, REVIEW, MOST = 0.8, 0.5, 300
LEAST = 0.002  # of pairs of one person: what training never saw may still happen, so no single field rules anybody out


def train_file(left: People, right: People, out: Path, words: str, told: Told = untold) -> None:
    """Write a settings file named after `out`. words: what it was trained on."""
    with workplace(out) as (folder, connection), whole_or_nothing(out) as part:
        found = train(left, right, folder, connection, words, out.stem, told)
        part.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def train(
    left: People,
    right: People,
    folder: Path,
    connection: DuckDBPyConnection,
    words: str,
    version: str,
    told: Told = untold,
) -> dict[str, Any]:
    """A settings file as a dictionary. Years are compared as written, not as the number tells them."""
    from splink import DuckDBAPI, Linker

    prepare_side(left, folder / "left", (), sign=-1, by_number=False, told=told)
    prepare_side(right, folder / "right", (), sign=1, by_number=False, told=told)
    connection.execute(
        f"CREATE TABLE people AS SELECT * FROM read_parquet(['{folder}/left/*.parquet', '{folder}/right/*.parquet'])"
    )
    pairs = _pairs(connection, folder)
    api = DuckDBAPI(connection)
    linker = Linker([api.register("people", dataset_display_name="people")], splink_settings())
    quieten()
    linker.training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=1)
    told("random pairs compared")
    linker.training.estimate_m_from_label_column("id_number")
    trained = linker.misc.save_model_to_json()
    levels = [level for compared in trained["comparisons"] for level in compared["comparison_levels"]]
    _stand_on_home({level["label_for_charts"]: level for level in levels}, _one_county(connection))
    for level in levels:
        _complete(level)
    return {
        "version": version,
        "trained": {
            "words": words,
            "pairs_of_one_number": pairs,
            "random_pairs": PAIRS,
            "left": left.rows,
            "right": right.rows,
        },
        "auto": AUTO,
        "review": REVIEW,
        "most": MOST,
        "keys": [list(key) for key in KEYS],
        "frequencies": RARE,
        "splink": {name: value for name, value in trained.items() if name not in ("sql_dialect", "linker_uid")},
    }


def _pairs(connection: DuckDBPyConnection, folder: Path) -> int:
    sides = f"FROM '{folder}/left/*.parquet' l JOIN '{folder}/right/*.parquet' r USING (id_number)"
    found = connection.execute(f"SELECT count(*) {sides}").fetchone()
    pairs = int(found[0]) if found else 0
    if pairs < FEWEST:
        raise LinkageError(f"{FEWEST} pairs with the same verified number are needed to train, there are {pairs}")
    return pairs


def _one_county(connection: DuckDBPyConnection) -> float:
    """The chance that two random people come from one county."""
    counted = "SELECT count(*)::DOUBLE AS people FROM people WHERE county IS NOT NULL GROUP BY county"
    found = connection.execute(f"SELECT sum(people * people) / (sum(people) * sum(people)) FROM ({counted})").fetchone()
    return float(found[0]) if found else 1.0


def _stand_on_home(levels: dict[str, Any], one_county: float) -> None:
    """Of the pairs from one county only, so that the county is not counted twice."""
    at_home = levels[SCHOOL_AT_HOME]
    at_home["m_probability"] = min(1.0, at_home["m_probability"] / sum(levels[home]["m_probability"] for home in HOMES))
    at_home["u_probability"] = min(1.0, at_home["u_probability"] / one_county)


def _complete(level: dict[str, Any]) -> None:
    if level.get("is_null_level"):
        return
    m, u = level.get("m_probability"), level.get("u_probability")
    level["m_probability"] = max(m, LEAST) if isinstance(m, float) else LEAST
    if not isinstance(u, float):
        raise LinkageError(
            f"level {level['label_for_charts']}: no random pair reached it; more random pairs are needed"
        )
