"""What a what-if found as pages and paper draw it: bars and tables of the same rows, take-up, what to bear in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import region_names
from guiyan.insights import whatif
from guiyan.insights.whatif.reading import Answer, MeasureAnswer, Row
from guiyan.insights.whatif.wording import sentence
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.regions import subtree
from guiyan.outreach import queries
from guiyan.outreach.models import WhatIfRun
from guiyan.outreach.queries import TakeUp

SEE_PEOPLE = "person.view"
LEAST_MONTHS = 2
MONEY = {"given": "最多要发的钱", "loan": "贷款额度"}


@dataclass(frozen=True)
class Grouping:
    """One way of grouping: rows of the table, bars or a line of the same. note: what the reader should know of it."""

    title: str
    head: str
    rows: Sequence[Row]
    bars: Sequence[dict[str, Any]] = ()
    series: Sequence[dict[str, Any]] = ()
    labels: Sequence[str] = ()
    note: str = ""


@dataclass(frozen=True)
class Section:
    answer: MeasureAnswer
    money: str
    groupings: Sequence[Grouping]
    take_up: TakeUp | None
    steps: Sequence[dict[str, Any]] = ()

    @property
    def people_more(self) -> str:
        more = self.answer.total.more
        return f"{'+' if more > 0 else '−' if more else ''}{abs(more):,}"

    @property
    def people_note(self) -> str:
        return f"新进{self.answer.total.came:,}，退出{self.answer.total.left:,}"


@dataclass(frozen=True)
class Shown:
    sentence: str
    place: str
    sections: Sequence[Section]
    cautions: Sequence[str]
    merged: bool


def shown(actor: Actor, run: WhatIfRun) -> Shown:
    """All that the page of a computed run tells this reader."""
    exact = bool(decide(actor, SEE_PEOPLE, run))
    answer = whatif.answer_of(run, exact=exact)
    place = place_of(run)
    taken = queries.take_up(run.measures, subtree(run.region))
    together = [section_of(run, answer.together, None)] if answer.together else []
    sections = [section_of(run, one, taken[one.id]) for one in answer.measures]
    return Shown(
        sentence(run, answer, "全市" if run.region == releases.current().city.region else place),
        place,
        [*together, *sections],
        list(cautions(run, answer)),
        answer.merged,
    )


def place_of(run: WhatIfRun) -> str:
    return region_names([run.region]).get(run.region, "")


def section_of(run: WhatIfRun, one: MeasureAnswer, take_up: TakeUp | None) -> Section:
    groupings = [
        Grouping("按县（市、区）", "县（市、区）", one.counties, bars(one.counties, run.counter)),
        Grouping("按年龄", "年龄" if run.kind == "person" else "创办人年龄", one.ages, bars(one.ages, run.counter)),
    ]
    if one.months:
        groupings.append(by_month(one, run.counter))
    steps = steps_of(one, take_up, run.counter) if take_up is not None else []
    return Section(one, MONEY.get(one.money, ""), groupings, take_up, steps)


def bars(rows: Sequence[Row], counter: str) -> list[dict[str, Any]]:
    """Before behind after; what changed in words beside it."""
    return [
        {
            "label": row.label,
            "before": row.before,
            "after": row.after,
            "text": f"{row.before:,} → {row.after:,}{counter}",
            "note": more_words(row.more, counter),
        }
        for row in rows
        if row.before or row.after
    ]


def more_words(more: int, counter: str) -> str:
    return "不变" if not more else f"{'多' if more > 0 else '少'}{abs(more):,}{counter}"


def by_month(one: MeasureAnswer, counter: str) -> Grouping:
    dated = [row for row in one.months if row.group is not None]
    series: list[dict[str, Any]] = []
    if len(dated) >= LEAST_MONTHS:
        series = [
            {"label": "现行", "values": [row.before for row in dated], "dashed": True, "quiet": True},
            {"label": "改动以后", "values": [row.after for row in dated]},
        ]
    return Grouping(
        "按符合的月份",
        "月份",
        one.months,
        series=series,
        labels=month_labels(dated),
        note="月份是条件里最晚那个日期所在的月，例如注册登记的月份。",
    )


def month_labels(rows: Sequence[Row]) -> list[str]:
    """25年7月, 8月 … 26年1月: the year where it begins."""
    words = [(row.label.partition("年")[0], row.label.partition("年")[2]) for row in rows]
    return [
        f"{year[2:]}年{month}" if place == 0 or words[place - 1][0] != year else month
        for place, (year, month) in enumerate(words)
    ]


def steps_of(one: MeasureAnswer, take_up: TakeUp, counter: str) -> list[dict[str, Any]]:
    """今天: eligible by the kept facts, told, applied, got it."""
    got = "已放款" if one.money == "loan" else "已拿到"
    own = f"其中{take_up.by_themselves:,}{counter}没有收到告知" if take_up.by_themselves else ""
    return [
        {"label": "现行规则下符合", "value": f"{one.total.before:,}", "note": "按试算的数据"},
        {"label": "已告知", "value": f"{take_up.told:,}", "note": ""},
        {"label": "已申请", "value": f"{take_up.applied:,}", "note": own},
        {"label": got, "value": f"{take_up.got:,}", "note": share_words(take_up)},
    ]


def share_words(take_up: TakeUp) -> str:
    if not take_up.applied:
        return ""
    return f"已申请{take_up.applied:,}的{take_up.got * 100 / take_up.applied:.1f}%"


def cautions(run: WhatIfRun, answer: Answer) -> list[str]:
    """What the figures do not say by themselves."""
    taken = calendar.long_day(run.facts_as_of.astimezone())
    found = [f"数据是{taken}从登记的信息里取的，以后的变化没有算进去。"]
    unknown = [one for one in answer.measures if one.total.unknown_before or one.total.unknown_after]
    for one in unknown:
        found.append(
            f"“{one.title}”还有{one.total.unknown_after:,}{run.counter}信息不够，判断不了，两边都没有算进去。"
            if one.total.unknown_after == one.total.unknown_before
            else f"“{one.title}”信息不够、判断不了的，现行{one.total.unknown_before:,}{run.counter}，"
            f"改动以后{one.total.unknown_after:,}{run.counter}，都没有算进去。"
        )
    for one in answer.measures:
        if one.open_conditions:
            words = "、".join(f"“{each}”" for each in one.open_conditions)
            found.append(f"“{one.title}”的{words}文件没有展开，由经办单位认定，这里当作符合。")
        if one.money == "loan":
            found.append(f"“{one.title}”的钱是贷款额度，由银行发放，不是财政要付的钱。")
        if not one.months:
            found.append(f"“{one.title}”的条件不问日期，分不出从哪个月起符合。")
        if not one.money:
            found.append(f"“{one.title}”没有公布金额，只算人数。")
    if any(one.money == "given" for one in answer.measures):
        found.append("金额是符合的都来申请、都按最高标准发的数，实际会少一些。")
    if answer.together:
        found.append("几项合计按每人先领金额最大的一项算，受合计上限和不重复享受限制的不重复算。")
    if answer.merged:
        found.append("人数少于3的组已和别的组合并，合计不变。")
    return found
