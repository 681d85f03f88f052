"""Work of the registers that is done behind: large files in and out, search terms of what they brought."""

from __future__ import annotations

from datetime import datetime

from guiyan.kernel import calendar, failpoints, jobs, releases
from guiyan.registers.exporting.asking import MAKE
from guiyan.registers.exporting.making import make_export
from guiyan.registers.importing import handing
from guiyan.registers.importing.run import INDEX_TERMS
from guiyan.registers.models import ImportFile, ImportRun
from guiyan.registers.tables import register_of
from guiyan.registers.writing.indexing import index_piece


@jobs.job(INDEX_TERMS, label="把导入的人和单位编入检索")
def index_terms(import_id: int) -> None:
    """One piece, and asks for the next in the same transaction: killed anywhere, the queue goes on where it was."""
    run = ImportRun.objects.select_for_update().get(pk=import_id)
    if index_piece(register_of(releases.current(), run.register), run):
        jobs.defer(INDEX_TERMS, import_id=import_id)
    failpoints.hit("terms_written")


@jobs.job(MAKE, label="名录：生成导出文件", in_transaction=False)
def make(export_id: int) -> None:
    make_export(export_id)


@jobs.job(handing.WORK, label="检查或导入名录文件", in_transaction=False)
def work_on_file(file_id: int) -> None:
    with calendar.held(), releases.held():
        handing.work_on(file_id)


@jobs.job(handing.TIDY, label="删除处理完的导入文件")
def tidy_file(file_id: int) -> None:
    handing.tidy(ImportFile.objects.get(pk=file_id))


@jobs.on_tick("registers.sweep_files", label="清除没有用上的导入文件")
def sweep_files(now: datetime) -> None:
    handing.sweep(now)
