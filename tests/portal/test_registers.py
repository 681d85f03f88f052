"""Registers that everybody may read: what the declaration lets out, and nothing else."""

from __future__ import annotations

import pytest
from django.test import Client

from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack
from guiyan.registers import actions, queries
from guiyan.registers.queries.published import masked
from guiyan.registers.values import Value
from tests.registers.factories import CHONGYANG_TOWN, COUNTY

pytestmark = pytest.mark.usefixtures("scoped_db")
PAGE = "/registers/site/"


def a_site(serial: int, **values: Value) -> int:
    told: dict[str, Value] = {
        "name": f"示例厂房{serial}",
        "number": f"CD2026-{serial:04d}",
        "region": COUNTY,
        "kind": "plant",
        "area": 86_050,
        "rent": 1_200_000,
        "status": "free",
        **values,
    }
    return actions.record(SYSTEM, register="site", values=told, source="bureau")


def text(address: str) -> str:
    return Client().get(address).content.decode()


def test_what_may_be_let_is_shown_with_area_and_rent_and_nothing_more() -> None:
    a_site(1)
    a_site(2, status="let")
    page = text(PAGE)
    assert "示例厂房1" in page and "示例厂房2" not in page
    assert "860.5平方米" in page and "1.2万元" in page and "公开依据：业主同意对外招租" in page
    assert "问过的" not in page and "CD2026-0001" not in page


def test_it_is_found_by_name_county_and_kind() -> None:
    a_site(1)
    a_site(2, name="示例茶园", kind="land", region=CHONGYANG_TOWN)
    assert "示例茶园" in text(f"{PAGE}?q=茶园") and "示例厂房1" not in text(f"{PAGE}?q=茶园")
    assert "示例茶园" not in text(f"{PAGE}?region=421224000000")
    assert "示例茶园" in text(f"{PAGE}?f-kind=land") and "示例厂房1" not in text(f"{PAGE}?f-kind=land")


@pytest.mark.parametrize("query", ["q=%00%22<script>", "region=x", "f-kind=none", "f-status=let", "page=99", "page=x"])
def test_strange_addresses_are_pages_too(query: str) -> None:
    a_site(1)
    answer = Client().get(f"{PAGE}?{query}")
    assert answer.status_code == 200 and b"<script>'" not in answer.content


def test_a_register_that_lets_nothing_out_is_not_there() -> None:
    assert Client().get("/registers/person/").status_code == 404
    assert Client().get("/registers/nothing/").status_code == 404


def test_no_published_field_is_a_number_of_somebody(pack: Pack) -> None:
    for register in queries.published_registers():
        assert register.publish is not None
        assert all(register.fields[name].is_open for name in register.publish.fields)
        assert f"/registers/{register.id}/" in text("/registers/")


@pytest.mark.parametrize(
    ("mask", "shown"), [("name", "张*明"), ("hidden", "****"), ("none", "张晓明"), ("middle", "***"), ("tail", "***")]
)
def test_a_mask_hides_what_it_says(mask: str, shown: str) -> None:
    assert masked(mask, "张晓明") == shown  # type: ignore[arg-type]
