"""What is kept of a report is what the standard library would write of it, and so is what its digest is of."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guiyan.packs import find_pack, load_pack
from guiyan.packs.register import Field, Register
from guiyan.registers import sealing
from guiyan.registers.projection import CLEARED, Said, project
from guiyan.registers.values import Value, to_json
from guiyan.registers.writing.batch import batch_of
from guiyan.registers.writing.prepare import prepare
from guiyan.registers.writing.reports import Report

PACK = load_pack(find_pack("xianning"))
REGISTER = PACK.registers["returnee"]


def values_of(field: Field) -> st.SearchStrategy[Value]:
    words: st.SearchStrategy[Value] = st.text(max_size=12)
    numbers: st.SearchStrategy[Value] = st.integers(-(10**15), 10**15)
    chosen: st.SearchStrategy[Value] = st.lists(st.sampled_from(list(field.codes) or [""]), max_size=3).map(tuple)
    days: st.SearchStrategy[Value] = st.dates()
    of_type = {"int": numbers, "money": numbers, "region": numbers, "bool": st.booleans(), "date": days, "list": chosen}
    return st.none() | of_type.get(field.type, words)


REPORTS = st.fixed_dictionaries({}, optional={name: values_of(field) for name, field in REGISTER.fields.items()})


@given(REPORTS, st.text(max_size=8), st.dates())
def test_json_and_digest_are_those_of_the_standard_library(values: dict[str, Value], source: str, at: date) -> None:
    (one,) = prepare(REGISTER, [Report(values, source, at)])
    kept, plain = json.loads(one.stored), {}
    for name, value in values.items():
        if value is None:
            continue
        if REGISTER.fields[name].encrypted:
            sealed = sealing.from_json(kept.pop(name))
            assert sealed is not None and sealing.opened(REGISTER.fields[name].type, sealed.text) == value
            assert sealed.digest == sealing.digest_of(REGISTER.fields[name].type, str(value))
            plain[name] = sealed.digest.hex()
        else:
            plain[name] = to_json(value)
            assert kept.pop(name) == plain[name]
    assert kept == {}
    said = json.dumps([REGISTER.id, source, at.isoformat(), plain], ensure_ascii=False, sort_keys=True)
    assert one.digest == hashlib.sha256(said.encode("utf-8", "surrogatepass")).digest()


def test_a_field_that_the_register_lacks_is_an_error() -> None:
    with pytest.raises(KeyError, match="shoe_size"):
        prepare(REGISTER, [Report({"shoe_size": 43}, "visit", date(2026, 6, 1))])


@given(st.lists(st.tuples(st.sampled_from(["visit", "self"]), st.dates(), REPORTS), min_size=1, max_size=4))
def test_one_report_is_projected_as_one_of_several(told: list[tuple[str, date, dict[str, Value]]]) -> None:
    """The short way for a single report gives what the long way gives when the others say nothing."""
    source, at, values = told[0]
    said = Said(7, source, at, {**values, "skill": CLEARED})
    silent = Said(3, source, at, {})
    assert project([said], {source: 1}) == project([silent, said], {source: 1})


ROWS = {
    register.id: st.lists(st.tuples(*map(values_of, register.reported)), min_size=1, max_size=4)
    for register in map(PACK.registers.__getitem__, ("returnee", "firm", "investor-deal"))
}


@pytest.mark.parametrize("name", list(ROWS))
@given(data=st.data(), at=st.dates())
def test_columns_are_prepared_as_their_rows_would_be_one_by_one(name: str, data: st.DataObject, at: date) -> None:
    register, rows = PACK.registers[name], data.draw(ROWS[name])
    names = [field.id for field in register.reported]
    reports = [Report(dict(zip(names, row, strict=True)), "visit", at, row=i) for i, row in enumerate(rows, 2)]
    values = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    batch = batch_of(register, "visit", at, [one.row for one in reports], values, region=1)
    for place, one in enumerate(prepare(register, reports)):
        found = batch.prepared(place)
        assert (found.report, found.key, found.region, found.digest) == (one.report, one.key, one.region, one.digest)
        assert opened(register, json.loads(found.stored)) == opened(register, json.loads(one.stored))
        assert found.values.keys() == one.values.keys()


def opened(register: Register, stored: dict[str, object]) -> dict[str, object]:
    """Sealing the same number twice gives two texts."""
    return {
        name: sealing.opened(register.fields[name].type, sealed.text) if (sealed := sealing.from_json(value)) else value
        for name, value in stored.items()
    }
