"""`bin/guiyan bench import`: what it brings in is what a register of 30 fields would get, the same each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from guiyan.cli import bench, bench_import
from guiyan.cli.bench_import_register import HEAD, REGISTER, make_pack, rows
from guiyan.packs import load_pack
from guiyan.packs.fields import NOT_ASKED, FieldType
from guiyan.registers.importing.by_column import ColumnReader
from guiyan.registers.importing.reading import RowReader, region_names
from guiyan.registers.importing.sheet import Sheet
from guiyan.registers.values import Reader
from guiyan.registers.writing.batch import batch_of

TODAY = date(2026, 6, 8)


def test_the_register_has_thirty_fields_of_every_type(tmp_path: Path) -> None:
    register = load_pack(make_pack(tmp_path)).registers[REGISTER]
    assert [field.label for field in register.fields.values()] == list(HEAD) and len(HEAD) == 30
    known = {one for part in get_args(FieldType) for one in get_args(part)}
    missing = known - {field.type for field in register.fields.values()}
    assert "phone" in known and missing <= {"decimal", *NOT_ASKED}
    assert sum(field.filter or field.sort for field in register.fields.values()) >= 9


def test_every_made_row_is_taken_and_later_ones_say_something_else_of_the_same_people(tmp_path: Path) -> None:
    pack = load_pack(make_pack(tmp_path))
    register, places = pack.registers[REGISTER], bench_import.region_names()

    def read(later: int) -> dict[object, bytes]:
        reader = RowReader(register, Reader(TODAY, region_names(pack)), "visit", TODAY, None)
        numbered = ((number, list(row)) for number, row in enumerate(rows(range(40), places, later=later), 2))
        made = Sheet(list(HEAD), 1, numbered)
        (good,) = ColumnReader(reader).pieces(made, "new.csv", 100)
        batch = batch_of(register, "visit", TODAY, good.numbers, good.values, region=pack.city.region)
        found = dict(zip(batch.keys, batch.digests, strict=True))
        assert reader.faults == [] and len(found) == 40
        return found

    first, again, later = read(0), read(0), read(1)
    assert first == again
    assert first.keys() == later.keys() and not set(first.values()) & set(later.values())


@pytest.mark.parametrize("wrong", [["--rows", "5"], ["--rows", "100", "--known", "20"]])
def test_a_register_smaller_than_what_changes_in_it_is_wrong_usage(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        bench.run(["import", *wrong])
    assert refused.value.code == 2
