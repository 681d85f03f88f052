"""A batch is compared before it is signed: hits settled one by one, stale lists hold it, the sheet says it all."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from guiyan.cases import actions, queries
from guiyan.cases.models import Batch, ComparisonHit, ComparisonRun
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from tests.cases import people
from tests.registers.factories import id_number

pytestmark = pytest.mark.usefixtures("scoped_db")

At = Callable[[str], object]
ClientAs = Callable[[str], Client]
BORN_HERE = people.BORN


@pytest.fixture(autouse=True)
def morning(at: At, tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def number_of(serial: int) -> str:
    return id_number(BORN_HERE, "女", serial)


def on_the_payroll(folder: Path, *serials: int) -> None:
    rows = [[number_of(one), "示例", "示例事业单位", "2019-07-01", ""] for one in serials]
    people.bring_in(folder, "public-payroll", rows)


def a_batch_of(*serials: int) -> Batch:
    return people.a_batch(*(people.approved(people.a_returnee(n, name=f"张晓{n}")) for n in serials))


def run_of(batch: Batch) -> ComparisonRun:
    run = queries.latest_run(batch)
    assert run is not None
    return run


def recheck(batch: Batch) -> Batch:
    return actions.recheck_batch(people.as_actor("wuqiang"), batch=batch)


def settle(hit: ComparisonHit, verdict: str, opinion: str = "已向单位核实") -> ComparisonHit:
    return actions.settle_hit(people.as_actor("huanglei"), hit=hit, verdict=verdict, opinion=opinion)


def test_a_batch_without_hits_is_compared_when_it_is_summed_up_and_goes_on() -> None:
    batch = a_batch_of(1)
    page = queries.run_page(run_of(batch))
    assert [(one.compared, one.hits, one.holds) for one in page.lists] == [(1, 0, False)] * len(page.lists)
    assert queries.why_not_settled(batch) == ""
    assert actions.sign_batch(people.as_actor("xurong"), batch=recheck(batch)).state == "signed"


def test_a_blocking_hit_holds_the_batch_until_it_is_settled_as_false_with_its_reason(tmp_path: Path) -> None:
    on_the_payroll(tmp_path, 1)
    batch = a_batch_of(1, 2)
    hit = ComparisonHit.objects.get()
    assert (hit.list_id, hit.case.applicant, hit.rows[0]["note"]) == ("public-payroll", "张晓1", "示例事业单位")
    with pytest.raises(Refused, match="还有1条"):
        recheck(batch)
    with pytest.raises(Refused, match="怎么核实"):
        settle(hit, "false", " ")
    settle(hit, "false", "同名同号的是他人，单位已出证明")
    assert actions.sign_batch(people.as_actor("xurong"), batch=recheck(batch)).line_count == 2


def test_a_true_hit_takes_its_case_out_of_the_batch_and_stands(tmp_path: Path) -> None:
    on_the_payroll(tmp_path, 1)
    batch = a_batch_of(1, 2)
    settle(ComparisonHit.objects.get(), "true", "本人仍在编")
    batch.refresh_from_db()
    line = batch.lines.exclude(removed_at=None).get()
    assert (batch.line_count, line.case.applicant) == (1, "张晓1") and "财政供养人员" in line.removed_reason
    line.case.refresh_from_db()
    again = people.a_batch(line.case)
    assert queries.why_not_settled(again) == "1条已认定真命中的还在本批里，请先移出"
    with pytest.raises(Refused, match="不能再改"):
        settle(run_of(again).hits.get(), "false")
    recheck(batch)


def test_a_list_that_is_too_old_or_was_changed_holds_the_signature(at: At, tmp_path: Path) -> None:
    batch = recheck(a_batch_of(1))
    on_the_payroll(tmp_path, 5)
    with pytest.raises(Refused, match="“财政供养人员”换过了，请重新比对"):
        actions.sign_batch(people.as_actor("xurong"), batch=batch)
    actions.compare_batch(people.as_actor("xurong"), batch=batch)
    assert queries.why_not_settled(batch) == ""
    at("2026-07-31 09:00")
    with pytest.raises(Refused, match="已经过期"):
        actions.sign_batch(people.as_actor("xurong"), batch=batch)
    assert run_of(actions.lock_batch(batch)).lists.filter(is_stale=True).count() == 0
    actions.compare_batch(people.as_actor("xurong"), batch=batch)
    assert run_of(batch).lists.filter(is_stale=True).exists()


def test_a_missing_list_is_said_and_never_no_hit(client_as: ClientAs) -> None:
    from guiyan.registers import actions as registers
    from guiyan.registers.models import ComparisonList

    case = people.approved(people.a_returnee(1))
    issue = ComparisonList.objects.get(list_id="deaths", is_current=True)
    registers.undo_list(people.SYSTEM, issue_id=issue.pk)
    batch = people.a_batch(case)
    assert queries.why_not_settled(batch) == "“死亡人员”还没有导入，请先导入再重新比对"
    page = client_as("huanglei").get(f"/desk/batches/comparisons/{run_of(batch).pk}/").content.decode()
    assert "没有名单不等于没有问题" in page and "“死亡人员”还没有导入" in page
    with pytest.raises(Refused, match="还没有导入"):
        recheck(batch)


def test_the_same_words_keep_their_opinion_and_what_changed_is_marked(tmp_path: Path) -> None:
    on_the_payroll(tmp_path, 1)
    batch = a_batch_of(1, 2)
    settle(ComparisonHit.objects.get(), "false", "已核实")
    on_the_payroll(tmp_path, 2, 1)
    second = actions.compare_batch(people.as_actor("huanglei"), batch=batch)
    found = {hit.case.applicant: hit for hit in second.hits.select_related("case")}
    assert (found["张晓1"].verdict, found["张晓1"].is_carried, found["张晓1"].is_new) == ("false", True, False)
    assert (found["张晓2"].verdict, found["张晓2"].is_new) == ("", True)
    on_the_payroll(tmp_path, 3)
    third = actions.compare_batch(people.as_actor("huanglei"), batch=batch)
    assert [hit.case.applicant for hit in queries.run_page(third).gone] == ["张晓1", "张晓2"]
    with pytest.raises(Refused, match="后来又比对过"):
        settle(found["张晓2"], "false")


def test_a_chosen_few_are_compared_before_they_are_summed_up_and_opinions_go_along(
    client_as: ClientAs, tmp_path: Path
) -> None:
    on_the_payroll(tmp_path, 1)
    cases = [people.approved(people.a_returnee(n, name=f"张晓{n}")) for n in (1, 2)]
    desk = client_as("huanglei")
    answer = desk.post("/desk/batches/comparisons/", {"cases": [case.pk for case in cases]})
    run = ComparisonRun.objects.get()
    assert answer.url == f"/desk/batches/comparisons/{run.pk}/" and run.batch is None  # type: ignore[attr-defined]
    hit = run.hits.get()
    sent = desk.post(f"{answer.url}hits/{hit.pk}/", {"verdict": "false", "opinion": "重名"})  # type: ignore[attr-defined]
    assert sent.status_code == 302
    batch = people.a_batch(*cases)
    carried = run_of(batch).hits.get()
    assert (carried.verdict, carried.opinion, carried.is_carried) == ("false", "重名", True)


def test_the_sheet_and_the_workbook_say_what_was_compared_found_and_settled(
    client_as: ClientAs, tmp_path: Path
) -> None:
    on_the_payroll(tmp_path, 1)
    batch = a_batch_of(1, 2)
    settle(ComparisonHit.objects.get(), "false", "单位已出证明")
    desk = client_as("wuqiang")
    base = f"/desk/batches/comparisons/{run_of(batch).pk}/"
    sheet = desk.get(f"{base}print/").content.decode()
    for words in (
        "名单比对结果表",
        "财政供养人员",
        "2026年5月31日",
        "示例事业单位",
        "误报：单位已出证明",
        "单位负责人",
    ):
        assert words in sheet, words
    assert number_of(1) not in sheet
    content = b"".join(desk.get(f"{base}result.xlsx").streaming_content)  # type: ignore[arg-type]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("比对到的").to_python()
    assert len(rows) == 3 and rows[2][1] == "张晓1" and rows[2][7:9] == ["误报", "单位已出证明"]
    assert len(book.get_sheet_by_name("名单").to_python()) == 2 + len(queries.run_page(run_of(batch)).lists)


def test_who_may_compare_settle_and_look(client_as: ClientAs, tmp_path: Path) -> None:
    on_the_payroll(tmp_path, 1)
    batch = a_batch_of(1)
    hit = ComparisonHit.objects.get()
    for username in ("wuqiang", "zhengwei"):
        with pytest.raises(NotAllowed):
            actions.settle_hit(people.as_actor(username), hit=hit, verdict="false", opinion="没有")
    with pytest.raises(NotFound):
        actions.settle_hit(people.as_actor("caoyun"), hit=hit, verdict="false", opinion="没有")
    with pytest.raises(NotAllowed):
        actions.compare_batch(people.as_actor("zhoumin"), batch=batch)
    assert client_as("caoyun").get(f"/desk/batches/comparisons/{run_of(batch).pk}/").status_code == 404


def test_comparing_a_batch_asks_the_database_as_often_for_four_as_for_one() -> None:
    small, big = a_batch_of(1), a_batch_of(2, 3, 4, 5)
    huanglei = people.as_actor("huanglei")
    actions.compare_batch(huanglei, batch=small)

    def counted(batch: Batch) -> int:
        with CaptureQueriesContext(connection) as captured:
            actions.compare_batch(huanglei, batch=batch)
        return len(captured)

    assert counted(small) == counted(big)


def test_the_owner_of_a_list_is_reminded_a_week_before_it_is_due(at: At, client_as: ClientAs) -> None:
    desk = client_as("huanglei")
    assert "换新名单" not in desk.get("/desk/").content.decode()
    at("2026-07-24 09:00")
    work = desk.get("/desk/").content.decode()
    assert "换新名单" in work and "死亡人员" in work and "/desk/lists/deaths/" in work
    board = desk.get("/desk/freshness/").content.decode()
    assert "还有6天到期" in board and "2026年5月31日" in board
    at("2026-08-03 09:00")
    assert "过期4天" in desk.get("/desk/freshness/").content.decode()
