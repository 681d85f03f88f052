"""Sample people: plausible, reproducible, and plainly invented."""

from __future__ import annotations

from datetime import date

from guiyan.registers.credit_codes import read_credit_code
from guiyan.registers.id_numbers import read_id_number
from guiyan.registers.phones import read_phone
from guiyan.registers.sample.numbers import NOWHERE
from guiyan.registers.sample.people import Place, people

LAST_DAY = date(2026, 6, 8)
PLACES = [
    Place(421224102000, "大畈镇", 421224000000, "通山县"),
    Place(421223100000, "天城镇", 421223000000, "崇阳县"),
]


def sample(count: int, seed: int = 7) -> list[object]:
    return list(people(count, seed=seed, places=PLACES, last_day=LAST_DAY))


def test_the_same_seed_gives_the_same_people_in_a_sample_of_any_size() -> None:
    assert sample(50) == sample(200)[:50]
    assert sample(50) != sample(50, seed=8)


def test_every_number_is_valid_and_none_could_be_a_real_persons() -> None:
    for one in people(500, seed=7, places=PLACES, last_day=LAST_DAY):
        read = read_id_number(one.id_number, today=LAST_DAY)
        assert (read.birth_date, read.gender) == (one.birth_date, one.gender)
        assert one.id_number.startswith(NOWHERE)
        assert one.phone is None or read_phone(one.phone).startswith("154")
        for firm in one.firms:
            assert read_credit_code(firm.credit_code)[2:8] == NOWHERE


def test_ten_thousand_people_have_ten_thousand_numbers() -> None:
    found = list(people(10_000, seed=7, places=PLACES, last_day=LAST_DAY))
    assert len({one.id_number for one in found}) == len(found)
    codes = [firm.credit_code for one in found for firm in one.firms]
    assert len(set(codes)) == len(codes) > 500


def test_the_sample_lets_this_year_be_compared_with_the_last() -> None:
    days = [f.registered_on for p in people(2000, seed=7, places=PLACES, last_day=LAST_DAY) for f in p.firms]
    assert sum(date(2026, 1, 1) <= day <= LAST_DAY for day in days) > 30
    assert sum(date(2025, 1, 1) <= day <= date(2025, 6, 8) for day in days) > 30
    assert max(days) <= LAST_DAY


def test_the_last_day_brings_no_more_than_other_days() -> None:
    found = people(4000, seed=7, places=PLACES, last_day=LAST_DAY)
    days = [f.registered_on for p in found for f in p.firms if f.registered_on.year == LAST_DAY.year]
    assert days.count(LAST_DAY) * 20 < len(days)
