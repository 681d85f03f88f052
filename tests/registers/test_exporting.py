"""Files of entries: asked for with a reason, agreed to by another, made behind, marked with who and when."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions, queries
from guiyan.registers.exporting import streaming
from guiyan.registers.exporting.making import make_export
from guiyan.registers.models import RegisterExport
from tests.registers.factories import CHONGYANG_TOWN
from tests.registers.test_noun import a_listed_firm

pytestmark = pytest.mark.usefixtures("scoped_db")
REASON = "核对后备企业名单"


@pytest.fixture
def firms() -> list[int]:
    made = [a_listed_firm(1, name="=cmd|' /C calc'!A0"), a_listed_firm(2, name="+示例", region=CHONGYANG_TOWN)]
    made.append(a_listed_firm(3, name="咸宁示例电子", industry="http://example.com"))
    return [actions.record(SYSTEM, register="listed", values=values, source="bureau") for values in made]


def ask(who: Actor, **changes: Any) -> RegisterExport:
    return actions.ask_export(who, **{"register": "listed", "query": {}, "columns": [], "reason": REASON, **changes})


def made(asked: RegisterExport, by: Actor | None) -> RegisterExport:
    if by is not None:
        actions.decide_export(by, export_id=asked.pk, agreed=True)
    with entered(Scope.system()):
        make_export(asked.pk)
    return RegisterExport.objects.get(pk=asked.pk)


def sheet_of(who: Actor, asked: RegisterExport) -> tuple[list[list[Any]], bytes]:
    _, content = actions.fetch_export(who, export_id=asked.pk)
    with content:
        raw = content.read()
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0)
    return sheet.to_python(), raw


def test_nothing_is_made_before_another_officer_agrees(firms: list[int], actor: Callable[[str], Actor]) -> None:
    keeper, reviewer = actor("zhoumin"), actor("zhengwei")
    asked = ask(keeper)
    make_export(asked.pk)
    assert queries.standing_of_export(RegisterExport.objects.get()) == "waiting"
    with pytest.raises(Refused, match="还没有生成"):
        actions.fetch_export(keeper, export_id=asked.pk)
    assert [one.pk for one in queries.exports_to_decide(reviewer)] == [asked.pk]
    done = made(asked, reviewer)
    assert (queries.standing_of_export(done), done.row_count) == ("ready", 2)


def test_the_file_says_who_when_and_what_for_and_holds_her_county_alone(
    firms: list[int], actor: Callable[[str], Actor]
) -> None:
    keeper = actor("zhoumin")
    asked = made(ask(keeper, columns=["name", "region", "executive_phone"]), actor("zhengwei"))
    rows, raw = sheet_of(keeper, asked)
    assert all(words in rows[0][0] for words in ("周敏", REASON, f"第{asked.pk}号", "不得外传"))
    assert rows[1] == ["企业名称", "所属县市区", "联系电话"]
    assert [row[0] for row in rows[2:]] == ["=cmd|' /C calc'!A0", "咸宁示例电子"]
    assert {row[2] for row in rows[2:]} == {"154****5678"} and {row[1] for row in rows[2:]} == {"通山县"}
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "hyperlink" not in sheet
        assert REASON in archive.read("docProps/custom.xml").decode()


def test_a_field_she_may_not_see_is_empty_in_her_file(firms: list[int], actor: Callable[[str], Actor]) -> None:
    policy = actor("helin")  # may view, edit and export, but not reveal
    asked = made(ask(policy, columns=["name", "executive_phone"]), actor("linzong"))
    rows, _ = sheet_of(policy, asked)
    assert len(rows) == 2 + 3 and {row[1] for row in rows[2:]} == {""}


def test_the_file_follows_the_filters_of_the_list(firms: list[int], actor: Callable[[str], Actor]) -> None:
    asked = made(ask(actor("helin"), query={"q": "示例电子", "f-is_listed": "false"}), actor("linzong"))
    assert asked.row_count == 1


def test_nobody_agrees_to_what_she_asked_nor_from_elsewhere(firms: list[int], actor: Callable[[str], Actor]) -> None:
    both = actor("fangyun")  # accepts and reviews
    asked = ask(both)
    with pytest.raises(NotAllowed):
        actions.decide_export(both, export_id=asked.pk, agreed=True)
    for name in ("zhoumin", "caoyun", "huanglei"):
        with pytest.raises((NotAllowed, NotFound)):
            actions.decide_export(actor(name), export_id=asked.pk, agreed=True)
    assert RegisterExport.objects.get().decided_at is None


def test_a_refusal_has_its_reason_and_makes_no_file(firms: list[int], actor: Callable[[str], Actor]) -> None:
    asked, reviewer = ask(actor("zhoumin")), actor("zhengwei")
    with pytest.raises(Refused, match="写明理由"):
        actions.decide_export(reviewer, export_id=asked.pk, agreed=False)
    actions.decide_export(reviewer, export_id=asked.pk, agreed=False, note="范围太大")
    make_export(asked.pk)
    assert queries.standing_of_export(RegisterExport.objects.get()) == "refused"
    with pytest.raises(Refused, match="已经处理过"):
        actions.decide_export(reviewer, export_id=asked.pk, agreed=True)


def test_a_file_is_fetched_by_whoever_asked_and_not_for_ever(firms: list[int], actor: Callable[[str], Actor]) -> None:
    keeper = actor("zhoumin")
    asked = made(ask(keeper), actor("zhengwei"))
    with pytest.raises(NotFound):
        actions.fetch_export(actor("zhengwei"), export_id=asked.pk)
    RegisterExport.objects.update(expires_at=now() - timedelta(seconds=1))
    with pytest.raises(Refused, match="已过期"):
        actions.fetch_export(keeper, export_id=asked.pk)


def test_a_register_that_wants_no_second_officer_is_made_at_once(actor: Callable[[str], Actor]) -> None:
    asked = ask(actor("zhoumin"), register="site")
    assert not asked.needs_approval and queries.standing_of_export(asked) == "making"
    assert made(asked, None).row_count == 0


@pytest.mark.parametrize("who", ["zhengwei", "linzong", "huanglei", "lihuifang"])
def test_who_may_not_take_entries_out_does_not(actor: Callable[[str], Actor], who: str) -> None:
    with pytest.raises(NotAllowed):
        ask(actor(who))


def test_a_reason_is_asked_for(actor: Callable[[str], Actor]) -> None:
    with pytest.raises(Refused, match="导出做什么用"):
        ask(actor("zhoumin"), reason="  ")


def test_pieces_make_the_same_file(
    firms: list[int], actor: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Memory is bounded by the piece: rows are asked for by the last one's id, never counted past."""
    monkeypatch.setattr(streaming, "PIECE", 1)
    assert made(ask(actor("helin")), actor("linzong")).row_count == 3


def test_the_job_is_asked_for_when_it_is_agreed_to(
    firms: list[int], actor: Callable[[str], Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted: list[object] = []
    monkeypatch.setattr(jobs, "defer", lambda name, **kwargs: wanted.append((name, kwargs["export_id"])))
    asked = ask(actor("zhoumin"))
    assert wanted == []
    actions.decide_export(actor("zhengwei"), export_id=asked.pk, agreed=True)
    assert wanted == [("registers.make_export", asked.pk)]
