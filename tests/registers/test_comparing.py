"""Lists for comparison: brought in whole with their day, asked about one person at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.models import ComparisonList, ComparisonRow
from tests.registers.factories import BORN, a_person, csv_file, id_number

pytestmark = pytest.mark.usefixtures("scoped_db")

HEAD = ("身份证号", "姓名", "金额", "发放日期", "发放单位")
AS_OF = date(2026, 5, 31)


def a_list(path: Path, *serials: int) -> Path:
    rows = [[id_number(BORN, "女", one), f"示例{one}", "5000", "2025-09-01", "通山县人社局"] for one in serials]
    return csv_file(path, HEAD, rows)


def bring_in(path: Path, as_of: date = AS_OF, **options: object) -> actions.ListSummary:
    return actions.import_list(SYSTEM, list_id="paid-before", path=path, as_of=as_of, **options)  # type: ignore[arg-type]


def test_a_person_on_the_list_is_found_with_what_it_says_and_its_day(pack: Pack, tmp_path: Path) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    other = actions.record(SYSTEM, register="person", values=a_person(2), source="shared")
    assert queries.compare(who, ["paid-before"])[0].as_of is None
    assert bring_in(a_list(tmp_path / "名单.csv", 1, 3)).taken == 2
    (found,) = queries.compare(who, ["paid-before"])
    assert (found.matched, found.as_of, found.note) == (True, AS_OF, pack.lists["paid-before"].match_note)
    assert found.rows[0]["amount_fen"] == 500_000 and found.rows[0]["date"] == "2025-09-01"
    assert [one.matched for one in queries.compare(other, ["paid-before"])] == [False]


def test_comparison_reaches_beyond_the_officers_county(pack: Pack, tmp_path: Path) -> None:
    who = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    bring_in(a_list(tmp_path / "名单.csv", 1))
    with entered(Scope(regions=((421223000000, 421224000000),))):
        assert ComparisonRow.objects.count() == 0
        assert queries.compare(who, ["paid-before"])[0].matched


def test_merged_people_are_compared_under_every_number(pack: Pack, tmp_path: Path) -> None:
    one, two = (actions.record(SYSTEM, register="person", values=a_person(n), source="shared") for n in (1, 2))
    bring_in(a_list(tmp_path / "名单.csv", 2))
    actions.merge(SYSTEM, kept=one, merged=two)
    assert queries.compare(one, ["paid-before"])[0].matched


def test_the_same_file_twice_is_one_issue_and_a_newer_one_takes_its_place(pack: Pack, tmp_path: Path) -> None:
    path = a_list(tmp_path / "名单.csv", 1)
    assert not bring_in(path).same_as_before
    assert bring_in(path).same_as_before
    bring_in(a_list(tmp_path / "新名单.csv", 2), as_of=date(2026, 6, 1))
    assert list(ComparisonList.objects.order_by("pk").values_list("is_current", "row_count")) == [(False, 1), (True, 1)]
    who = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    assert not queries.compare(who, ["paid-before"])[0].matched


def test_one_wrong_row_refuses_the_whole_list(pack: Pack, tmp_path: Path) -> None:
    rows = [[id_number(BORN, "女", 1), "示例", "五千", "2025-09-01", ""]]
    summary = bring_in(csv_file(tmp_path / "名单.csv", HEAD, rows))
    assert [str(fault) for fault in summary.faults] == [
        "第2行“金额”“五千”不是金额：应为以元为单位的数字，例如5000或86.50。"
    ]
    assert (summary.taken, summary.issue_id) == (0, None)
    assert not ComparisonList.objects.exists()


def test_a_trial_writes_nothing_and_a_day_to_come_is_refused(pack: Pack, tmp_path: Path) -> None:
    path = a_list(tmp_path / "名单.csv", 1)
    assert bring_in(path, dry_run=True).issue_id is None
    assert not ComparisonList.objects.exists()
    with pytest.raises(Refused, match="不能晚于今天"):
        bring_in(path, as_of=date(2099, 1, 1))


def test_only_who_may_import_lists_does(actor: Callable[[str], Actor], tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        actions.import_list(actor("zhoumin"), list_id="paid-before", path=a_list(tmp_path / "名单.csv", 1), as_of=AS_OF)
