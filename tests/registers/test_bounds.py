"""What a field leaves no room for is refused: by the row of a file, the name of a field, the line of a pack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.packs import json_schema
from guiyan.registers import actions, queries
from guiyan.registers.importing.template import bounds
from guiyan.registers.models import Assertion
from guiyan.registers.values import Value
from tests.packs.folders import copied, edit, problems
from tests.registers.factories import a_person, a_returnee, csv_file, id_number

HEAD = ("姓名", "身份证号", "返乡所在地", "返乡日期", "带动就业")
FILE = "registers/returnee.yaml"
JOBS = "type: int, least: 0, most: 10000"


def returnees(path: Path, *rows: tuple[str, str]) -> Path:
    told = [
        ["示例", id_number(date(1997, 5, 12), "女", n), "通山县大畈镇", day, jobs]
        for n, (day, jobs) in enumerate(rows, 1)
    ]
    return csv_file(path, HEAD, told)


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


def test_a_row_beyond_the_bounds_of_a_field_is_left_out_and_told_what_would_be_right(tmp_path: Path) -> None:
    file = returnees(
        tmp_path / "名录.csv", ("2026-06-08", "0"), ("2026-06-08", "-1"), ("2099-01-01", "4"), ("2026-01-20", "10001")
    )
    summary = actions.import_rows(SYSTEM, register="returnee", path=file)
    assert (summary.created, summary.refused) == (1, 3)
    assert [str(fault) for fault in summary.faults] == [
        "第3行“带动就业”“-1”太小：应为0至10000的整数。",
        "第4行“返乡日期”“2099-01-01”还没有到：应为2026-06-08及以前的日期。",
        "第5行“带动就业”“10001”太大：应为0至10000的整数。",
    ]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"jobs_led": -1}, "“带动就业”“-1”太小，应为0至10000的整数"),
        ({"return_date": date(2026, 6, 9)}, "“返乡日期”“2026-06-09”还没有到，应为2026-06-08及以前的日期"),
    ],
)
def test_a_single_report_is_held_to_the_same_bounds(values: Mapping[str, Value], words: str) -> None:
    before = Assertion.objects.count()
    with pytest.raises(Refused, match=words):
        actions.record(SYSTEM, register="returnee", values=a_returnee(**values), source="visit")
    assert Assertion.objects.count() == before
    actions.record(SYSTEM, register="returnee", values=a_returnee(jobs_led=0), source="visit")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (JOBS, "type: int, least: 5, most: 4", "no number is at least 5 and at most 4"),
        (JOBS, "type: int, least: few", "a whole number is needed, not `few`"),
        (JOBS, "type: text, most: 3", "bound numbers; this one is a text"),
        (JOBS, "type: int, not_after: today", "bounds date fields; this one is a int"),
        ("not_after: today, required", "not_after: tomorrow, required", "today"),
        (JOBS, "type: int, lest: 0", "unknown key `lest`. Did you mean least?"),
    ],
)
def test_a_bound_that_cannot_hold_is_refused_with_file_and_line(tmp_path: Path, old: str, new: str, words: str) -> None:
    folder = copied(tmp_path)
    line = edit(folder, FILE, old, new)
    (found,) = problems(folder)
    assert f"{FILE}:{line}: " in found and words in found


def test_the_schema_for_editors_knows_the_bounds() -> None:
    field = json_schema("register")["$defs"]["Field"]["properties"]
    assert {"least", "most", "not_after"} <= field.keys()


def test_the_template_says_the_bounds(pack: object) -> None:
    fields = pack.registers["returnee"].fields  # type: ignore[attr-defined]
    assert [bounds(fields[name]) for name in ("jobs_led", "return_date", "name")] == ["0至10000", "不晚于填表当天", ""]


def test_what_for_a_number_was_read_is_logged_without_numbers() -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    queries.reveal(SYSTEM, who, "phone", "给13800000000回电话")
    with connection.cursor() as cursor:
        cursor.execute("SELECT purpose FROM audit_entry ORDER BY id DESC LIMIT 1")
        assert cursor.fetchone() == ("给138****0000回电话",)


def test_an_amount_of_a_register_or_list_is_digits(tmp_path: Path) -> None:
    head = ("身份证号", "姓名", "金额", "发放日期")
    rows = [[id_number(date(1997, 5, 12), "女", 1), "示例", "5e3", "2025-09-01"]]
    summary = actions.import_list(
        SYSTEM, list_id="paid-before", path=csv_file(tmp_path / "名单.csv", head, rows), as_of=date(2026, 5, 31)
    )
    assert [fault.wrong for fault in summary.faults] == ["“5e3”不是金额"]
