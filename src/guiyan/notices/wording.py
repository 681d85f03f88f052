"""How a notice is headed and what it says is about to be done, in the words of what the item ends in."""

from __future__ import annotations

from guiyan.engine.rules.model import Measure
from guiyan.packs import Item

RESULTS = (
    ("拟发放人员的公示", "发放结果"),
    ("拟发放单位的公示", "发放结果"),
    ("拟认定名单的公示", "认定结果"),
)
ENDINGS = ("申领", "申报", "申请")


def title_of(item: Item, unit: str, edition: str) -> str:
    """The batch is named, so that notices of the same item are told apart in a list."""
    if item.membership is not None:
        return f"{unit}关于{edition}{item.membership.title}拟认定名单的公示"
    whom = "单位" if item.kind == "organisation" else "人员"
    return f"{unit}关于{edition}{thing_of(item)}拟发放{whom}的公示"


def result_title(notice_title: str) -> str:
    """通山县人社局关于2026年第1批一次性创业补贴拟发放人员的公示 -> 通山县人社局2026年第1批一次性创业补贴发放结果."""
    unit, about, rest = notice_title.partition("关于")
    for about_to, came in RESULTS:
        if rest.endswith(about_to):
            return f"{unit}{rest.removesuffix(about_to)}{came}"
    return f"{unit}{about}{rest}"


def verb_of(item: Item, measure: Measure | None) -> str:
    """发放补贴, 发放奖补, 认定为市级返乡创业园."""
    if item.membership is not None:
        return f"认定为{item.membership.title}"
    return "发放奖补" if measure is not None and measure.versions[-1].benefit.kind == "award" else "发放补贴"


def thing_of(item: Item) -> str:
    """一次性创业补贴申领 -> 一次性创业补贴."""
    return next((item.title.removesuffix(one) for one in ENDINGS if item.title.endswith(one)), item.title)
