"""One path of `bench match` in a process of its own, so that the peak of memory is that path's own."""

from __future__ import annotations

import datetime as dt
import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from guiyan.cli.bench_measures import made_measures
from guiyan.cli.bench_sums import summed
from guiyan.cli.machine import peak_mb
from guiyan.engine.population import Counted, FactsFile, Plan, check, duckdb_engine, open_facts, plan_of, polars_engine
from guiyan.engine.rules import Catalogue, CompiledMeasure
from guiyan.packs import find_pack, load_pack

ON = dt.date(2026, 6, 8)


def main(folder: str, city: str, measures: int, path: str) -> None:
    """Timed: from opening the file to the last number; loading the pack and making the measures up is not."""
    catalogue = load_pack(find_pack(city)).catalogue
    made = made_measures(measures, catalogue)
    began = time.perf_counter()
    found = PATHS[path](Path(folder), catalogue, made)
    json.dump({"seconds": time.perf_counter() - began, "peak_mb": peak_mb(), "found": found}, sys.stdout)


def opened(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> tuple[Plan, FactsFile]:
    """With all values checked, as `match` does."""
    file = open_facts(folder, catalogue)
    check(file)
    return plan_of(measures, ON), file


def counts(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    return shown(polars_engine.count(*opened(folder, catalogue, measures)))


def duckdb_counts(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    return shown(duckdb_engine.count(*opened(folder, catalogue, measures)))


def shown(found: Sequence[Counted]) -> Any:
    return [[each.measure, each.yes, each.unknown, each.amount_max_fen] for each in found]


def bitmaps(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    bits = polars_engine.bitmaps(*opened(folder, catalogue, measures))
    return {"megabytes": round(bits.estimated_size("mb"))}


def rows(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    plan, file = opened(folder, catalogue, measures)
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        out = Path(place, "rows.parquet")
        polars_engine.write_rows(plan, file, out)
        return {"rows": pl.scan_parquet(out).select(pl.len()).collect().item(), "bytes": out.stat().st_size}


def polars_sum(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    """The reference: every fact column scanned and summed."""
    file = open_facts(folder, catalogue)
    sums = [summed(name, dtype).alias(name) for name, dtype in file.columns.items()]
    return len(file.scan().select(sums).collect(engine="streaming").row(0))


def duckdb_sum(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    file = open_facts(folder, catalogue)
    sums = ", ".join(duckdb_summed(name, dtype) for name, dtype in file.columns.items())
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        found = connection.execute(f"SELECT {sums} FROM {duckdb_engine.source_of(file)}").fetchone()
    return len(found or ())


def duckdb_summed(name: str, dtype: pl.DataType) -> str:
    if isinstance(dtype, pl.Boolean):
        return f"count_if({name})"
    if isinstance(dtype, pl.String | pl.Enum):
        return f"sum(strlen({name}))"
    return f"sum({name} - DATE '1970-01-01')" if isinstance(dtype, pl.Date) else f"sum({name})"


def openfisca(folder: Path, catalogue: Catalogue, measures: Sequence[CompiledMeasure]) -> Any:
    from guiyan.cli.bench_openfisca import counted

    return counted(open_facts(folder, catalogue), measures, ON)


PATHS: dict[str, Callable[[Path, Catalogue, Sequence[CompiledMeasure]], Any]] = {
    "counts": counts,
    "bitmaps": bitmaps,
    "rows": rows,
    "duckdb": duckdb_counts,
    "openfisca": openfisca,
    "polars-sum": polars_sum,
    "duckdb-sum": duckdb_sum,
}

if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4])
