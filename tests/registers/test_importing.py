"""Files in: what is taken, what is refused, and in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.importing.template import list_template, register_template
from guiyan.registers.models import Assertion, ImportRun, Subject
from tests.registers.factories import BORN, HEAD, a_firm, a_person, csv_file, id_number, person_row

pytestmark = pytest.mark.usefixtures("scoped_db")


def bring_in(path: Path, **options: object) -> actions.ImportSummary:
    return actions.import_rows(SYSTEM, register="person", path=path, at=date(2026, 6, 1), **options)  # type: ignore[arg-type]


def test_rows_become_subjects_and_the_same_file_twice_creates_nothing_twice(pack: Pack, tmp_path: Path) -> None:
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(serial) for serial in range(1, 8)])
    first, second = bring_in(path), bring_in(path)
    assert (first.read, first.created, first.refused) == (7, 7, 0)
    assert (second.read, second.created, second.changed, second.linked, second.unchanged) == (7, 0, 0, 0, 7)
    assert Subject.objects.filter(display_name__startswith="示例").count() == 7


def test_what_an_id_number_says_is_filled_in_and_what_contradicts_it_refused(pack: Pack, tmp_path: Path) -> None:
    head = (*HEAD, "出生日期", "性别")
    rows = [[*person_row(1), "", ""], [*person_row(2), "1990-01-01", ""], [*person_row(3), "", "女"]]
    summary = bring_in(csv_file(tmp_path / "人员.csv", head, rows))
    who = queries.subject_by_id_number(id_number(BORN, "男", 1))
    assert who is not None
    assert (queries.entry(SYSTEM, "person", who) or {})["birth_date"] == BORN
    assert [str(fault) for fault in summary.faults] == [
        "第3行“出生日期”和身份证号不一致：身份证号表示的是1997-05-12。",
        "第4行“性别”和身份证号不一致：身份证号表示的是男。",
    ]


def test_every_fault_is_told_with_its_row_column_and_what_would_be_right(pack: Pack, tmp_path: Path) -> None:
    number = id_number(BORN, "男", 3)
    wrong = number[:17] + ("1" if number[17] != "1" else "2")
    rows = [
        person_row(1),
        [],
        person_row(2, 姓名="", 手机号="1541234567"),
        person_row(3, 身份证号=wrong),
        person_row(4, 常住地="火星镇"),
        person_row(1),
    ]
    summary = bring_in(csv_file(tmp_path / "人员.csv", HEAD, rows))
    assert (summary.read, summary.created, summary.refused) == (5, 1, 4)
    told = [str(fault) for fault in summary.faults]
    assert told[0] == "第4行“姓名”没有填写：这一列必须填。"
    assert told[1] == "第4行“手机号”少了1位：应为11位。"
    assert told[2].startswith(f"第5行“身份证号”校验位不符：第18位应为{number[17]}")
    assert told[3].startswith("第6行“常住地”“火星镇”不是本市的区划：应写县和乡镇村")
    assert told[4] == "第7行“身份证号”和第2行重复：只留一行。"
    assert not any(wrong in words or number in words for words in told)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.xlsx", b"", "空文件"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "旧版"),
        ("图.csv", b"PK\x03\x04....", "和后缀.csv不符"),
        ("名.docx", b"hello", "只收.xlsx和.csv"),
        ("坏.xlsx", b"PK\x03\x04broken", "打不开"),
        ("码.csv", b"\xff\xfe\x00\x01", "不是文本文件"),
        ("多.csv", "姓名,身份证号,常住地,鞋码\n".encode(), "模板里没有的列：鞋码"),
        ("少.csv", "姓名,手机号\n".encode(), "少了必须有的列：身份证号、常住地"),
        ("重.csv", "姓名,姓名,身份证号,常住地\n".encode(), "重复的列：姓名"),
        ("缺.csv", "姓名,,身份证号,常住地\n".encode(), "第1行表头的B列是空的"),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_refused_plainly(
    pack: Pack, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=words):
        bring_in(path)
    assert not ImportRun.objects.exists()


def test_merged_cells_are_refused_with_their_place(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "合并.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD)
    sheet.merge_range("A1:B1", "人员")
    book.close()
    with pytest.raises(Refused, match="合并单元格（A1:B1）"):
        bring_in(path)


def test_excel_rows_with_dates_and_numbers_are_read_as_typed(pack: Pack, tmp_path: Path) -> None:
    path = tmp_path / "返乡.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名*", "身份证号", "返乡所在地*", "返乡日期*", "带动就业", "支持需求"])
    sheet.write_row(1, 0, ["示例", id_number(BORN, "男", 1), "通山县大畈镇"])
    sheet.write_datetime(1, 3, datetime(2026, 2, 21), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_row(1, 4, [4, "资金、场地"])
    book.close()
    summary = actions.import_rows(SYSTEM, register="returnee", path=path, source="visit")
    assert summary.faults == []
    who = queries.subject_by_id_number(id_number(BORN, "男", 1))
    assert who is not None
    held = queries.entry(SYSTEM, "returnee", who) or {}
    assert (held["return_date"], held["jobs_led"], held["needs"]) == (date(2026, 2, 21), 4, ("funds", "site"))


def test_a_file_saved_by_excel_in_gbk_is_read(pack: Pack, tmp_path: Path) -> None:
    assert bring_in(csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)], encoding="gb18030")).created == 1


def test_a_trial_run_counts_and_writes_nothing(pack: Pack, tmp_path: Path) -> None:
    summary = bring_in(csv_file(tmp_path / "人员.csv", HEAD, [person_row(1), person_row(2, 姓名="")]), dry_run=True)
    assert (summary.created, summary.refused, summary.import_id) == (1, 1, None)
    assert not ImportRun.objects.exists() and not Assertion.objects.exists()


def test_undoing_an_import_shows_again_what_the_others_say(pack: Pack, tmp_path: Path) -> None:
    bring_in(csv_file(tmp_path / "旧.csv", HEAD, [person_row(1)]))
    second = actions.import_rows(
        SYSTEM,
        register="person",
        path=csv_file(tmp_path / "新.csv", HEAD, [person_row(1, 姓名="改名"), person_row(2)]),
        at=date(2026, 6, 5),
    )
    assert (second.changed, second.created) == (1, 1)
    assert second.import_id is not None
    actions.undo_import(SYSTEM, import_id=second.import_id)
    known, unknown = (queries.subject_by_id_number(id_number(BORN, "男", serial)) for serial in (1, 2))
    assert known is not None and unknown is not None
    assert (queries.entry(SYSTEM, "person", known) or {})["name"] == "示例1"
    assert queries.entry(SYSTEM, "person", unknown) is None
    assert queries.search(SYSTEM, "示例2") == []
    with pytest.raises(Refused, match="已经撤销过"):
        actions.undo_import(SYSTEM, import_id=second.import_id)
    again = bring_in(csv_file(tmp_path / "再.csv", HEAD, [person_row(2)]))
    assert again.linked == 1


def test_undoing_the_only_word_of_a_firm_also_ends_whose_it_is(pack: Pack, tmp_path: Path) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(), source="shared")
    fields, firm = pack.registers["firm"].fields, a_firm(founder_id_number=a_person()["id_number"])
    labels = {fields[name].label: value for name, value in firm.items()}
    summary = actions.import_rows(
        SYSTEM, register="firm", path=csv_file(tmp_path / "企业.csv", list(labels), [list(labels.values())])
    )
    assert (summary.faults, len(queries.firms_of(who))) == ([], 1)
    actions.undo_import(SYSTEM, import_id=summary.import_id or 0)
    assert queries.firms_of(who) == []
    assert "business_registrations" not in queries.facts_of(who, date(2026, 6, 8))


def test_an_officer_can_not_import_for_another_place(actor: Callable[[str], Actor], tmp_path: Path) -> None:
    path = csv_file(tmp_path / "人员.csv", HEAD, [person_row(1)])
    with pytest.raises(NotAllowed):
        actions.import_rows(actor("zhoumin"), register="person", path=path)
    assert actions.import_rows(actor("helin"), register="person", path=path).created == 1


def test_a_template_can_be_filled_in_and_imported(pack: Pack, tmp_path: Path) -> None:
    for register in pack.registers.values():
        path = tmp_path / f"{register.id}.xlsx"
        path.write_bytes(register_template(register))
        summary = actions.import_rows(SYSTEM, register=register.id, path=path)
        assert (summary.read, summary.faults) == (0, [])
    assert list_template(next(iter(pack.lists.values()))).startswith(b"PK")
