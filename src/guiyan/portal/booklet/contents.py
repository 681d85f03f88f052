"""What stands in the booklet: plain texts and lists, the same for PDF and Word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.kernel import releases
from guiyan.kernel.calendar import long_day
from guiyan.packs import Pack
from guiyan.portal.measures.library import Wanted, library
from guiyan.portal.measures.sheet import SOON, Sheet, sheet_of
from guiyan.portal.measures.words import ConditionRow

TITLE = "政策一本通"
WITHHELD = "这份文件没有在网上公开，这里不列原文。"
CLOSING = "以上内容按现行有效的政策整理，能不能享受以经办单位审核的结果为准。办理不收任何费用。"


@dataclass(frozen=True)
class Entry:
    """One measure on paper. `steps`: title, note, and what runs side by side as (title, who)."""

    title: str
    whom: str
    gives: str
    conditions: list[str]
    open_conditions: str
    note: str
    materials: list[tuple[str, str, str]]  # what, note, whether it must be handed in
    offices: list[tuple[str, str, str]]  # place, office, phone
    window: str  # where to ask when nothing can be applied for yet
    limits: str
    steps: list[tuple[str, str, list[tuple[str, str]]]]
    clause: str
    quote: str
    since: str
    address: str


@dataclass(frozen=True)
class Booklet:
    """`place`: the county it is for, or the city; `group`: the people it is for, empty for everybody."""

    title: str
    city: str
    place: str
    group: str
    host: str
    printed_on: str
    release: str
    sample: bool
    phones: list[tuple[str, str]]
    entries: list[Entry]
    address: str
    closing: str = CLOSING

    @property
    def for_whom(self) -> str:
        return f"{self.place}·{self.group}" if self.group else self.place


def booklet(pack: Pack, on: date, wanted: Wanted, site: str) -> Booklet:
    """The booklet for a county or the city and for a group or everybody. site: the address of the portal, no slash."""
    rows = library(pack, on, wanted)
    office = pack.units.get(pack.city.office)
    place = pack.regions[wanted.county].name if wanted.county else pack.city.name
    return Booklet(
        title=TITLE,
        city=pack.city.name,
        place=place,
        group=wanted.group,
        host=office.name if office else "",
        printed_on=long_day(on),
        release=f"第{releases.current_id()}版",
        sample=pack.city.sample,
        phones=[(one.label, one.value) for one in pack.city.contacts.values()],
        entries=[entry_of(sheet_of(row.live, pack, on, wanted.county), pack, site) for row in rows],
        address=f"{site}/measures/",
    )


def entry_of(sheet: Sheet, pack: Pack, site: str) -> Entry:
    window = f"{sheet.window}，还不能在网上申请。" if sheet.window else ""
    begins = "起执行（还没开始）" if sheet.state == SOON else "起执行"
    return Entry(
        title=sheet.words.title,
        whom=sheet.whom,
        gives=gives_words(sheet),
        conditions=[condition_words(one) for one in sheet.conditions] or ["文件没有写别的条件。"],
        open_conditions="、".join(f"“{one}”" for one in sheet.open_conditions),
        note=sheet.note,
        materials=[(one["label"], one["note"], one["need"]) for one in sheet.materials],
        offices=[(one.place, one.name, one.phone) for one in sheet.offices],
        window=window,
        limits=limit_words(sheet),
        steps=[(one.title, one.note, [(each.title, each.who) for each in one.branches]) for one in sheet.steps],
        clause=sheet.clause,
        quote=sheet.live.confirmation.quote or WITHHELD,
        since=f"{long_day(sheet.since)}{begins}",
        address=f"{site}/measures/{sheet.words.id}/",
    )


def gives_words(sheet: Sheet) -> str:
    """补贴5,000元, or 贴息：利息补一半（50%），贷款最高30万元."""
    if not sheet.rate:
        return f"{sheet.words.benefit}{sheet.words.amount}"
    first = f"{sheet.words.benefit}：{sheet.words.amount}（{sheet.rate}）"
    return "，".join(words for words in (first, sheet.words.beside) if words)


def condition_words(condition: ConditionRow) -> str:
    """The label, then how a day is reckoned or which ways there are."""
    if condition.ways:
        return f"{condition.label}：{'；'.join(f'{n}. {way}' for n, way in enumerate(condition.ways, 1))}"
    return f"{condition.label}（{condition.hint}）" if condition.hint else condition.label


def limit_words(sheet: Sheet) -> str:
    if sheet.item is None or not sheet.item.promise_days:
        return ""
    days = f"{sheet.item.acceptance_days}个工作日内告知是否受理，受理后{sheet.item.promise_days}个工作日内办到签批"
    return f"{days}（{sheet.limit_note}）" if sheet.limit_note else days
