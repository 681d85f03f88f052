"""The sample gives everybody a helper in as few rounds as one may hold, however many there are."""

from __future__ import annotations

import pytest

from guiyan.cli.sample.pairing import rounds
from guiyan.registers.queries import MOST_IN_ROUND

CITY, ONE, OTHER = 421200000000, 421221000000, 421224000000
TOWN, SECOND = 421224101000, 421224107000
HALF = MOST_IN_ROUND // 2


@pytest.mark.parametrize(
    ("missing", "places"),
    [
        ({}, [CITY]),
        ({TOWN: HALF, ONE: HALF}, [CITY]),
        ({TOWN: HALF, SECOND: HALF, ONE: 1}, [ONE, OTHER]),
        ({TOWN: HALF, SECOND: HALF + 1, ONE: 1}, [ONE, TOWN, SECOND]),
        ({TOWN: HALF, SECOND: HALF, OTHER: 1}, [TOWN, SECOND, OTHER]),
        ({TOWN: MOST_IN_ROUND, CITY: 1}, [OTHER, CITY]),
        ({TOWN: MOST_IN_ROUND, 421124101000: 1}, [CITY]),
    ],
)
def test_a_place_is_cut_where_it_is_too_many_for_one_round(missing: dict[int, int], places: list[int]) -> None:
    assert list(rounds(CITY, missing)) == places
