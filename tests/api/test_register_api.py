"""Registers through the API: read masked and in one's place alone, reported in row by row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from guiyan.accounts import api_keys
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import Refused
from guiyan.registers import actions, queries
from tests.registers.factories import CHONGYANG_TOWN, COUNTY
from tests.registers.test_noun import a_listed_firm

pytestmark = pytest.mark.usefixtures("scoped_db")
LIST = "/api/v1/registers/listed/entries"


@pytest.fixture
def firms() -> list[int]:
    made = [a_listed_firm(1), a_listed_firm(2, region=CHONGYANG_TOWN), a_listed_firm(3, name="咸宁示例电子")]
    return [actions.record(SYSTEM, register="listed", values=values, source="finance") for values in made]


@pytest.fixture
def key(actor: Callable[[str], Actor]) -> Callable[..., dict[str, Any]]:
    def made(*scopes: str, registers: tuple[str, ...] = ("listed",), region: int | None = COUNTY) -> dict[str, Any]:
        new = api_keys.create_key(
            actor("yunwei"),
            name="县市交换",
            holder="通山县数据局",
            scopes=scopes or ("registers", "register-report"),
            per_minute=600,
            expires_on=date(2026, 12, 31),
            registers=registers,
            region=region,
        )
        return {"HTTP_AUTHORIZATION": f"Bearer {new.secret}"}

    return made


def test_entries_come_page_by_page_masked_and_of_ones_place_alone(firms: list[int], key: Callable[..., Any]) -> None:
    client, mine = Client(), key()
    first = client.get(f"{LIST}?limit=1", **mine).json()
    rest = client.get(f"{LIST}?after={first['next']}", **mine).json()
    assert rest["next"] is None
    entries = first["entries"] + rest["entries"]
    assert [one["id"] for one in entries] == [firms[0], firms[2]]
    assert entries[0]["place"] == "通山县" and entries[0]["fields"]["name"] == "咸宁示例新材料"
    assert all(one["fields"]["executive_phone"] is None for one in entries)  # for some alone: not through a key
    read = AuditEntry.objects.filter(verb="read", resource="register.listed") if hasattr(AuditEntry, "verb") else None
    assert read is None or read.exists()


def test_one_entry_and_none_of_elsewhere(firms: list[int], key: Callable[..., Any]) -> None:
    client, mine = Client(), key()
    assert client.get(f"{LIST}/{firms[0]}", **mine).json()["fields"]["name"] == "咸宁示例新材料"
    assert client.get(f"{LIST}/{firms[1]}", **mine).status_code == 404
    assert client.get(f"{LIST}/999999", **mine).status_code == 404


def test_what_a_key_may_read_is_told_field_by_field(key: Callable[..., Any]) -> None:
    (told,) = Client().get("/api/v1/registers", **key()).json()["registers"]
    fields = {one["id"]: one for one in told["fields"]}
    assert (told["key"], told["sources"]) == ("credit_code", ["finance", "firm"])
    assert not fields["executive_phone"]["seen"] and fields["board"]["codes"]["main"] == "主板"


def test_a_key_is_for_its_registers_and_scopes_alone(firms: list[int], key: Callable[..., Any]) -> None:
    client = Client()
    assert client.get("/api/v1/registers/person/entries", **key()).status_code == 404
    assert client.get(LIST, **key("register-report")).status_code == 403
    sent = {"source": "finance", "entries": [{}]}
    assert client.post(LIST, sent, content_type="application/json", **key("registers")).status_code == 403
    assert client.get(LIST).status_code == 401


def test_rows_are_reported_in_and_each_fault_is_named(key: Callable[..., Any]) -> None:
    client, mine = Client(), key()
    good = {**a_listed_firm(5), "region": "通山县", "listed_on": "2026-01-05", "is_listed": True, "board": "主板"}
    rows = [good, {**good, "credit_code": "1"}, {**good, "region": "崇阳县"}, {"name": "只有名字"}, {"nonsense": 1}]
    sent = {"source": "finance", "at": "2026-01-06", "entries": rows}
    told = client.post(LIST, sent, content_type="application/json", **mine).json()
    assert (told["created"], told["refused"]) == (1, 4)
    faults = [one["faults"] for one in told["rows"]]
    assert "credit_code" in faults[1] and faults[2] == {"region": "不在这把密钥的范围内"}
    assert {"credit_code", "region", "is_listed"} <= faults[3].keys() and faults[4]["nonsense"] == "没有这个字段"
    held = queries.entry(SYSTEM, "listed", told["rows"][0]["id"])
    assert held is not None and held["board"] == "main"
    again = client.post(LIST, sent, content_type="application/json", **mine).json()
    assert (again["created"], again["unchanged"]) == (0, 1)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"source": "bureau", "entries": [{}]}, "可以的来源：finance、firm"),
        ({"source": "finance", "entries": []}, "一次1至500条"),
        ({"source": "finance", "at": "2999-01-01", "entries": [{}]}, "不能晚于今天"),
    ],
)
def test_what_can_not_be_reported_is_refused_in_words(key: Callable[..., Any], sent: Any, words: str) -> None:
    answer = Client().post(LIST, sent, content_type="application/json", **key())
    assert answer.status_code == 409 and words in answer.json()["message"]


def test_a_key_for_registers_says_which_and_where(key: Callable[..., Any]) -> None:
    with pytest.raises(Refused, match="哪些名录"):
        key("registers", registers=())
    with pytest.raises(Refused, match="哪个地方"):
        key("registers", region=None)
