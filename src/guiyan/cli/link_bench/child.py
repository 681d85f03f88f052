"""One path of `bench link` in a process of its own: the linkage, the plain join, or people one by one."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from guiyan.cli.link_bench.one import one_by_one
from guiyan.cli.link_bench.tables import through_tables
from guiyan.cli.machine import peak_mb
from guiyan.engine.linkage import link, load_settings, open_people

SAME = "substr(left_id, 2) = substr(right_id, 2)"


def main(folder: str, path: str) -> None:
    json.dump(PATHS[path](Path(folder)), sys.stdout)


def linked(folder: Path) -> dict[str, Any]:
    """Timed: from opening the files to the last written row."""
    out, began, at_work = folder / "links.parquet", time.perf_counter(), time.process_time()
    found = link(open_people(folder / "new"), open_people(folder / "known"), out, load_settings(), told=say)
    taken = {
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(time.process_time() - at_work, 1),
        "peak_mb": peak_mb(),
        "pairs": found.pairs,
    }
    auto = f"(SELECT left_id, right_id FROM '{out}' WHERE decision = 'auto')"
    review = f"(SELECT left_id, right_id FROM '{out}' WHERE decision = 'review')"
    with duckdb.connect() as connection:
        return {
            **taken,
            **quality(connection, folder, auto),
            "review": found.decisions["review"],
            "review_people": one_number(connection, f"SELECT count(DISTINCT left_id) FROM {review}"),
            "review_right": one_number(connection, f"SELECT count(*) FROM {review} WHERE {SAME}"),
            "without_numbers": quality(connection, folder, auto, by_name_only(folder)),
        }


def by_name_only(folder: Path) -> str:
    """Whom neither identity number nor phone tells: their numbers in the population, of those in both registers."""
    return f"""SELECT substr(n.id, 2) FROM '{folder}/new/*.parquet' n
        JOIN '{folder}/known/*.parquet' k ON substr(n.id, 2) = substr(k.id, 2)
        WHERE (n.id_number = k.id_number) IS NOT TRUE AND (right(n.phone, 11) = right(k.phone, 11)) IS NOT TRUE"""


def joined(folder: Path) -> dict[str, Any]:
    """The reference."""
    out, began = folder / "joined.parquet", time.perf_counter()
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(
            f"""COPY (SELECT n.id AS left_id, k.id AS right_id
            FROM '{folder}/new/*.parquet' n JOIN '{folder}/known/*.parquet' k USING (name, birth_year)) TO '{out}'"""
        )
        seconds = round(time.perf_counter() - began, 2)
        return {"seconds": seconds, "peak_mb": peak_mb(), **quality(connection, folder, f"'{out}'")}


def quality(
    connection: duckdb.DuckDBPyConnection, folder: Path, links: str, only: str | None = None
) -> dict[str, float]:
    """only: a query of the people to count; precision then is of links of these people."""
    of = f" AND substr(left_id, 2) IN ({only})" if only else ""
    right = one_number(connection, f"SELECT count(*) FROM {links} WHERE {SAME}{of}")
    known = f"SELECT substr(id, 2) FROM '{folder}/known/*.parquet'"
    truth = f"SELECT count(*) FROM '{folder}/new/*.parquet' WHERE substr(id, 2) IN ({known})"
    there = one_number(connection, f"SELECT count(*) FROM ({only})" if only else truth)
    if only:
        return {"people": there, "recall": round(right / max(there, 1), 4)}
    all_ = one_number(connection, f"SELECT count(*) FROM {links}")
    return {"links": all_, "precision": round(right / max(all_, 1), 5), "recall": round(right / max(there, 1), 5)}


def one_number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


PATHS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "linked": linked,
    "joined": joined,
    "one": one_by_one,
    "tables": through_tables,
}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
