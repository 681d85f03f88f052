"""A signed batch is public for its days; an objection stops one line; nothing goes out unmasked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from guiyan.cases.queries import Batch, Case
from guiyan.kernel.actors import PUBLIC, SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.notices import actions, queries
from guiyan.notices.masking import full_number_in, masked_name, refuse_full_numbers
from guiyan.notices.models import Notice
from guiyan.notices.receivers import close_due
from tests.cases import people
from tests.prepared import clock_to

Clock = Callable[[str], object]
Two = tuple[Batch, Case, Case]


def stands(folder: Path) -> None:
    """A batch of two is signed."""
    clock_to("2026-06-08 09:00")
    people.with_budget()
    people.with_list(folder)
    people.signed(*(people.approved(people.a_returnee(n, name=f"示例{'甲乙'[n - 1]}")) for n in (1, 2)))


@pytest.fixture
def two(scoped_db: object) -> Two:
    first, second = Case.objects.order_by("pk")
    return Batch.objects.get(), first, second


def close(at: Clock, day: str) -> None:
    close_due(at(f"{day} 09:00"))  # type: ignore[arg-type]


def states(*cases: Case) -> list[str]:
    for case in cases:
        case.refresh_from_db()
    return [case.state for case in cases]


def test_five_working_days_skip_the_weekend_and_the_dragon_boat_festival(two: Two, at: Clock) -> None:
    at("2026-06-15 09:00")
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    assert (notice.published_on, notice.until) == (date(2026, 6, 15), date(2026, 6, 23))


def test_rows_are_masked_before_they_are_stored(two: Two) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    first = queries.rows_of(notice)[0]
    cells = dict(zip(notice.columns, first.cells, strict=True))
    assert cells["身份证号"].startswith("4212**********")
    assert cells["所在乡镇"].endswith("镇")
    assert cells["金额"] == "5,000元"
    assert full_number_in("".join(first.cells)) is None


def test_publishing_twice_gives_the_same_notice(two: Two) -> None:
    first = actions.publish_batch_notice(SYSTEM, batch=two[0])
    assert actions.publish_batch_notice(SYSTEM, batch=two[0]) == first
    assert Notice.objects.count() == 1


def test_a_notice_ends_only_after_its_last_day(two: Two, at: Clock) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    close(at, notice.until.isoformat())
    assert states(two[1], two[2]) == ["noticed", "noticed"]
    close(at, "2026-06-16")
    assert states(two[1], two[2]) == ["payable", "payable"]


def test_an_objection_stops_its_line_and_no_other(two: Two, at: Clock) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    actions.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例电话")
    close(at, "2026-06-16")
    assert states(two[1], two[2]) == ["held", "payable"]


def test_a_dismissed_objection_lets_the_line_go_on_even_after_the_notice(two: Two, at: Clock) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    objection = actions.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例")
    close(at, "2026-06-16")
    actions.decide_objection(people.as_actor("zhengwei"), objection=objection, upheld=False, answer="村里核实已返乡")
    assert states(two[1], two[2]) == ["payable", "payable"]


def test_an_upheld_objection_refuses_the_line_and_gives_its_money_back(two: Two) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    before = {pot.pot: pot.balance_fen for pot in ledger.pots("startup-subsidy", people.COUNTY)}
    objection = actions.file_objection(PUBLIC, notice=notice, line_no=2, text="登记不实", name="某人", contact="示例")
    actions.decide_objection(people.as_actor("zhengwei"), objection=objection, upheld=True, answer="核实登记不实")
    after = {pot.pot: pot.balance_fen for pot in ledger.pots("startup-subsidy", people.COUNTY)}
    assert states(two[1], two[2]) == ["noticed", "refused"]
    assert after["budget"] - before["budget"] == 5_000_00


def test_two_objections_to_one_line_must_both_be_decided(two: Two) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    zhengwei = people.as_actor("zhengwei")
    one, other = [
        actions.file_objection(PUBLIC, notice=notice, line_no=1, text=text, name="某人", contact="示例")
        for text in ("没有返乡", "不是本人")
    ]
    actions.decide_objection(zhengwei, objection=one, upheld=False, answer="已返乡")
    assert states(two[1]) == ["held"]
    actions.decide_objection(zhengwei, objection=other, upheld=False, answer="是本人")
    assert states(two[1]) == ["noticed"]


def test_a_double_click_raises_one_objection(two: Two) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    raised = [
        actions.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例")
        for _ in range(2)
    ]
    assert raised[0] == raised[1]


def test_after_the_end_nobody_objects(two: Two, at: Clock) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    close(at, "2026-06-16")
    with pytest.raises(Refused, match="公示期已经结束"):
        actions.file_objection(PUBLIC, notice=notice, line_no=1, text="晚了", name="某人", contact="示例")


def test_the_public_reads_notices_and_never_who_objected(two: Two) -> None:
    notice = actions.publish_batch_notice(SYSTEM, batch=two[0])
    actions.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例电话")
    with entered(Scope.public_pages()):
        assert queries.notice_by_number(notice.number).rows.count() == 2
        assert notice.objections.count() == 0


def test_what_was_taken_down_is_not_found(two: Two, at: Clock) -> None:
    actions.publish_batch_notice(SYSTEM, batch=two[0])
    close(at, "2026-06-16")
    close(at, "2026-07-20")
    with entered(Scope.public_pages()):
        assert queries.published().count() == 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("身份证421224199705120021", True),
        ("13800000000", True),
        ("138 0000 0000", True),
        ("6200 0000 0000 0381", True),
        ("42122419970512002X", True),
        ("统一社会信用代码92421224MA4ABCDE1X", False),
        ("4212**********0021", False),
        ("5,000元", False),
        ("2026年6月15日", False),
    ],
)
def test_a_full_number_is_recognised_however_it_is_spaced(text: str, found: bool) -> None:
    assert (full_number_in(text) is not None) == found


def test_a_full_number_stops_the_publication_and_names_the_line() -> None:
    with pytest.raises(Refused, match="第2行"):
        refuse_full_numbers([["刘春燕", "民宿"], ["张三", "电话13800000000"]])


@pytest.mark.parametrize(
    ("name", "masked"), [("李华", "李*"), ("张晓明", "张*明"), ("欧阳小明", "欧**明"), ("李", "李")]
)
def test_names_are_masked_as_people_expect(name: str, masked: str) -> None:
    assert masked_name(name) == masked
