"""Old papers carry old codes: of places that were renamed, and identity numbers of fifteen digits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from guiyan.packs import find_pack, load_pack
from guiyan.registers import credit_codes, id_numbers
from guiyan.registers.importing.reading import region_names
from guiyan.registers.values import Reader
from tests.packs.folders import copied, problems

PACK = load_pack(find_pack("xianning"))
TODAY = date(2026, 6, 8)


@pytest.mark.parametrize(
    ("written", "now"),
    [
        ("422326", 421224000000),
        ("422326000000", 421224000000),
        ("蒲圻市", 421281000000),
        ("蒲圻县", 421281000000),
        ("咸宁县", 421202000000),
        ("咸宁市", 421200000000),  # the name of today wins
    ],
)
def test_a_code_or_name_of_earlier_days_leads_to_the_place_of_today(written: str, now: int) -> None:
    field = PACK.registers["person"].fields["hukou_region"]
    assert Reader(TODAY, region_names(PACK)).read(field, written) == now


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("42230,短了,421202000000,", "is no code of six digits"),
        ("422399,没有,421299000000,", "is no region of today"),
    ],
)
def test_a_line_that_leads_nowhere_is_told_by_file_and_line(tmp_path: Path, line: str, words: str) -> None:
    folder = copied(tmp_path)
    path = folder / "superseded.csv"
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    found = problems(folder)
    assert len(found) == 1 and found[0].startswith("superseded.csv:10:") and words in found[0]


def test_fifteen_digits_are_read_as_the_eighteen_they_became() -> None:
    read = id_numbers.read_id_number("421299 970512 102", today=TODAY)
    assert read.text[:17] == "42129919970512102" and read.birth_date == date(1997, 5, 12)
    assert read == id_numbers.read_id_number(read.text, today=TODAY)
    with pytest.raises(id_numbers.WrongIdNumber, match="出生日期"):
        id_numbers.read_id_number("421299971312102", today=TODAY)


@given(st.text(alphabet="0123456789", min_size=17, max_size=17))
def test_the_check_character_of_an_id_number_is_that_of_another_library(first: str) -> None:
    assert id_numbers.check_character(first) == ric.calc_check_digit(first + "0")


@given(st.text(alphabet=credit_codes.ALPHABET, min_size=17, max_size=17))
def test_the_check_character_of_a_credit_code_is_that_of_another_library(first: str) -> None:
    assert credit_codes.check_character(first) == uscc.calc_check_digit(first + "0")
