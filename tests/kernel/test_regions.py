"""Region codes and the intervals they stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.kernel import regions

codes = st.one_of(st.sampled_from([0, 420000000000, 421200000000, 421224000000]), st.integers(0, 10**12 - 1))


@pytest.mark.parametrize(
    ("code", "level", "interval"),
    [
        (420000000000, "province", (420000000000, 430000000000)),
        (421200000000, "city", (421200000000, 421300000000)),
        (421224000000, "county", (421224000000, 421225000000)),
        (421210000000, "county", (421210000000, 421211000000)),
        (421224107000, "township", (421224107000, 421224108000)),
        (421202900000, "township", (421202900000, 421202901000)),
        (421224107206, "village", (421224107206, 421224107207)),
        (421224107210, "village", (421224107210, 421224107211)),
        (0, "country", (0, 1000000000000)),
    ],
)
def test_a_code_says_its_level_and_what_lies_below_it(code: int, level: str, interval: tuple[int, int]) -> None:
    assert regions.level(code) == level
    assert regions.subtree(code) == interval


@given(codes)
def test_a_region_lies_in_its_parent_and_not_the_other_way_round(code: int) -> None:
    above = regions.parent(code)
    if above is not None:
        low, high = regions.subtree(code)
        outer_low, outer_high = regions.subtree(above)
        assert outer_low <= low and high <= outer_high
        assert high - low < outer_high - outer_low
        assert regions.contains(above, code)


@given(codes, codes)
def test_two_subtrees_are_nested_or_apart(first: int, second: int) -> None:
    low, high = regions.subtree(first)
    other_low, other_high = regions.subtree(second)
    apart = high <= other_low or other_high <= low
    nested = (low <= other_low and other_high <= high) or (other_low <= low and high <= other_high)
    assert apart or nested


@pytest.mark.parametrize("code", [-1, 10**12])
def test_what_has_no_twelve_digits_is_refused(code: int) -> None:
    with pytest.raises(ValueError, match="no 12-digit region code"):
        regions.subtree(code)
