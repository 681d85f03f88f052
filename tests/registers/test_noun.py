"""What a register's declaration does with its entries: decimals, patterns, references, fields not everybody sees."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.packs import Field, Pack
from guiyan.registers import actions, queries
from guiyan.registers.models import Relation
from guiyan.registers.queries import lists
from guiyan.registers.sample.numbers import credit_code
from guiyan.registers.values import Reader, Value
from guiyan.registers.wrong import WrongValue
from tests.registers.factories import COUNTY

pytestmark = pytest.mark.usefixtures("scoped_db")
READER = Reader(date(2026, 6, 8), {})


def a_listed_firm(serial: int = 1, **values: Value) -> dict[str, Value]:
    return {
        "name": "咸宁示例新材料",
        "credit_code": credit_code("company", 990_000 + serial),
        "region": COUNTY,
        "is_listed": False,
        "executive_phone": "15412345678",
        **values,
    }


@pytest.mark.parametrize(("typed", "held"), [("12.5", 1250), ("１２．５", 1250), ("1,200", 120000), ("0.05", 5)])
def test_a_number_with_decimals_is_held_in_hundredths(typed: str, held: int) -> None:
    assert READER.read(Field(id="area", label="面积", type="decimal"), typed) == held


@pytest.mark.parametrize(
    ("field", "typed", "right"),
    [
        (Field(id="area", label="面积", type="decimal"), "12.345", "最多两位小数"),
        (Field(id="area", label="面积", type="decimal", most=100), "100.01", "应为不大于100的数"),
        (Field(id="rent", label="租金", type="money", least=1), "0.99", "应为不小于1元"),
        (Field(id="note", label="说明", type="text", max_length=3), "四个字了", "最多3字，请缩短"),
        (
            Field(id="code", label="代码", type="text", pattern="[0-9]{6}", pattern_words="6位数字"),
            "60001",
            "应为6位数字",
        ),
    ],
)
def test_what_a_field_leaves_no_room_for_is_told_what_would_be_right(field: Field, typed: str, right: str) -> None:
    with pytest.raises(WrongValue) as wrong:
        READER.read(field, typed)
    assert wrong.value.right == right


def test_a_limited_field_is_there_for_its_permission_alone(actor: Callable[[str], Actor]) -> None:
    who = actions.record(SYSTEM, register="listed", values=a_listed_firm(), source="bureau")
    keeper, reader = actor("zhoumin"), actor("linzong")  # both may view; only the one may reveal
    for one, is_seen in ((keeper, True), (reader, False)):
        view = queries.entry_view(one, "listed", who)
        assert ("executive_phone" in {cell.field.id for cell in view.cells}) == is_seen
        held = queries.entry(one, "listed", who)
        assert held is not None and ("executive_phone" in held) == is_seen
        (line,) = queries.entry_list(one, "listed", columns=["name", "executive_phone"]).lines
        assert (line.values["executive_phone"] is not None) == is_seen
    with pytest.raises(NotFound):
        queries.reveal(reader, who, "executive_phone", "核对", register="listed")


def test_a_limited_field_stands_in_no_dataset() -> None:
    assert "executive_phone" not in queries.dataset("listed").columns


def test_the_list_begins_with_the_columns_declared_for_it(pack: Pack) -> None:
    shown = [column.id for column in queries.entry_list(SYSTEM, "listed").columns]
    assert sorted(shown) == sorted(pack.registers["listed"].screens.list_)


def test_a_second_report_of_a_known_firm_is_the_same_firm(pack: Pack) -> None:
    listed = actions.record(SYSTEM, register="listed", values=a_listed_firm(), source="bureau")
    firm = {"name": "咸宁示例新材料", "credit_code": a_listed_firm()["credit_code"], "registered_region": COUNTY}
    assert actions.record(SYSTEM, register="firm", values=firm, source="market") == listed


def test_a_value_that_breaks_the_pattern_is_refused_by_its_name() -> None:
    with pytest.raises(Refused, match="数字和大写字母"):
        actions.record(SYSTEM, register="listed", values=a_listed_firm(stock_code="六零零"), source="bureau")
    assert not Relation.objects.filter(source="listed").exists()


def test_where_entries_lie_is_asked_of_the_region_that_every_order_has_in_its_index(pack: Pack) -> None:
    """Of another place (native, not where she lies) it is asked of the field itself."""
    register = pack.registers["person"]
    rows = lists.seen_by(SYSTEM, pack, register)

    def asked(**filters: str) -> str:
        return str(lists.narrowed(rows, register, "", None, filters).query).partition("WHERE")[2]

    lies = asked(residence_region="421224107206")
    assert '"region" >= 421224107206' in lies and '"residence_region" >=' not in lies
    assert '"residence_region" IS NOT NULL' in lies
    assert '"hukou_region" >= 421224107206' in asked(hukou_region="421224107206")
    assert not lists.narrowed(rows, register, "", None, {"residence_region": "x"}).exists()
