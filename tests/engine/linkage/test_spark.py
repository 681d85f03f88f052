"""Spark gives the links that one machine gives."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from guiyan.engine.linkage import link, load_settings, open_people
from tests.engine.linkage.people import person, written

HOME = {"gender": "男", "birth_year": 1980, "native_region": "421224", "phone": "13812345678"}


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java")
def test_spark_gives_the_links_of_one_machine(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    pytest.importorskip("pandas")
    from guiyan.engine.linkage.splink_spark import link as on_spark

    new = [
        person("n1", "張偉", **HOME),
        person("n2", "李娜", id_number="11010519491231002X"),
        person("n3", None),
        person("n4", "尉迟归雁", birth_year=1990),
    ]
    known = [
        person("k1", "章玮", **HOME),
        person("k2", "王芳", id_number="11010519491231002X"),
        person("k3", "张伟", birth_year=1980),
    ]
    files = [open_people(written(rows, tmp_path / f"{name}.parquet")) for name, rows in (("l", new), ("r", known))]
    link(*files, tmp_path / "one.parquet", load_settings())
    on_spark(*files, tmp_path / "spark.parquet", load_settings())
    one, spark = (
        pl.read_parquet(tmp_path / f"{name}.parquet").sort("left_id", "right_id") for name in ("one", "spark")
    )
    assert list(one.select("left_id", "right_id").iter_rows()) == [("n1", "k1"), ("n1", "k3"), ("n2", "k2")]
    assert one.drop("probability").equals(spark.drop("probability"))
    assert spark["probability"].to_list() == pytest.approx(one["probability"].to_list(), rel=1e-12)
