"""Titles of plans: lines that name a document, alone or broken over two lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiyan.engine.documents.outline.numbering import number_at
from guiyan.engine.documents.view import Span, View, phrase

_KIND = (
    "方案|计划|措施|意见|办法|规划|纲要|细则|规定|要点|清单|分工|分工表|任务表|政策|决定|条例|举措|指南|指引|"
    "行动|政策包|十条|工作表|导则|规则|一览表|安排"
)
_TITLE = re.compile(rf"(?:{_KIND})(?:\([^()]{{1,24}}\))*$")
_NOTICE = re.compile(r"关于(?:印发|转发|发布|公布)《?(.+?)》?的(?:通知|公告|通告)$")
_OWN_NOTICE = re.compile(r"关于.{4,60}的(?:通知|意见|公告|通告|实施意见|决定)$")
_SIGNATURE = re.compile(r"(?:人民政府|政府|办公室|办公厅|委员会|管委会|局|厅|委|部)$")
_ADDENDUM = re.compile(r"\([^()]{2,24}\)$")
_OF_PLACE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|州|旗|盟)(?!场|级|域|分)")
_MIN, _MAX = 6, 70


@dataclass(frozen=True, slots=True)
class Title:
    """A title line (or two) and the paragraphs it stands on."""

    words: str
    span: Span
    first: int
    last: int

    @property
    def names_place(self) -> bool:
        """六安市…实施方案: whose plan it is."""
        return len(self.words) >= 12 and _OF_PLACE.match(self.words) is not None


def _is_plain(view: View) -> bool:
    """A short line without the marks of a sentence and without a number."""
    chars = view.chars
    return (
        _MIN <= len(chars) <= _MAX
        and not re.search(r"[。;!?|]|[:,]$", chars)
        and number_at(view, 0) is None
        and not chars.startswith(("《", "附", "(", "相关", "当前位置", "来源", "发布"))
    )


def _is_first_half(view: View) -> bool:
    chars = view.chars
    if not _is_plain(view) or len(chars) > 40 or _SIGNATURE.search(chars) or ":" in chars:
        return False
    return not re.search(r"\(\d{4}\)|\d{4}年|\d+号$|通知$", chars)


def titles_in(views: list[View], text: str) -> list[Title]:
    """Every line that reads like the title of a plan."""
    found: list[Title] = []
    for i, view in enumerate(views):
        if not _is_plain(view) or not _TITLE.search(view.chars) or "关于印发" in view.chars:
            continue
        first = i - 1 if i and _is_first_half(views[i - 1]) and not _TITLE.search(views[i - 1].chars) else i
        last = i + 1 if i + 1 < len(views) and _ADDENDUM.fullmatch(views[i + 1].chars) and _dated(views[i + 1]) else i
        span = (views[first].offsets[0], views[last].offsets[-1] + 1)
        found.append(Title(phrase(text, span).replace(" ", ""), span, first, last))
    return found


def _dated(view: View) -> bool:
    return bool(re.search(r"\d{4}|试行|暂行|修订|送审|征求意见", view.chars))


def noticed_title(views: list[View]) -> str:
    """The title inside “关于印发…的通知”, for files that hold the notice and no title line."""
    for i, view in enumerate(views[:12]):
        if len(view) > 300:
            continue
        joined = view.chars + (views[i + 1].chars if i + 1 < len(views) and "的通知" not in view.chars else "")
        found = _NOTICE.search(view.chars) or _NOTICE.search(joined)
        if found and len(found[1]) <= _MAX:
            return found[1]
        if _OWN_NOTICE.search(view.chars) and len(view) <= _MAX:
            return view.chars
    return ""
