"""The lists for comparison of the sample: some of its people and firms, as files like any other."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.calendar import today
from guiyan.packs.pack import Pack
from guiyan.packs.register import ComparisonList
from guiyan.registers.actions import import_list
from guiyan.registers.sample.people import SamplePerson

Row = dict[str, object]
AMOUNT_YUAN = 5000
WHY = ("通过登记的住所联系不上", "没有按期公示年度报告")


class ListFiles:
    """The files of all lists that are declared and that the sample has rows for, written as the people come by."""

    def __init__(self, pack: Pack, until: date, folder: Path, files: ExitStack) -> None:
        self.until = until
        self.lists = {name: pack.lists[name] for name in ROWS if name in pack.lists}
        self.paths = {name: folder / f"{one.label}（示例）.csv" for name, one in self.lists.items()}
        self.counts = dict.fromkeys(self.lists, 0)
        self.sheets = {name: self.opened(name, files) for name in self.lists}

    def opened(self, name: str, files: ExitStack) -> csv.DictWriter[str]:
        file = files.enter_context(self.paths[name].open("w", encoding="utf-8-sig", newline=""))
        sheet = csv.DictWriter(file, [column.label for column in self.lists[name].columns.values()])
        sheet.writeheader()
        return sheet

    def add(self, people: Iterable[SamplePerson]) -> None:
        for who in people:
            for name, wanted in self.lists.items():
                for row in ROWS[name](who, self.until):
                    self.counts[name] += 1
                    told = {column.label: row[column.id] for column in wanted.columns.values() if column.id in row}
                    self.sheets[name].writerow(told)


@contextmanager
def list_files(pack: Pack, until: date) -> Iterator[ListFiles]:
    """Hand the people to `add` inside; at the end every list is brought in like any other file."""
    with tempfile.TemporaryDirectory() as folder:
        with ExitStack() as files:
            lists = ListFiles(pack, until, Path(folder), files)
            yield lists
        for name, count in lists.counts.items():
            bring_in(lists.lists[name], lists.paths[name], until, said_empty=count == 0)


def bring_in(wanted: ComparisonList, path: Path, until: date, *, said_empty: bool) -> None:
    # A sample made again, as of another day, takes the place of the one before.
    as_of = last_month_end(min(until, today()))
    import_list(SYSTEM, list_id=wanted.id, path=path, as_of=as_of, confirmed=True, said_empty=said_empty)


def last_month_end(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def paid_before(who: SamplePerson, until: date) -> Iterable[Row]:
    """Every fifth founder who registered for the first time before this year was paid, two months later."""
    if who.firms and who.serial % 5 == 0 and who.firms[0].registered_on.year < until.year:
        paid_on = who.firms[0].registered_on + timedelta(days=60)
        yield person(who) | {"amount": AMOUNT_YUAN, "paid_on": paid_on, "paid_by": office(who, "人力资源和社会保障局")}


def paid_graduates(who: SamplePerson, until: date) -> Iterable[Row]:
    """The graduates among them had the graduates' subsidy as well: no document excludes one for the other."""
    if who.degree != "none":
        yield from paid_before(who, until)


def paid_elsewhere(who: SamplePerson, until: date) -> Iterable[Row]:
    """Some had a training allowance in the year they came back, some the relief of former poor households."""
    if who.returned_on is not None and who.serial % 9 == 4:
        paid_on = min(who.returned_on + timedelta(days=40), last_month_end(until))
        programme = {"programme": "职业技能培训补贴", "amount": 800, "paid_by": office(who, "人力资源和社会保障局")}
        yield person(who) | programme | {"paid_on": paid_on}


def insured(who: SamplePerson, until: date) -> Iterable[Row]:
    """Those away are insured there; of those who founded a firm, some by their own."""
    if who.firms and who.serial % 3 == 0:
        yield person(who) | {"insured_by": who.firms[-1].name, "insured_from": who.firms[-1].registered_on}
    elif who.returned_on is None and who.serial % 2 == 0:
        yield person(who) | {"insured_by": f"{who.works_in}示例工厂", "insured_from": date(2022, 3, 1)}


def payroll(who: SamplePerson, until: date) -> Iterable[Row]:
    """A few of those who came back are still paid by the state, and some once were."""
    if who.returned_on is not None and who.serial % 17 == 7:
        ended = {"paid_to": date(2023, 6, 30)} if who.serial % 2 else {}
        yield person(who) | {"employer": "示例乡镇事业单位", "paid_from": date(2019, 7, 1)} | ended


def died(who: SamplePerson, until: date) -> Iterable[Row]:
    if not who.firms and who.serial % 211 == 5:
        yield person(who) | {"died_on": last_month_end(until) - timedelta(days=who.serial % 300)}


def irregular(who: SamplePerson, until: date) -> Iterable[Row]:
    for firm in who.firms:
        if firm.is_open and firm.serial % 13 == 3:
            listed_on = firm.registered_on + timedelta(days=30)
            yield {
                "credit_code": firm.credit_code,
                "name": firm.name,
                "listed_on": listed_on,
                "why": WHY[firm.serial % 2],
            }


def dishonest(who: SamplePerson, until: date) -> Iterable[Row]:
    for firm in who.firms:
        if firm.is_open and firm.serial % 97 == 11:
            listed_on = firm.registered_on + timedelta(days=45)
            yield {
                "credit_code": firm.credit_code,
                "name": firm.name,
                "listed_on": listed_on,
                "why": "示例：提交虚假材料",
            }


def struck_off(who: SamplePerson, until: date) -> Iterable[Row]:
    for firm in who.firms:
        if not firm.is_open:
            ended_on = min(firm.registered_on + timedelta(days=200), last_month_end(until))
            yield {"credit_code": firm.credit_code, "name": firm.name, "ended_on": ended_on, "how": "注销"}


def person(who: SamplePerson) -> Row:
    return {"id_number": who.id_number, "name": who.name}


def office(who: SamplePerson, kind: str) -> str:
    return f"{who.firms[0].name[:3]}{kind}" if who.firms else f"示例县{kind}"


ROWS: Mapping[str, Callable[[SamplePerson, date], Iterable[Row]]] = {
    "paid-before": paid_before,
    "paid-graduates": paid_graduates,
    "paid-elsewhere": paid_elsewhere,
    "social-insurance": insured,
    "public-payroll": payroll,
    "deaths": died,
    "irregular-operation": irregular,
    "serious-dishonesty": dishonest,
    "struck-off": struck_off,
}
