"""A list of those paid before the system, for the sample: some of last year's founders, as a file like any other."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.calendar import today
from guiyan.packs.pack import Pack
from guiyan.registers.actions import import_list
from guiyan.registers.sample.people import SamplePerson

LIST = "paid-before"
AMOUNT_YUAN = 5000
EVERY = 5


def fill_paid_before(pack: Pack, sample: Iterable[SamplePerson], until: date) -> int:
    """Every fifth founder who registered for the first time before this year was paid, two months later."""
    wanted = pack.lists.get(LIST)
    if wanted is None:
        return 0
    labels = {column.id: column.label for column in wanted.columns.values()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "以前发过的补贴（示例）.csv"
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(labels.values()))
            writer.writeheader()
            count = 0
            for who in sample:
                if is_paid(who, until):
                    count += 1
                    writer.writerow({labels[name]: value for name, value in row(who).items() if name in labels})
        if count:
            # A sample made again, as of another day, takes the place of the one before.
            as_of = last_month_end(min(until, today()))
            import_list(SYSTEM, list_id=LIST, path=path, as_of=as_of, confirmed=True)
    return count


def is_paid(who: SamplePerson, until: date) -> bool:
    return bool(who.firms) and who.serial % EVERY == 0 and who.firms[0].registered_on.year < until.year


def row(who: SamplePerson) -> dict[str, object]:
    paid_on = who.firms[0].registered_on + timedelta(days=60)
    office = who.firms[0].name[:3]
    return {
        "id_number": who.id_number,
        "name": who.name,
        "amount": AMOUNT_YUAN,
        "paid_on": paid_on.isoformat(),
        "paid_by": f"{office}人力资源和社会保障局",
    }


def last_month_end(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)
