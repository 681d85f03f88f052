"""The real plan as a city might revise it: one figure, one list of units, a heading, a task less, one more."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Document
from guiyan.plans.revisions import Change, changes_of
from tests.plans.factories import REAL

Edit = tuple[str, str]
NAME = "xianning-2026-homecoming.txt"
FIGURE: Edit = ("每年新增返乡创业1万人以上", "每年新增返乡创业1.2万人以上")
UNITS: Edit = (
    "(责任单位:市政数局、市教育局、市人社局,各县市区人民政府",
    "(责任单位:市政数局、市司法局、市人社局,各县市区人民政府",
)
HEADING: Edit = ("四、开展“对话楚商”行动", "四、开展“对话楚商”系列行动")
DATE: Edit = ("2025年6月9日", "2026年5月20日")
GONE = "(十一)举办返乡创业活动"
NEW = (
    "(六)校友跟踪服务计划。建立校友项目跟踪服务机制，每季度走访重点校友企业。(责任单位:市招商和投资促进局、市科技局)\n"
)
BEFORE_NEW = "二、实施在咸高校师生创新创业专项行动"
EDITS = (FIGURE, UNITS, HEADING, DATE)


def revised_text(*edits: Edit, without: str = "", added: str = "", text: str = "") -> str:
    """The real plan's words with these edits; `without`: the line that begins so; `added` before the second part."""
    text = text or REAL.read_text(encoding="utf-8")
    for old, new in edits:
        assert text.count(old) >= 1, old
        text = text.replace(old, new)
    if without:
        lines = text.splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(without)]
        assert len(kept) == len(lines) - 1, without
        text = "".join(kept)
    if added:
        assert text.count(BEFORE_NEW) == 1
        text = text.replace(BEFORE_NEW, added + BEFORE_NEW)
    return text


def whole_revision() -> str:
    return revised_text(*EDITS, without=GONE, added=NEW)


def imported_revision(officer: Actor, old: Document, text: str = "", name: str = NAME) -> Document:
    """Imported, and held against the document it revises."""
    document = actions.import_document(officer, name=name, content=(text or whole_revision()).encode())
    return actions.start_revision(officer, document=document, revises=old)


def of(changes: Sequence[Change], verdict: str) -> list[Change]:
    return [change for change in changes if change.verdict == verdict]


def titles(changes: Sequence[Change]) -> list[str]:
    sides = [change.new or change.old for change in changes]
    return [side.values.get("title") or side.values.get("name") for side in sides if side is not None]


def decide(officer: Actor, document: Document, change: Change, decision: str, reason: str = "") -> None:
    actions.decide_change(
        officer,
        document=document,
        key=change.key,
        mark=change.difference.mark,
        seen=change.decided,
        decision=decision,
        reason=reason,
    )


def accept_all(officer: Actor, document: Document) -> None:
    """Every change that waits is taken over."""
    for change in changes_of(document):
        if not change.decided:
            decide(officer, document, change, "accepted", "" if change.new else "新文件不再安排")


def published_revision(officer: Actor, old: Document, text: str = "", since: date = date(2026, 5, 20)) -> Document:
    document = imported_revision(officer, old, text)
    accept_all(officer, document)
    return actions.publish_revision(officer, document=document, since=since)
