"""The weekly report as one page of Word."""

from __future__ import annotations

import io
from datetime import date

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from guiyan.insights.drill import unit_of_records
from guiyan.insights.goals import goal_words, scaled_words
from guiyan.insights.parts import last_parts, last_words, now_parts, valid_words, value_words, with_parts
from guiyan.insights.reported import NOT_LOCKED
from guiyan.insights.weekly.gather import WeekLine, WeeklyReport
from guiyan.kernel.calendar import short_day
from guiyan.plans.models.amounts import amount_words

HEAD = ("指标", "目标", "实绩", "去年同期", "本周新增", "亮灯")
WIDTHS = (4.2, 3.4, 2.8, 2.8, 2.2, 2.2)


def as_word(report: WeeklyReport) -> bytes:
    """The report as .docx, on one page of A4."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.7)
    section.top_margin = section.bottom_margin = Cm(2)
    _font(paper.styles["Normal"], "宋体", 12)
    title = paper.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = title.add_run(f"{report.place_name}返乡创业工作周报")
    run.bold = True
    _run_font(run, "黑体", 18)
    head = paper.add_paragraph(week_words(report))
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _section(paper, "一、主要指标")
    _table(paper, report.lines)
    if report.told:
        paper.add_paragraph(told_words(report))
    _section(paper, "二、办件和资金")
    paper.add_paragraph(case_words(report))
    _section(paper, "三、督办")
    paper.add_paragraph(order_words(report))
    foot = paper.add_paragraph(foot_words(report))
    _run_font(foot.runs[0], "宋体", 10)
    target = io.BytesIO()
    paper.save(target)
    return target.getvalue()


def week_words(report: WeeklyReport) -> str:
    """第24周，2026年6月8日—2026年6月14日; a week that is not over says so and up to which day it counts."""
    running = f"（进行中，截至{short_day(report.as_of)}）" if report.is_running else ""
    return f"第{report.number}周，{day(report.week.start)}—{day(report.week.end)}{running}"


def foot_words(report: WeeklyReport) -> str:
    """Up to which day the page counts; orders are those that wait today, whatever the week."""
    parts = "数据" if report.is_running else "指标、办件和资金"
    orders = "" if report.is_running else f"，督办截至{day(report.written_on)}"
    scaled = scaled_words(x.standing.indicator for x in report.lines)
    note = f"{scaled}。" if scaled else ""
    return f"{parts}截至{day(report.as_of)}{orders}，由办件、名录和资金台账自动汇总，不用另外填报。{note}"


def told_words(report: WeeklyReport) -> str:
    """What units report by hand: the figures that are locked, by name those that are not, how many nobody filled in."""
    locked = [x for x in report.told if x.value is not None]
    waiting = [x for x in report.told if x.value is None and x.words.startswith(NOT_LOCKED)]
    left = len(report.told) - len(locked) - len(waiting)
    parts = [f"填报的指标{len(report.told)}个"]
    if locked:
        parts.append(
            "已锁定：" + "、".join(x.indicator.full_name + with_parts(value_words(x), now_parts(x)) for x in locked)
        )
    if waiting:
        names = (x.indicator.full_name + x.words.removeprefix(NOT_LOCKED) for x in waiting)
        parts.append(f"{NOT_LOCKED}：" + "、".join(names))
    return "；".join([*parts, f"没有填报的{left}个" if left else "都已填报"]) + "。"


def case_words(report: WeeklyReport) -> str:
    counted = "，".join(f"{label}{count}件" for label, count in report.cases.items())
    money = f"拨付到账{report.paid_count}笔{amount_words_of(report.paid_fen)}，退票{report.returned_count}笔"
    return f"本周补贴和奖补{counted}；{money}。"


def order_words(report: WeeklyReport) -> str:
    if not report.orders_open:
        return "没有等回复的督办单。"
    late = f"，其中超期{report.orders_late}件" if report.orders_late else "，没有超期"
    return f"等回复的督办单{report.orders_open}件{late}。"


def amount_words_of(fen: int) -> str:
    return f"{fen / 100:,.2f}元".replace(".00元", "元")


def day(value: date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


def cells(line: WeekLine) -> tuple[str, ...]:
    x = line.standing
    figure = value_words(x)
    return (
        x.indicator.full_name,
        goal_words(x.indicator) if x.light else "—",
        with_parts(valid_words(x.indicator) + figure, now_parts(x)) if figure else x.words,
        with_parts(last_words(x), last_parts(x)) or "—",
        amount_words(line.added, unit_of_records(x.indicator)),
        x.words,
    )


def _table(paper: Paper, lines: list[WeekLine]) -> None:
    table = paper.add_table(rows=1, cols=len(HEAD), style="Table Grid")
    for cell, words in zip(table.rows[0].cells, HEAD, strict=True):
        _fill(cell, words, bold=True)
    for line in lines:
        for cell, words in zip(table.add_row().cells, cells(line), strict=True):
            _fill(cell, words)
    for row in table.rows:
        for cell, width in zip(row.cells, WIDTHS, strict=True):
            cell.width = Cm(width)


def _fill(cell: object, words: str, *, bold: bool = False) -> None:
    run = cell.paragraphs[0].add_run(words)  # type: ignore[attr-defined]
    run.bold = bold
    _run_font(run, "宋体", 10.5)


def _section(paper: Paper, words: str) -> None:
    run = paper.add_paragraph().add_run(words)
    _run_font(run, "黑体", 14)


def _font(style: object, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)  # type: ignore[attr-defined]
    style.element.rPr.rFonts.set(qn("w:eastAsia"), name)  # type: ignore[attr-defined]


def _run_font(run: object, name: str, size: float) -> None:
    run.font.name, run.font.size = name, Pt(size)  # type: ignore[attr-defined]
    run._element.rPr.rFonts.set(qn("w:eastAsia"), name)  # type: ignore[attr-defined]
