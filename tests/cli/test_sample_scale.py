"""The sample is believable: this year is a little more than the last; what is lent and invested fits the targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cli.sample.earlier_loans import fill_loans, wanted
from guiyan.lending import checks
from guiyan.lending.models import Loan
from guiyan.packs import Pack
from guiyan.registers.sample.fill import places_of
from guiyan.registers.sample.people import people
from guiyan.registers.sample.projects import county_of, in_proportion, number_of, projects
from tests.cases import people as known

BEGINS, OPENS = date(2026, 5, 18), date(2026, 6, 8)
TONGSHAN, ZONE = 421224000000, 421202900000


def counties(pack: Pack) -> list[int]:
    return [code for code, region in sorted(pack.regions.items()) if region.level == "county"]


def stretch(year: int) -> tuple[date, date]:
    return date(year, 1, 1), OPENS.replace(year=year)


def test_a_few_more_register_than_in_the_months_of_last_year(pack: Pack) -> None:
    sample = people(3000, seed=2025, places=places_of(pack), last_day=OPENS)
    days = [one.firms[-1].registered_on for one in sample if one.firms]
    now, then = (sum(first <= day <= last for day in days) for first, last in (stretch(2026), stretch(2025)))
    assert 1.02 <= now / then <= 1.3


def test_people_live_in_the_zone_too(pack: Pack) -> None:
    homes = Counter(one.hukou_region for one in people(3000, seed=2025, places=places_of(pack), last_day=OPENS))
    assert homes[ZONE] >= 10


@pytest.mark.parametrize(
    ("kind", "stage"), [("chushang", "signed_on"), ("chushang", "started_on"), ("alumni", "started_on")]
)
def test_projects_grow_by_a_few_percent(pack: Pack, kind: str, stage: str) -> None:
    rows = [x.values for x in projects(pack, counties(pack), BEGINS) if x.values["kind"] == kind]
    rows = [x for x in rows if x["stage"] != "dropped" and x.get(stage)]

    def planned(year: int) -> int:
        first, last = stretch(year)
        return sum(
            int(str(x["planned_investment"])) for x in rows if first <= date.fromisoformat(str(x[stage])) <= last
        )

    assert 1.05 <= planned(2026) / planned(2025) <= 1.25


def test_returnees_projects_have_completed_what_is_given_for_their_county(pack: Pack) -> None:
    rows = in_proportion(list(projects(pack, counties(pack), BEGINS)), {TONGSHAN: 12_000_000_00})
    mine = [x for x in rows if x.values["kind"] == "returnee" and county_of(x) == TONGSHAN]
    done = sum(number_of(x, "completed_investment") for x in mine)
    assert 0 <= 12_000_000_00 - done < len(mine) * 1_000_000
    assert all(number_of(x, "completed_investment") <= number_of(x, "planned_investment") for x in mine)


def test_earlier_loans_add_up_and_grow_by_a_tenth(at: Callable[[str], object], scoped_db: object) -> None:
    at("2026-05-18 09:00")
    made = wanted(TONGSHAN, 5_000_000_00, BEGINS)
    by_year = Counter[int]()
    for one in made:
        if one.on.replace(year=2026) <= OPENS:
            by_year[one.on.year] += one.fen
    assert by_year[2026] == 5_000_000_00 and 1.09 <= by_year[2026] / by_year[2025] <= 1.12
    assert all(one.on < BEGINS and one.fen <= 30_0000_00 for one in made)


def test_each_earlier_loan_is_a_founders_with_its_schedule_and_none_of_who_applies(
    at: Callable[[str], object], scoped_db: object, tmp_path: Path
) -> None:
    at("2026-05-18 09:00")
    founders = [known.a_returnee(n) for n in range(1, 5)]
    made = fill_loans({TONGSHAN: 600_000_00}, but_for=[founders[0].subject_id])
    borrowers = list(Loan.objects.values_list("subject_id", flat=True))
    assert made == len(borrowers) == len(set(borrowers)) > 0
    assert set(borrowers) <= {one.subject_id for one in founders[1:]}
    assert list(checks.findings()) == []
    assert fill_loans({TONGSHAN: 600_000_00}) == 0
