"""Screening a whole file: Parquet in, Parquet or CSV out, in bounded memory; nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import IO, Literal

import polars as pl
from django.http import FileResponse, HttpRequest
from ninja import File, Router
from ninja.files import UploadedFile

from guiyan.api.access import may
from guiyan.api.measures import REFUSALS
from guiyan.api.schemas import Kind
from guiyan.engine.population import check, check_subjects, engine, open_facts, plan_of
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import Refused
from guiyan.policies import queries as policies

LARGEST = 50 * 1024 * 1024
FORMS = {"parquet": "application/vnd.apache.parquet", "csv": "text/csv; charset=utf-8"}
router = Router(tags=["测算"])


@router.post(
    "/screen-file",
    response=REFUSALS,
    auth=may("screen-file"),
    url_name="screen-file",
    summary="按文件批量测算",
    description="上传Parquet：subject_id和各事实列，一行一个对象；返回符合和待定的行。不要放姓名和证件号；文件测算完即删除，不保存。",
)
def screen_file(
    request: HttpRequest,
    file: File[UploadedFile],
    kind: Kind | None = None,
    on: dt.date | None = None,
    form: Literal["parquet", "csv"] = "parquet",
) -> FileResponse:
    """Rows `subject_id, measure_id, verdict, amount_max_fen, missing` for yes and unknown, of public measures."""
    if (file.size or 0) > LARGEST:
        raise Refused(f"文件最大{LARGEST // 1024 // 1024}MB，请分几次传。", "size")
    folder = Path(tempfile.mkdtemp(prefix="screen-file-"))
    try:
        result = written(folder, file, kind, on or calendar.today(), form)
    finally:
        shutil.rmtree(folder)
    return FileResponse(result, as_attachment=True, filename=f"verdicts.{form}", content_type=FORMS[form])


def written(folder: Path, file: UploadedFile, kind: Kind | None, on: dt.date, form: str) -> IO[bytes]:
    """The result, open; its folder may go."""
    given, found = folder / "facts.parquet", folder / "verdicts.parquet"
    with given.open("wb") as target:
        for piece in file.chunks():
            target.write(piece)
    pack = releases.current()
    public = [pack.compiled[one.measure.id] for one in policies.live_measures() if one.measure.public]
    facts = open_facts(given, pack.catalogue, kind)
    check(facts)
    check_subjects(facts)
    engine("polars").write_rows(plan_of(public, on), facts, found)
    return (found if form == "parquet" else as_csv(found)).open("rb")


def as_csv(found: Path) -> Path:
    """Lists of facts are joined by a blank."""
    target = found.with_suffix(".csv")
    pl.scan_parquet(found).with_columns(pl.col("missing").list.join(" ")).sink_csv(target)
    return target
