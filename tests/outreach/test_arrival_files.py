"""Registrations by file: the template's columns, faulty rows in the error file, the same file twice changes nothing."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import xlsxwriter

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import jobs
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.outreach import actions, queries
from guiyan.outreach.models import Arrival, Message
from guiyan.registers.models import Assertion
from tests.outreach import arriving, stage
from tests.outreach.arriving import record, trigger
from tests.registers.helping import specialist

HEAD = {
    "number": "登记业务号",
    "name": "名称",
    "credit_code": "统一社会信用代码",
    "kind": "类型",
    "registered_region": "登记所在地",
    "registered_on": "登记日期",
    "industry": "行业代码",
    "size": "规模",
    "founder_name": "创办人",
    "founder_id_number": "创办人身份证号",
    "founder_phone": "创办人手机号",
}


def as_csv(folder: Path, *records: dict[str, object], name: str = "登记.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(HEAD.values())
        rows.writerows([one.get(key, "") for key in HEAD] for one in records)
    return path


def as_xlsx(folder: Path, *records: dict[str, object]) -> Path:
    path = folder / "登记.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD.values())
        for row, one in enumerate(records, start=1):
            sheet.write_row(row, 0, [str(one.get(key, "")) for key in HEAD])
    return path


def uploaded(path: Path, username: str = "dengke") -> object:
    file = actions.take_file(actor_by_username(username), trigger=trigger(), path=path, name=path.name)
    jobs.run_pending()
    return file


@pytest.fixture(autouse=True)
def helper(scoped_db: object, morning: None, tmp_path: Path) -> int:
    stage.with_lists(tmp_path)
    stage.in_force("startup-subsidy", "guarantee-loan-firm")
    return specialist(1, account="lihuifang")


@pytest.mark.parametrize("form", [as_csv, as_xlsx], ids=["csv", "xlsx"])
def test_rows_are_taken_and_faulty_ones_listed_by_number(tmp_path: Path, form: object) -> None:
    wrong = record(3, founder=3, registered_region="通城县隽水镇", registered_on="明天")
    path = form(tmp_path, record(1), record(2), wrong, record(1, founder=5))  # type: ignore[operator]
    file = uploaded(path)
    assert file.summary == {"new": 1, "known": 1, "refused": 2}  # type: ignore[attr-defined]
    assert [(row, column) for row, column, _, _ in file.faults] == [  # type: ignore[attr-defined]
        (4, "登记日期"),
        (4, "登记所在地"),
        (5, "登记业务号"),
        (5, "统一社会信用代码"),
    ]
    assert sorted(Arrival.objects.values_list("number", "state")) == [
        ("鄂登2026-00001", "helping"),
        ("鄂登2026-00002", "known"),
        ("鄂登2026-00003", "refused"),
    ]
    kept = str(file.faults)  # type: ignore[attr-defined]
    assert arriving.number(3) not in kept and "示例3" not in kept


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    path = as_csv(tmp_path, record(1), record(2, founder=2, kind="没有的"))
    uploaded(path)
    before = Message.objects.count(), Assertion.objects.count(), list(Arrival.objects.values())
    again = uploaded(path)
    assert again.summary == {"same": 1, "refused": 1}  # type: ignore[attr-defined]
    assert before == (Message.objects.count(), Assertion.objects.count(), list(Arrival.objects.values()))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空文件"),
        (",".join(HEAD.values()).encode("utf-8-sig"), "没有登记"),
        ("登记业务号,名称\n1,2\n".encode("utf-8-sig"), "少了必须有的列"),
        ("登记业务号,名称,颜色\n1,2,3\n".encode("utf-8-sig"), "模板里没有的列"),
    ],
    ids=["empty", "head-only", "missing-columns", "unknown-column"],
)
def test_what_is_no_such_file_is_refused_and_keeps_nothing(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "登记.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=says):
        uploaded(path)
    assert not Arrival.objects.exists()


def test_only_the_regulator_uploads_and_only_others_of_the_county_look(tmp_path: Path) -> None:
    path = as_csv(tmp_path, record(1))
    for username in ("zhoumin", "lihuifang", "helin"):
        with pytest.raises((NotAllowed, NotFound)):
            uploaded(path, username)
    file = uploaded(path)
    with pytest.raises(NotFound):
        queries.file_by_id(actor_by_username("zhoumin"), file.pk)  # type: ignore[attr-defined]
    assert queries.file_by_id(actor_by_username("dengke"), file.pk).summary == {"new": 1}  # type: ignore[attr-defined]
