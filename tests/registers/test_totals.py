"""Figures that follow from records: right after whatever was written, taken back, undone, merged and taken apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.checks import wrong_totals
from guiyan.registers.models import RegisterColumn, Subject, SubjectKey, Voiding
from guiyan.registers.sample.numbers import credit_code
from guiyan.registers.schema import plan
from guiyan.registers.sealing import digest_of
from guiyan.registers.tables import table_of
from guiyan.registers.totals import filling
from guiyan.registers.values import Value
from tests.registers.factories import CHONGYANG_TOWN, COUNTY, csv_file

pytestmark = pytest.mark.usefixtures("scoped_db")
CODES = [credit_code("company", 980_000 + serial) for serial in range(3)]
HEAD = ["机构统一社会信用代码", "所在地", "签约日期", "投给谁", "金额", "轮次"]


def investor(serial: int = 0, **values: Value) -> int:
    said = {"name": f"示例基金{serial}", "credit_code": CODES[serial], "kind": "venture", "region": COUNTY, **values}
    return actions.record(SYSTEM, register="investor", values=said, source="bureau")


def deal(serial: int = 0, yuan: int = 100, on: date = date(2026, 3, 1), **values: Value) -> int:
    said = {
        "investor_credit_code": CODES[serial],
        "region": COUNTY,
        "signed_on": on,
        "invested_in": f"示例公司{yuan}",
        "amount": yuan * 100,
        "round": "seed",
        **values,
    }
    return actions.record(SYSTEM, register="investor-deal", values=said, source="bureau")


def figures(who: int, register: str = "investor") -> dict[str, Value]:
    return dict(queries.entry(SYSTEM, register, who) or {})


def deals(who: int) -> tuple[Value, Value]:
    held = figures(who)
    return held["deals"], held["deal_amount"]


def test_what_nobody_recorded_is_none_and_no_unknown(pack: Pack) -> None:
    who = investor()
    assert deals(who) == (0, 0)
    assert figures(who)["last_met"] is None  # none was ever met: there is no day
    deal(0, 300)
    deal(0, 700)
    assert deals(who) == (2, 100_000)


def test_a_record_that_comes_before_whom_it_is_about_counts_once_they_are_there(pack: Pack) -> None:
    deal(0, 300)
    assert deals(investor()) == (1, 30_000)


def test_a_part_that_is_unknown_makes_the_sum_unknown_and_leaves_the_count(pack: Pack) -> None:
    who, unknown = investor(), deal(0, 300)
    actions.record(SYSTEM, register="investor-deal", values={"round": "a"}, source="bureau", subject_id=unknown)
    assert deals(who) == (1, 30_000)
    no_amount = {"investor_credit_code": CODES[0], "region": COUNTY, "signed_on": date(2026, 4, 1), "round": "seed"}
    actions.record(SYSTEM, register="investor-deal", values=no_amount, source="bureau")
    assert deals(who) == (2, None)


def test_a_correction_moves_a_record_from_one_to_another(pack: Pack) -> None:
    first, second = investor(0), investor(1)
    moved = deal(0, 300)
    said = {"investor_credit_code": CODES[1]}
    actions.record(SYSTEM, register="investor-deal", values=said, source="bureau", subject_id=moved)
    assert (deals(first), deals(second)) == ((0, 0), (1, 30_000))


def test_the_last_is_by_the_day_it_happened_and_a_mean_is_over_those_who_rated(pack: Pack) -> None:
    said = {"name": "示例专家", "number": "ZJ2026-9001", "kind": "legal", "serves_region": COUNTY}
    who = actions.record(SYSTEM, register="expert", values=said, source="bureau")
    for day, hours, rating in (("2026-02-28", 150, 4), ("2024-02-29", 200, 5), ("2025-12-31", 100, None)):
        served: dict[str, Value] = {
            "expert_number": "ZJ2026-9001",
            "region": COUNTY,
            "served_on": date.fromisoformat(day),
            "served": "示例民宿",
            "topic": "融资",
            "hours": hours,
            "rating": rating,
        }
        told = {name: value for name, value in served.items() if value is not None}
        actions.record(SYSTEM, register="expert-service", values=told, source="bureau")
    held = figures(who, "expert")
    assert (held["hours"], held["served"], held["score"]) == (450, 3, 450)
    view = queries.entry_view(SYSTEM, "expert", who)
    assert {cell.field.id: cell.value for cell in view.cells}["hours_this_year"] == 150


@pytest.mark.parametrize(
    ("today", "right"), [("2025-12-31", 1), ("2026-01-01", 2), ("2024-02-29", 1), ("2027-01-01", 0)]
)
def test_this_years_figure_is_of_the_day_it_is_looked_at_and_so_are_the_records_behind_it(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, today: str, right: int
) -> None:
    who = investor()
    for number, day in enumerate(("2025-12-31", "2024-02-29", "2026-06-08", "2026-01-02")):
        deal(0, 100 + number, date.fromisoformat(day))
    for module in ("totals.aging", "behind"):
        monkeypatch.setattr(f"guiyan.registers.{module}.today", lambda: date.fromisoformat(today))
    view = queries.entry_view(SYSTEM, "investor", who)
    assert {cell.field.id: cell.value for cell in view.cells}["deals_this_year"] == right
    assert queries.entry_list(SYSTEM, "investor-deal", about=who, total="investor.deals_this_year").total == right


def test_what_a_form_a_file_and_another_system_say_of_a_figure_is_refused(pack: Pack, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="由系统汇总"):
        investor(0, deals=9)
    sheet = csv_file(tmp_path / "基金.csv", ["名称", "统一社会信用代码", "类别", "登记地或服务地", "在本市投成"], [])
    with pytest.raises(Refused, match="模板里没有的列：在本市投成"):
        actions.import_rows(SYSTEM, register="investor", path=sheet)


def test_a_record_is_taken_back_once_with_its_reason_and_stays_taken_back(
    pack: Pack, actor: Callable[[str], Actor], tmp_path: Path
) -> None:
    who, officer = investor(), actor("zhoumin")
    path = csv_file(tmp_path / "投成.csv", HEAD, [[CODES[0], "通山县", "2026-03-01", "示例公司", "300", "种子轮"]])
    actions.import_rows(SYSTEM, register="investor-deal", path=path, at=date(2026, 4, 1))
    (line,) = queries.entry_list(SYSTEM, "investor-deal", about=who).lines
    with pytest.raises(Refused, match="为什么作废"):
        actions.void_happening(officer, register="investor-deal", subject_id=line.subject_id, reason=" ")
    gone = actions.void_happening(officer, register="investor-deal", subject_id=line.subject_id, reason="重复登记")
    assert deals(who) == (0, 0) and (gone.about_id, gone.reason) == (who, "重复登记")
    with pytest.raises(NotFound):
        actions.void_happening(officer, register="investor-deal", subject_id=line.subject_id, reason="再来")
    again = actions.import_rows(SYSTEM, register="investor-deal", path=path, at=date(2026, 5, 1))
    assert (again.unchanged, again.created, deals(who)) == (1, 0, (0, 0))
    assert Voiding.objects.count() == 1


def test_the_same_file_of_records_twice_counts_them_once_and_undoing_it_takes_them_all(
    pack: Pack, tmp_path: Path
) -> None:
    who = investor()
    rows = [[CODES[0], "通山县", "2026-03-01", "示例公司", str(yuan), "种子轮"] for yuan in (100, 200, 300)]
    path = csv_file(tmp_path / "投成.csv", HEAD, rows)
    first = actions.import_rows(SYSTEM, register="investor-deal", path=path, at=date(2026, 4, 1))
    second = actions.import_rows(SYSTEM, register="investor-deal", path=path, at=date(2026, 4, 2))
    assert (first.created, second.created, deals(who)) == (3, 0, (3, 60_000))
    assert second.import_id is not None and first.import_id is not None
    actions.undo_import(SYSTEM, import_id=second.import_id)
    assert deals(who) == (3, 60_000)
    actions.undo_import(SYSTEM, import_id=first.import_id)
    assert deals(who) == (0, 0)


def test_two_found_to_be_one_share_their_records_until_they_are_taken_apart(pack: Pack) -> None:
    first, second = investor(0), investor(1)
    deal(0, 100)
    twin = deal(1, 200)
    actions.merge(SYSTEM, kept=first, merged=second)
    assert deals(first) == (2, 30_000)
    actions.merge(SYSTEM, kept=deal(0, 100), merged=twin)  # the two records were one deal
    assert deals(first) == (1, 10_000)
    actions.unmerge(SYSTEM, subject_id=twin)
    actions.unmerge(SYSTEM, subject_id=second)
    assert (deals(first), deals(second)) == ((1, 10_000), (1, 20_000))


def test_the_gap_is_what_is_needed_less_those_who_are_there_by_trade_and_place(pack: Pack) -> None:
    demand = {
        "post": "工艺工程师",
        "number": "YC2026-9001",
        "year": 2026,
        "region": COUNTY,
        "chain": "food",
        "needed": 3,
    }
    post = actions.record(SYSTEM, register="talent-demand", values=demand, source="bureau")
    assert [figures(post, "talent-demand")[name] for name in ("held", "gap")] == [0, 3]

    def talent(serial: int, **values: Value) -> int:
        said = {"name": "示例人才", "number": f"CC2026-90{serial:02d}", "grade": "skilled", "region": COUNTY, **values}
        return actions.record(SYSTEM, register="talent", values=said, source="bureau")

    town = min(code for code, one in pack.regions.items() if one.parent == COUNTY)
    talent(1, chain="food", relation="works", region=town)
    talent(2, chain="food", relation="works", region=CHONGYANG_TOWN)  # elsewhere
    talent(3, chain="health", relation="works")  # of another trade
    talent(4, relation="works")  # nobody knows of which
    moved = talent(5, chain="food", hired=True, hired_on=date(2026, 2, 1), channel="fair", demand_number="YC2026-9001")
    assert [figures(post, "talent-demand")[name] for name in ("held", "gap", "hired")] == [2, 1, 1]
    said = {"chain": "health"}
    actions.record(SYSTEM, register="talent", values=said, source="bureau", subject_id=moved)
    assert [figures(post, "talent-demand")[name] for name in ("held", "gap")] == [1, 2]
    found = queries.entry_list(SYSTEM, "talent", about=post, total="talent-demand.held")
    assert found.total == 1
    actions.record(SYSTEM, register="talent-demand", values={"needed": 0}, source="bureau", subject_id=post)
    assert figures(post, "talent-demand")["gap"] == 0  # one too many is no gap


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["deal", "move", "void", "import", "undo", "merge", "apart", "investor"]), st.integers(0, 7)
    ),
    max_size=12,
)


@given(acts=ACTS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_after_any_sequence_every_total_is_what_the_records_give(
    pack: Pack, tmp_path: Path, acts: Sequence[tuple[str, int]]
) -> None:
    with transaction.atomic():
        who, records, runs = [investor(0), investor(1)], [deal(0, 1)], list[int]()
        for number, (act, pick) in enumerate(acts):
            try:
                if act == "deal":
                    records.append(deal(pick % 3, number + 2, on=date(2026, 1 + pick, 1)))
                elif act == "move":
                    said = {"investor_credit_code": CODES[pick % 3]}
                    one = records[pick % len(records)]
                    actions.record(SYSTEM, register="investor-deal", values=said, source="bureau", subject_id=one)
                elif act == "void":
                    one = records[pick % len(records)]
                    actions.void_happening(SYSTEM, register="investor-deal", subject_id=one, reason="记错")
                elif act == "import":
                    rows = [[CODES[pick % 3], "通山县", "2026-03-01", f"示例{n}", str(n), "A轮"] for n in range(pick)]
                    path = csv_file(tmp_path / f"{number}.csv", HEAD, rows)
                    summary = actions.import_rows(SYSTEM, register="investor-deal", path=path, at=date(2026, 4, 1))
                    runs.append(summary.import_id or 0)
                elif act == "undo" and runs:
                    actions.undo_import(SYSTEM, import_id=runs[pick % len(runs)])
                elif act == "merge":
                    pair = who if pick % 2 else records
                    actions.merge(SYSTEM, kept=pair[0], merged=pair[pick % len(pair)])
                elif act == "apart":
                    pair = who if pick % 2 else records
                    actions.unmerge(SYSTEM, subject_id=pair[pick % len(pair)])
                elif act == "investor":
                    who.append(investor(2))
            except (Refused, NotFound):
                pass
            assert not list(wrong_totals(pack.registers["investor"]))
            for held in table_of(pack, "investor")._default_manager.all():
                assert (held.f_deals, held.f_deal_amount) == by_hand(pack, held.subject_id)  # type: ignore[attr-defined]
        transaction.set_rollback(True)


def by_hand(pack: Pack, subject_id: int) -> tuple[int, int]:
    """Counted in Python, from what the records say."""
    roots = dict(Subject.objects.values_list("pk", "canonical_id"))
    of = {bytes(key.digest): roots[key.subject_id] for key in SubjectKey.objects.filter(kind="credit_code")}
    counted: dict[int, int] = {}
    for row in table_of(pack, "investor-deal")._default_manager.order_by("pk"):
        named = of[digest_of("credit_code", row.f_investor_credit_code)]  # type: ignore[attr-defined]
        if named == roots[subject_id]:
            counted.setdefault(roots[row.subject_id], row.f_amount)  # type: ignore[attr-defined]
    return len(counted), sum(counted.values())


def test_a_total_newly_declared_is_filled_for_a_live_register_and_goes_on_where_it_stopped(
    pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    register, who = pack.registers["investor"], [investor(serial) for serial in range(3)]
    for number, serial in enumerate((0, 1, 1, 2)):
        deal(serial, 100 + number)
    table_of(pack, "investor")._default_manager.update(f_deals=None)
    RegisterColumn.objects.filter(register="investor", field="deals").update(derived="", derived_stage="")
    (change,) = plan(pack)
    assert "按记录重新计算字段 deals（在本市投成）" in change.says
    monkeypatch.setattr(filling, "PIECE", 1)
    done = filling.work_out
    pieces: list[int] = []

    def once(*given: Any) -> None:
        if len(pieces) == 2:
            raise KeyboardInterrupt
        pieces.append(1)
        done(*given)

    monkeypatch.setattr(filling, "work_out", once)
    with pytest.raises(KeyboardInterrupt):
        filling.fill_derived(pack, register, "deals")
    monkeypatch.setattr(filling, "work_out", done)
    filling.fill_derived(pack, register, "deals")
    assert plan(pack) == [] and [deals(one)[0] for one in who] == [1, 2, 1]
    filling.refill(pack, register, "deals")
    assert RegisterColumn.objects.get(register="investor", field="deals").derived_stage == "settled"


def test_a_row_of_a_file_lacks_what_its_other_cells_ask_for(pack: Pack, tmp_path: Path) -> None:
    head = ["姓名", "名录编号", "籍贯", "类别", "在家乡有投资", "累计投资额"]
    rows = [
        ["示例甲", "CS2026-9001", "通山县", "企业家", "是", ""],
        ["示例乙", "CS2026-9002", "通山县", "企业家", "否", ""],
        ["示例丙", "CS2026-9003", "通山县", "企业家", "是", "5000"],
    ]
    path = csv_file(tmp_path / "楚商.csv", head, rows)
    summary = actions.import_rows(SYSTEM, register="chushang", path=path)
    assert (summary.created, summary.refused) == (2, 1)
    assert [str(fault) for fault in summary.faults] == ["第2行“累计投资额”没有填写：照这一行别的内容，这一列必须填。"]
