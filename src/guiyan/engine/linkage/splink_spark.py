"""The same linkage on Spark, for registers beyond one machine: same settings, same rows, Splink's Spark backend.

An extra: `pip install guiyan[spark]`, and Java 17 or later. Rows are prepared by the workers; links above the review
threshold are decided and written here, as from one machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa

from guiyan.engine.linkage.blocking import SAME_NAME
from guiyan.engine.linkage.deciding import decided, one_to_one
from guiyan.engine.linkage.files import People
from guiyan.engine.linkage.frequencies import Frequencies, counting
from guiyan.engine.linkage.linking import Linked, out_schema, whole_or_nothing, workplace, write
from guiyan.engine.linkage.preparing import Told, untold, with_keys
from guiyan.engine.linkage.rows import PREPARED, prepared
from guiyan.engine.linkage.settings import Settings
from guiyan.engine.linkage.splink_duckdb import of_interest, quieten
from guiyan.engine.population.spark_engine import session

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

TYPES: dict[pl.DataType, str] = {pl.Int64(): "BIGINT", pl.Int16(): "SMALLINT", pl.Int8(): "TINYINT"}


def link(
    left: People, right: People, out: Path, settings: Settings, *, best_only: bool = False, told: Told = untold
) -> Linked:
    """As `linking.link`. Raises LinkageError where Spark or Java is missing."""
    spark = session()
    result = Linked(left.rows, right.rows)
    with workplace(out) as (folder, connection), whole_or_nothing(out) as part:
        for side, people, sign in (("left", left, -1), ("right", right, 1)):
            _prepare(spark, people, f"{folder}/{side}", settings, sign)
            told(f"{side}: {people.rows} rows prepared")
            connection.execute(f"CREATE VIEW {side}_side AS SELECT * FROM '{folder}/{side}/*.parquet'")
        shares = {
            column: {row[0]: row[1] for row in spark.sql(counting(column, rare, of, "right_side")).collect()}
            for column, (rare, of) in settings.frequencies.items()
        }
        known = Frequencies(shares, right.rows)
        _block(spark, settings)
        _score(spark, settings, known).write.parquet(f"{folder}/scored")
        told("pairs scored")
        chosen = decided(_read(connection, f"{folder}/scored"), settings, known)
        chosen = one_to_one(chosen) if best_only else chosen
        write(connection, chosen, settings, part, out_schema(left, right))
        result.pairs = spark.table("blocked").count()
        result.decisions.update(dict(chosen["decision"].value_counts().iter_rows()))
    return result


def _prepare(spark: Any, people: People, folder: str, settings: Settings, sign: int) -> None:
    """Parts beside the view `<side>_side`."""
    keys = settings.keys

    def reading(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            frame = pl.DataFrame(pl.from_arrow(batch))
            if len(frame):
                yield from _small(with_keys(prepared(frame), keys).to_arrow()).to_batches()

    rows = spark.read.parquet(*map(str, people.paths)).select(*people.columns)
    id_type = rows.schema["id"].dataType.simpleString()
    columns = ", ".join(f"{name} {TYPES[dtype]}" for name, dtype in PREPARED.items())
    made = rows.mapInArrow(reading, f"id {id_type}, {columns}, keys ARRAY<BIGINT>")
    made = made.selectExpr(f"(monotonically_increasing_id() + 1) * {sign} AS row", "*")
    made.write.parquet(folder)
    spark.read.parquet(folder).createOrReplaceTempView(f"{Path(folder).name}_side")


def _small(table: pa.Table) -> pa.Table:
    """Spark takes no lists or texts with 64-bit offsets."""
    smaller = {
        pa.large_list(pa.int64()): pa.list_(pa.int64()),
        pa.string_view(): pa.string(),
        pa.large_string(): pa.string(),
    }
    return table.cast(pa.schema([(field.name, smaller.get(field.type, field.type)) for field in table.schema]))


def _block(spark: Any, settings: Settings) -> None:
    """Views `people` and `blocked`: what `blocking` does part by part."""
    columns = ", ".join(("row", *PREPARED))
    spark.sql(f"SELECT {columns} FROM left_side UNION ALL SELECT {columns} FROM right_side").createOrReplaceTempView(
        "people"
    )
    few = f"SELECT id_number FROM right_side WHERE id_number IS NOT NULL GROUP BY 1 HAVING count(*) <= {settings.most}"
    of_number = f"FROM left_side l JOIN right_side r ON l.id_number = r.id_number WHERE l.id_number IN ({few})"
    keys = "SELECT row, explode(keys) AS key FROM"
    spark.sql(f"SELECT DISTINCT l.row AS l {of_number} AND {SAME_NAME}").createOrReplaceTempView("settled")
    spark.sql(
        f"""WITH few AS (SELECT key FROM ({keys} right_side) GROUP BY key HAVING count(*) <= {settings.most}),
        pairs AS (
            SELECT l.row AS l, r.row AS r {of_number}
            UNION SELECT a.row, b.row FROM ({keys} left_side LEFT ANTI JOIN settled ON settled.l = left_side.row) a
            JOIN few ON few.key = a.key JOIN ({keys} right_side) b ON b.key = a.key)
        SELECT '0' AS match_key, l AS join_key_l, r AS join_key_r FROM pairs
        JOIN people a ON a.row = l JOIN people b ON b.row = r WHERE NOT coalesce(a.id_number <> b.id_number, false)"""
    ).persist().createOrReplaceTempView("blocked")


def _score(spark: Any, settings: Settings, known: Frequencies) -> Any:
    from splink import Linker, SparkAPI

    untyped: Any = SparkAPI
    api = untyped(spark_session=spark, break_lineage_method="persist", register_udfs_automatically=False)
    people = api.register("people", dataset_display_name="people")
    linker = Linker([people], settings.splink)
    quieten()
    for column in settings.frequencies:
        rows = list(known.table(column).iter_rows())
        table = spark.createDataFrame(rows, f"{column} BIGINT, tf_{column} DOUBLE")
        linker.table_management.register_term_frequency_lookup(
            api.register(table, dataset_display_name=f"shares_{column}"), column
        )
    linker.table_management.register_blocked_pairs_for_predict(api.register("blocked", dataset_display_name="blocked"))
    found = linker.inference.predict(threshold_match_probability=settings.review, warning_mode="never")
    return found.as_spark_dataframe()


def _read(connection: DuckDBPyConnection, folder: str) -> pl.DataFrame:
    return connection.sql(f"SELECT * FROM '{folder}/*.parquet'").pl().select(of_interest())
