"""Sentences that tell what was reached: reports, state of affairs, years past. Their figures promise nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from guiyan.engine.documents.view import View

_BACK = re.compile(
    r"^(?:去年|上年度?|一年来|今年(?:以来|前[一二三]季度|上半年)|截至|截止|近年来|目前|当前|过去|回顾)|^[^,;]{2,20}以来,|(?:^|[,;])近[一二两三四五六七八九十]年来?,?[^,;]{0,4}(?:累计|共|已)|"
    r"(?:打下|取得|奠定|形成|积累|涌现出?|实现|完成|建成|达到)了(?!解)"
)
_AHEAD = re.compile(
    r"力争|争取|(?<!年度)计划(?!的)|确保|目标|每年|今后|下一步|要|将|给予|奖励|补贴|补助|资助|贴息|减免|最高|鼓励|支持|(?:到|至)20\d\d年|^(?:通过|围绕|聚焦|坚持)"
)
_AHEAD_FOR_CERTAIN = re.compile(
    r"力争|争取(?!到)|确保|今后|下一步|接下来|(?:到|至)20\d\d年|将(?=达到|建成|实现|新增|力争|继续|进一步)|不超过\d|给予(?!了)(?!.*(?:已|共|累计))"
)
_FORWARD = re.compile(r"下一?步|打算|今后|明年|下阶段|(?:工作|目标|重点)(?:安排|计划|任务|目标|举措)|总体目标")
_HOW_FAR = re.compile(r"(?:完成|落实|推进|进展|执行)的?(?:情况|进度)")
_STATE_OF_AFFAIRS = re.compile(
    r"(?:发展|工作|现有|现实)基础|基础(?:条件|和形势|与形势)|(?:基本|总体)(?:情况|概况)|(?<!清)现状|(?:发展|面临|当前)的?形势|背景$|"
    r"(?:工作|主要|取得)的?(?:成效|成绩|进展)|(?:工作|情况)回顾|主要做法|20\d\d年(?:度)?[^,;。]{0,12}(?:情况|总结|回顾)(?!的?分析)|(?:存在|面临)的?(?:主要)?(?:困难|问题|挑战)|"
    r"为什么(?:要?出台|要?制定)"
)
_REPORT = re.compile(r"(?:情况|进展)的?(?:通报|报告|汇报|总结)|工作总结|统计公报|政策解读$")
_TOLD_YEAR = re.compile(
    r"^(?:仅|在)?(?P<from>20\d\d)年?(?:(?:-|至|到)(?P<year>20\d\d))?年?(?:度|末|底|全年|上半年|前[一二三]季度)?,?"
)
_TOLD_PLAN = re.compile(r"^“?十(?P<plan>[二三四五六])五”?(?:期间|时期)")
_PLAN_END = {"二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035}
_PROMISED = re.compile(r"力争|争取|确保|目标|计划|每年|不少于|不低于|以上|要|将")
_PROMISED_YEAR = re.compile(r"(?:到|至|力争)(20\d\d)年")
_TELLS = re.compile(
    r"共有|共为|仅有|现有|又净增|惠及|同比|环比|比上年|较上年|[率重例量数额]为(?=\d)|享受上述|^(?!.*(?:新[增建]|净增)).*累计达到?"
)
_RULES = re.compile(
    r"(?:办法|细则|规定|规则|须知|指南|指引|导则|规程|条例|章程|标准|公告|通告)(?:\([^()]{1,16}\)|[((](?:试行|暂行)[))])*(?:的通知)?$"
)
_PLAN = re.compile(r"计划|方案|意见|措施|规划|政策|要点|行动|纲要")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百\d]{1,4}([章条])")
_LATER_YEAR = re.compile(r"(?:到|至|力争)(20\d\d)年|[,;。](20\d\d)年")
_ISSUED = re.compile(
    r"(?:自|从)(20\d\d)年\d{1,2}月\d{1,2}日起(?:施行|实施|执行|生效)|^[\u4e00-\u9fff]{2,14}\((20\d\d)\)第?\d{1,4}号"
)


@dataclass(frozen=True, slots=True)
class Standpoint:
    """From when and as what a document speaks: the year of its issue, its first promised year, whether it reports.

    rules: it tells applicants and offices what holds (办法, 细则, 指南) rather than what is to be reached.
    """

    issued: int | None
    promised: int | None
    reports: bool
    rules: bool

    def tells_under(self, path: tuple[str, ...]) -> bool:
        """Whether all under a heading (工作情况, 主要做法, 存在的困难) or in a report tells rather than promises."""
        if any(_FORWARD.search(heading[:24]) and not _HOW_FAR.search(heading[:24]) for heading in path[-2:]):
            return False
        return self.reports or any(_STATE_OF_AFFAIRS.search(heading[:24]) for heading in path)

    def looks_back(self, chars: str, *, told: bool, before: bool) -> bool:
        """Whether a sentence tells what was reached: it says so, or follows one that does and promises nothing.

        told: it stands where all tells; then only words that look ahead for certain count, no rule that is in force.
        """
        if told and not _AHEAD_FOR_CERTAIN.search(chars):
            return True
        return bool(_BACK.search(chars)) or self._is_past(chars) or (before and not _AHEAD.search(chars))

    def _is_past(self, chars: str) -> bool:
        """2024年全市达到…: a year before the issue, or a year of which the sentence tells results."""
        told = _TOLD_YEAR.match(chars)
        if told:
            year = int(told["year"] or told["from"])
            now = max(year, self.issued or 0)
            if any(int(to or next_) > (year if to else now) for to, next_ in _LATER_YEAR.findall(chars)):
                return False
            if self.issued is not None:
                return year < self.issued or bool(year == self.issued and _tells(chars))
            return _tells(chars)
        plan = _TOLD_PLAN.match(chars)
        if plan is None or _PROMISED.search(chars):
            return False
        now = self.issued or (self.promised - 5 if self.promised else 0)
        return _PLAN_END[plan["plan"]] < now


def _tells(chars: str) -> bool:
    return bool(_TELLS.search(chars)) and not _PROMISED.search(chars)


def standpoint_of(views: list[View], title: str, issued_on: int | None) -> Standpoint:
    """`issued_on`: the year of the date at the document's end."""
    found = (match[1] or match[2] for view in views if (match := _ISSUED.search(view.chars)))
    years = [int(year) for view in views for year in _PROMISED_YEAR.findall(view.chars)]
    issued = issued_on or next((int(year) for year in found), None)
    first = views[0].chars if views and "。" not in views[0].chars else ""
    named = (title or first)[:80]
    planned = _PLAN.search(named) and not _ARTICLE.match(named)
    rules = bool(_RULES.search(named)) or (not planned and _has_articles_in_chapters(views))
    return Standpoint(issued, min(years, default=None), bool(_REPORT.search(named)), rules)


def _has_articles_in_chapters(views: list[View]) -> bool:
    numbers = {found[1] for view in views if (found := _ARTICLE.match(view.chars))}
    return numbers == {"章", "条"}
