"""Work of the registers that is done behind: large files in and out, search terms of what they brought."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from guiyan.kernel import calendar, failpoints, jobs, releases
from guiyan.registers.exporting.asking import MAKE
from guiyan.registers.exporting.making import make_export
from guiyan.registers.importing import handing, undoing
from guiyan.registers.importing.run import INDEX_TERMS
from guiyan.registers.linking import shares, waiting
from guiyan.registers.models import ImportFile, ImportRun
from guiyan.registers.rights import copying
from guiyan.registers.tables import register_of
from guiyan.registers.writing.indexing import index_piece


@jobs.job(INDEX_TERMS, label="把导入的人和单位编入检索")
def index_terms(import_id: int) -> None:
    """One piece, and asks for the next in the same transaction: killed anywhere, the queue goes on where it was."""
    run = ImportRun.objects.select_for_update().get(pk=import_id)
    if index_piece(register_of(releases.current(), run.register), run):
        jobs.defer(INDEX_TERMS, import_id=import_id)
    failpoints.hit("terms_written")


@jobs.job(undoing.UNDO, label="撤销导入：名录按其余来源重新生成")
def undo_import(import_id: int) -> None:
    """One piece, as `index_terms`."""
    run = ImportRun.objects.select_for_update().get(pk=import_id)
    if run.undo_left:
        undoing.follow(run)
    failpoints.hit("piece_undone")


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


@jobs.job(waiting.LINK, label="把新登记的人和已知的人对上")
def link_people() -> None:
    """One piece with all that came of it in one transaction: killed anywhere, the queue goes on where it was."""
    if waiting.link_piece(releases.current()):
        waiting.ask(waiting.LINK)
    failpoints.hit("people_linked")


@jobs.job(waiting.BUILD, label="为已知的人建立比对的依据")
def build_linkage() -> None:
    if waiting.build_piece(releases.current()):
        waiting.ask(waiting.BUILD)


@jobs.job(waiting.COUNT, label="统计重名和同校等有多常见")
def count_linkage() -> None:
    shares.count(calendar.today())


@jobs.on_tick("registers.keep_linkage", label="人员比对的依据每天更新")
def keep_linkage(now: datetime) -> None:
    held = shares.state()
    if not held.is_built:
        waiting.ask(waiting.BUILD)
    elif held.counted_on != timezone.localtime(now).date():
        waiting.ask(waiting.COUNT)


@jobs.job(copying.MAKE, label="准备个人信息副本")
def make_copy(copy_id: int) -> None:
    copying.make_copy(copy_id)


@jobs.on_tick("registers.sweep_copies", label="销毁过期的个人信息副本")
def sweep_copies(now: datetime) -> None:
    copying.sweep_copies(now)
