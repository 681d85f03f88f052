"""Many people with many lists at once: what one would get alone; periods, firms, what cannot be compared."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import NotFound
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.queries import Asked
from guiyan.registers.sample.numbers import credit_code
from tests.cases import people
from tests.registers.factories import BORN, a_person, id_number

pytestmark = pytest.mark.usefixtures("scoped_db")

MaxQueries = Callable[[int], AbstractContextManager[object]]
LISTS = ["paid-before", "deaths", "public-payroll"]
COUNT = 5


def row_of(list_id: str, serial: int) -> list[str]:
    number = id_number(BORN, "女", serial)
    rest = {
        "paid-before": ["5000", "2025-09-01", "通山县人社局"],
        "deaths": ["2025-03-01"],
        "public-payroll": ["示例单位", "2019-07-01", "2023-06-30" if serial % 2 else ""],
    }[list_id]
    return [number, f"示例{serial}", *rest]


def is_hit(list_id: str, serial: int, on: set[int]) -> bool:
    """The plain reading: on the list, and for the payroll not ended before today."""
    return serial in on and not (list_id == "public-payroll" and serial % 2)


class TakeBack(Exception):
    """One example leaves nothing for the next."""


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    on=st.fixed_dictionaries({name: st.none() | st.sets(st.integers(1, COUNT)) for name in LISTS}),
    merged=st.booleans(),
)
def test_a_batch_gets_what_each_would_get_alone(pack: Pack, on: dict[str, set[int] | None], merged: bool) -> None:
    with pytest.raises(TakeBack), tempfile.TemporaryDirectory() as folder, transaction.atomic():
        ids = [
            actions.record(SYSTEM, register="person", values=a_person(n), source="shared") for n in range(1, COUNT + 1)
        ]
        if merged:
            actions.merge(SYSTEM, kept=ids[0], merged=ids[1])
        for name, serials in on.items():
            if serials is not None:
                people.bring_in(Path(folder), name, [row_of(name, serial) for serial in sorted(serials)])
        asked = [Asked(one, region=people.VILLAGE) for one in ids]
        together = queries.compare_all(asked, LISTS)
        assert together == [queries.compare(one, LISTS, region=people.VILLAGE) for one in ids]
        for serial, answers in enumerate(together, start=1):
            known = {1, 2} if merged and serial <= 2 else {serial}
            for answer in answers:
                serials = on[answer.list_id]
                hit = serials is not None and any(is_hit(answer.list_id, one, serials) for one in known)
                assert answer.outcome == ("missing" if serials is None else "hit" if hit else "clear")
        raise TakeBack


def test_comparing_many_takes_as_many_queries_as_comparing_one(pack: Pack, tmp_path: Path) -> None:
    for name in LISTS:
        people.bring_in(tmp_path, name, [row_of(name, serial) for serial in range(1, 31)])
    ids = [actions.record(SYSTEM, register="person", values=a_person(n), source="shared") for n in range(1, 31)]

    def counted(some: list[int]) -> int:
        with CaptureQueriesContext(connection) as captured:
            queries.compare_all([Asked(one) for one in some], LISTS)
        return len(captured)

    assert counted(ids[:1]) == counted(ids)


def test_a_list_of_firms_is_asked_about_the_firm_and_somebody_without_one_is_not_cleared(
    pack: Pack, tmp_path: Path
) -> None:
    person = people.a_returnee(1)
    (firm,) = queries.firms_of(person.subject_id)
    listed = [[credit_code("individual", 10), "示例店", "2026-01-05", "", "联系不上"]]
    people.bring_in(tmp_path, "irregular-operation", listed)
    (found,) = queries.compare(person.subject_id, ["irregular-operation"], firm_id=firm.pk)
    assert (found.outcome, found.rows[0]["from"], found.rows[0]["note"]) == ("hit", "2026-01-05", "联系不上")
    (alone,) = queries.compare(person.subject_id, ["irregular-operation"])
    assert (alone.outcome, alone.matched) == ("nobody", False) and "没法比对" in alone.note


def test_a_row_taken_off_the_list_before_today_no_longer_counts(pack: Pack, tmp_path: Path) -> None:
    person = people.a_returnee(1)
    (firm,) = queries.firms_of(person.subject_id)
    code = credit_code("individual", 10)
    people.bring_in(tmp_path, "serious-dishonesty", [[code, "示例店", "2024-01-05", "2025-01-05", "示例"]])
    (found,) = queries.compare(person.subject_id, ["serious-dishonesty"], firm_id=firm.pk)
    assert found.outcome == "clear"


def test_an_end_before_the_beginning_is_a_fault_of_its_row(pack: Pack, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    head = ",".join(column.label for column in pack.lists["public-payroll"].columns.values())
    file.write_text(f"{head}\n{id_number(BORN, '女', 1)},示例,单位,2024-05-01,2024-04-30\n", encoding="utf-8-sig")
    summary = actions.import_list(SYSTEM, list_id="public-payroll", path=file, as_of=date(2026, 5, 31))
    assert [(fault.row, fault.column) for fault in summary.faults] == [(2, "止")] and summary.issue_id is None


def test_a_firms_list_refuses_what_is_no_credit_code(pack: Pack, tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    head = ",".join(column.label for column in pack.lists["struck-off"].columns.values())
    file.write_text(f"{head}\n914212,示例店,2024-05-01,注销\n", encoding="utf-8-sig")
    summary = actions.import_list(SYSTEM, list_id="struck-off", path=file, as_of=date(2026, 5, 31))
    assert "应为18位" in str(summary.faults[0])


def test_nobody_is_asked_about_who_does_not_exist(pack: Pack) -> None:
    with pytest.raises(NotFound):
        queries.compare_all([Asked(99_999_999)], LISTS)
