"""What can be applied for now, and what is found by a word: items, policies, notices, ways to get help."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from guiyan.kernel import calendar, releases
from guiyan.notices import queries as notices
from guiyan.packs import Item
from guiyan.policies import queries as policies
from guiyan.portal.measures.words import measure_words

GROUPS = {"payment": "补贴和奖补", "loan": "贷款", "membership": "认定", "reply": "提诉求"}
TOGETHER = "几件事一起办"
WHOM = {"person": "个人", "organisation": "企业、单位", "project": "项目"}
MOST_NOTICES = 10


@dataclass(frozen=True)
class Row:
    """One line: what it is, a word about it, where it leads; at its right end how much it is, and how long it takes."""

    title: str
    note: str
    href: str
    amount: str = ""
    days: str = ""


@dataclass(frozen=True)
class Help:
    """A plain question with the words it is found by."""

    title: str
    note: str
    words: tuple[str, ...]
    name: str


HELP = (
    Help("办到哪一步了", "用编号和姓名查，不用登录", ("进度", "编号", "哪一步", "多久"), "portal:progress"),
    Help("请村里的帮办员办", "签委托书，您确认以后替您办", ("帮办", "代办", "委托", "老人", "不会"), "portal:about"),
    Help("字太小看不清", "大字、读屏、只用键盘都行", ("大字", "字小", "读屏", "无障碍"), "portal:accessible"),
    Help("要投诉", "办得慢、态度不好、有人收钱", ("投诉", "举报", "收钱", "态度"), "portal:about"),
    Help("谁领到了补贴", "已经拨付的名单", ("结果", "名单", "发放", "领到"), "portal:results"),
)  # fmt: skip


def items_open() -> list[Item]:
    """Items that can be applied for today: those of a measure only while it is in force."""
    live = {one.measure.id for one in policies.live_measures()}
    return [item for item in releases.current().items.values() if not item.measure or item.measure in live]


def bundles(words: str = "") -> list[Row]:
    """What can be done with one form, where at least two of its items can be applied for today."""
    found, can_be = [], {item.id: item for item in items_open()}
    for one in releases.current().bundles.values():
        inside = [can_be[name].title for name in one.items if name in can_be]
        if len(inside) > 1 and has(words, one.title, one.summary, *inside):
            note = one.summary.rstrip("。")
            found.append(Row(one.title, note, reverse("portal:together", args=[one.id]), days=f"{len(inside)}件"))
    return found


def services(words: str = "") -> list[tuple[str, list[Row]]]:
    """What one form does together first; then group → its items, in the order of `GROUPS`."""
    found: dict[str, list[Row]] = {}
    amounts = amounts_today()
    for item in items_open():
        if has(words, item.title, item.summary, GROUPS[item.outcome]):
            found.setdefault(item.outcome, []).append(item_row(item, amounts.get(item.measure or "", "")))
    groups = [(label, found[outcome]) for outcome, label in GROUPS.items() if outcome in found]
    return [(TOGETHER, rows), *groups] if (rows := bundles(words)) else groups


def amounts_today() -> dict[str, str]:
    """measure -> how much it gives, as its page says it."""
    today = calendar.today()
    return {one.measure.id: measure_words(one, today).amount for one in policies.live_measures()}


def item_row(item: Item, amount: str) -> Row:
    days = f"{item.promise_days}个工作日" if item.promise_days else ""
    note = "，".join(one for one in (WHOM[item.kind], item.summary.rstrip("。")) if one)
    return Row(item.title, note, reverse("portal:apply", args=[item.id]), amount, days)


def policies_with(words: str) -> list[Row]:
    """Measures in force that have the words in their title, benefit or clause."""
    today = calendar.today()
    rows = []
    for one in policies.live_measures():
        said = measure_words(one, today)
        if has(words, said.title, said.benefit, one.confirmation.quote):
            rows.append(Row(said.title, said.benefit, reverse("portal:measure", args=[said.id]), said.amount or ""))
    return rows


def notices_with(words: str) -> list[Row]:
    """Public notices with the words in their title, newest first."""
    found = notices.published().filter(title__contains=words)[:MOST_NOTICES]
    return [Row(one.title, one.number, reverse("portal:notice", args=[one.number])) for one in found]


def help_with(words: str) -> list[Row]:
    found = (one for one in HELP if has(words, one.title, one.note) or any(word in words for word in one.words))
    return [Row(one.title, one.note, reverse(one.name)) for one in found]


def has(words: str, *texts: str) -> bool:
    """Whether each word typed is in one of the texts."""
    return all(any(word in text for text in texts) for word in words.split())


def found_in_all(words: str) -> Iterable[tuple[str, list[Row]]]:
    """What a search shows, the doing first."""
    yield from services(words)
    yield "政策", policies_with(words)
    yield "公示公告", notices_with(words)
    yield "怎么办", help_with(words)
