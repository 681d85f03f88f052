"""A list decides who may be paid: it is not emptied, set back or halved unseen, and stands where its officer works."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from guiyan.cli import import_register
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import actions, queries
from guiyan.registers.models import ComparisonList
from tests.registers.factories import a_person
from tests.registers.test_comparing import AS_OF, a_list, bring_in

pytestmark = pytest.mark.usefixtures("scoped_db")

As = Callable[[str], Actor]
ClientAs = Callable[[str], Client]
OLDER, NEWER = date(2026, 4, 30), date(2026, 6, 1)
TONGSHAN, CHONGYANG = 421224000000, 421223000000
PAGE = "/desk/lists/paid-before/"


def in_force() -> list[tuple[date, int]]:
    return list(ComparisonList.objects.filter(is_current=True).order_by("pk").values_list("as_of", "row_count"))


def last_detail() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT detail FROM audit_entry WHERE action = 'list.import' ORDER BY id DESC LIMIT 1")
        (detail,) = cursor.fetchone()
    return detail if isinstance(detail, dict) else json.loads(detail)  # type: ignore[no-any-return]


def test_a_list_with_a_head_alone_is_refused(actor: As, tmp_path: Path) -> None:
    empty = a_list(tmp_path / "空.csv")
    for who in (actor("helin"), SYSTEM):
        with pytest.raises(Refused, match="只有表头"):
            actions.import_list(who, list_id="paid-before", path=empty, as_of=AS_OF)
    bring_in(a_list(tmp_path / "名单.csv", 1))
    for confirmed in (False, True):
        with pytest.raises(Refused, match="只有表头"):
            bring_in(empty, as_of=NEWER, confirmed=confirmed)
    assert in_force() == [(AS_OF, 1)]


def test_nobody_on_a_list_is_taken_when_it_is_said_and_still_asked_when_it_clears_others(tmp_path: Path) -> None:
    empty = a_list(tmp_path / "空.csv")
    assert bring_in(empty, said_empty=True).issue_id is not None
    assert ComparisonList.objects.get().said_empty and last_detail()["said_empty"] is True
    bring_in(a_list(tmp_path / "名单.csv", 1), as_of=NEWER)
    asked = bring_in(empty, as_of=NEWER, said_empty=True)
    assert asked.waits and in_force() == [(NEWER, 1)]
    with pytest.raises(Refused, match="有2行"):
        bring_in(a_list(tmp_path / "两人.csv", 1, 2), as_of=NEWER, said_empty=True)
    assert in_force() == [(NEWER, 1)]


def test_the_command_line_takes_a_list_without_anybody_only_with_its_flag(tmp_path: Path) -> None:
    arguments = ["--list", "paid-before", "--as-of", NEWER.isoformat(), str(a_list(tmp_path / "空.csv"))]
    with pytest.raises(Refused, match="本期无记录"):
        import_register.run(arguments)
    assert in_force() == []
    assert import_register.run([*arguments, "--empty"]) == 0
    assert in_force() == [(NEWER, 0)]


def test_the_last_issue_is_taken_back_and_the_one_before_stands_again(actor: As, tmp_path: Path) -> None:
    bring_in(a_list(tmp_path / "a.csv", 1))
    second = bring_in(a_list(tmp_path / "b.csv", 2), as_of=NEWER)
    who = actions.record(SYSTEM, register="person", values=a_person(1), source="shared")
    assert not queries.compare(who, ["paid-before"])[0].matched
    actions.undo_list(SYSTEM, issue_id=second.issue_id or 0)
    assert in_force() == [(AS_OF, 1)] and queries.compare(who, ["paid-before"])[0].matched
    with pytest.raises(Refused, match="现在用的"):
        actions.undo_list(SYSTEM, issue_id=second.issue_id or 0)
    with pytest.raises(NotFound):
        actions.undo_list(actor("huanglei"), issue_id=ComparisonList.objects.get(is_current=True).pk)
    actions.undo_list(actor("helin"), issue_id=ComparisonList.objects.get(is_current=True).pk)
    assert in_force() == [] and queries.compare(who, ["paid-before"])[0].outcome == "missing"


def test_the_page_keeps_the_history_and_gives_the_faulty_rows_as_a_file(client_as: ClientAs, tmp_path: Path) -> None:
    officer = client_as("helin")
    path = a_list(tmp_path / "错.csv", 1, 2)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("5000", "五千", 1), encoding="utf-8-sig")
    fields = {"file": SimpleUploadedFile(path.name, path.read_bytes()), "as_of": AS_OF.isoformat()}
    page = officer.post(PAGE, fields, follow=True).content.decode()
    found = re.search(r'href="(/desk/lists/paid-before/\d+/errors.csv)"', page)
    assert found is not None and in_force() == []
    assert "2,金额,“五千”不是金额" in officer.get(found[1]).content.decode()
    assert client_as("huanglei").get(found[1]).status_code == 404
    bring_in(a_list(tmp_path / "a.csv", 1))
    bring_in(a_list(tmp_path / "b.csv", 2), as_of=NEWER)
    page = officer.get(PAGE).content.decode()
    assert "使用中" in page and "已换掉" in page and page.count("/undo/") == 1
    current = ComparisonList.objects.get(is_current=True)
    done = officer.post(f"{PAGE}{current.pk}/undo/", follow=True).content.decode()
    assert "已撤销“b.csv”" in done and in_force() == [(AS_OF, 1)]


@pytest.mark.parametrize(
    ("as_of", "serials", "words"), [(OLDER, (1, 2, 3), "旧"), (NEWER, (1,), "不到现在用的3行的一半")]
)
def test_an_older_list_or_one_of_less_than_half_its_rows_waits_until_it_is_confirmed(
    tmp_path: Path, as_of: date, serials: tuple[int, ...], words: str
) -> None:
    bring_in(a_list(tmp_path / "名单.csv", 1, 2, 3))
    path = a_list(tmp_path / "新.csv", *serials)
    asked = bring_in(path, as_of=as_of)
    assert asked.waits and words in "".join(asked.doubts)
    assert in_force() == [(AS_OF, 3)]
    assert bring_in(path, as_of=as_of, confirmed="of another change").waits
    assert not bring_in(path, as_of=as_of, confirmed=asked.change).waits
    assert in_force() == [(as_of, len(serials))]
    told = last_detail()
    assert (told["confirmed"], told["rows_before"], told["as_of_before"]) == (True, 3, AS_OF.isoformat())


def test_half_of_the_rows_on_a_newer_day_ask_nobody(tmp_path: Path) -> None:
    bring_in(a_list(tmp_path / "名单.csv", 1, 2))
    assert bring_in(a_list(tmp_path / "新.csv", 1), as_of=NEWER).taken == 1
    assert last_detail()["confirmed"] is False


def test_the_page_shows_what_would_change_and_asks_again_without_script(client_as: ClientAs, tmp_path: Path) -> None:
    officer = client_as("helin")

    def send(path: Path, as_of: date, **other: str) -> tuple[int, str]:
        fields = {"file": SimpleUploadedFile(path.name, path.read_bytes()), "as_of": as_of.isoformat(), **other}
        page = officer.post(PAGE, fields, follow=True)
        return page.status_code, page.content.decode()

    send(a_list(tmp_path / "a.csv", 1, 2, 3), AS_OF)
    path = a_list(tmp_path / "b.csv", 1)
    status, text = send(path, OLDER)
    assert status == 422 and "还没有换，请先核对" in text and "不到现在用的3行的一半" in text and "不再比对" in text
    found = re.search(r'name="confirmed" value="([^"]+)"', text)
    assert found is not None and in_force() == [(AS_OF, 3)]
    status, text = send(a_list(tmp_path / "c.csv", 2), OLDER, confirmed=found[1])
    assert status == 422 and in_force() == [(AS_OF, 3)]
    status, text = send(path, OLDER, confirmed=found[1])
    assert status == 200 and "名单已更新：1行" in text and in_force() == [(OLDER, 1)]


def test_the_command_line_asks_for_its_flag(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bring_in(a_list(tmp_path / "名单.csv", 1, 2, 3))
    arguments = ["--list", "paid-before", "--as-of", NEWER.isoformat(), str(a_list(tmp_path / "新.csv", 1))]
    with pytest.raises(Refused, match="--confirm"):
        import_register.run(arguments)
    assert in_force() == [(AS_OF, 3)]
    assert import_register.run([*arguments, "--confirm"]) == 0
    assert in_force() == [(NEWER, 1)]


def test_a_county_officer_sees_the_list_that_he_brought_in_and_his_county_is_compared_with_it(
    actor: As, client_as: ClientAs, tmp_path: Path
) -> None:
    huanglei = actor("huanglei")
    actions.import_list(huanglei, list_id="paid-before", path=a_list(tmp_path / "县.csv", 1), as_of=NEWER)
    assert [one.region for one in queries.current_lists(huanglei)] == [TONGSHAN]
    page = client_as("huanglei").get(PAGE).content.decode()
    assert "2026年6月1日" in page and "通山县，黄磊" in page and "还没有导入" not in page
    rows = client_as("huanglei").get("/desk/lists/").context["rows"]
    assert [row["list"].id for row in rows if row["issues"]] == ["paid-before"]
    who = actions.record(SYSTEM, register="person", values=a_person(2), source="shared")
    here, there = (queries.compare(who, ["paid-before"], region=one)[0] for one in (TONGSHAN, CHONGYANG))
    assert (here.as_of, there.as_of) == (NEWER, None)


def test_the_citys_list_stands_for_every_county_beside_the_countys_own(actor: As, tmp_path: Path) -> None:
    bring_in(a_list(tmp_path / "市.csv", 1))
    actions.import_list(actor("huanglei"), list_id="paid-before", path=a_list(tmp_path / "县.csv", 2), as_of=NEWER)
    assert len(in_force()) == 2
    city, county = ([one.region for one in queries.current_lists(actor(name))] for name in ("helin", "huanglei"))
    assert city == county == [421200000000, TONGSHAN]
    first, second = (actions.record(SYSTEM, register="person", values=a_person(n), source="shared") for n in (1, 2))
    for who in (first, second):
        assert queries.compare(who, ["paid-before"], region=TONGSHAN)[0].matched
    assert queries.compare(first, ["paid-before"], region=CHONGYANG)[0].as_of == AS_OF


def test_a_list_of_another_county_is_not_shown(actor: As, tmp_path: Path) -> None:
    bring_in(a_list(tmp_path / "市.csv", 1))
    ComparisonList.objects.update(region=CHONGYANG)
    assert queries.current_lists(actor("huanglei")) == []
    assert len(queries.current_lists(actor("helin"))) == 1
