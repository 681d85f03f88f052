"""Registrations by the API: a key of its own scope, each record once, every fault named; nothing of a bad one kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.accounts import api_keys
from guiyan.kernel import calendar, jobs, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.outreach.models import Arrival, Message
from guiyan.registers.models import Subject
from tests.outreach import stage
from tests.outreach.arriving import record
from tests.registers.helping import specialist

pytestmark = pytest.mark.usefixtures("scoped_db")
ADDRESS = "/api/v1/registrations"


@pytest.fixture(autouse=True)
def today(at: Callable[[str], object]) -> None:
    at("2026-06-08 09:00")


def client_with(actor: Callable[[str], Actor], *scopes: str) -> Client:
    made = api_keys.create_key(
        actor("yunwei"),
        name="注册登记共享",
        holder="市市场监管局",
        scopes=scopes or ("registrations",),
        per_minute=6_000,
        expires_on=calendar.today() + timedelta(days=30),
    )
    return Client(headers={"authorization": f"Bearer {made.secret}"})


def send(client: Client, body: object, status: int = 200) -> dict[str, object]:
    answer = client.post(ADDRESS, json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return dict(answer.json())


def test_many_come_in_at_once_and_each_is_answered(actor: Callable[[str], Actor], tmp_path: Path) -> None:
    stage.with_lists(tmp_path)
    stage.in_force("startup-subsidy")
    specialist(1, account="lihuifang")
    client = client_with(actor)
    sent = {"records": [record(1), record(2), record(3, founder=3, registered_region="火星")]}
    told = send(client, sent)
    assert (told["new"], told["known"], told["same"], told["refused"]) == (1, 1, 0, 1)
    fault = told["records"][2]["faults"][0]  # type: ignore[index]
    assert fault["field"] == "registered_region" and "不是本市的区划" in fault["wrong"]
    jobs.run_pending()
    assert Message.objects.count() == 1
    again = send(client, sent)
    assert (again["new"], again["same"], again["refused"], Arrival.objects.count()) == (0, 2, 1, 3)
    assert AuditEntry.objects.filter(action="arrival.take").count() == 3
    begun = workflow.history(Arrival.objects.get(number=record(1)["number"]))[0]
    assert begun.actor_label.startswith("接口：市市场监管局（gy_")


def test_the_fields_of_the_pack_are_told(actor: Callable[[str], Actor]) -> None:
    told = client_with(actor).get(f"{ADDRESS}/fields").json()
    fields = {one["id"]: one for one in told["fields"]}
    assert list(fields)[:3] == ["number", "name", "credit_code"] and told["within_days"] == 30
    assert fields["kind"]["codes"]["individual"] == "个体工商户" and fields["credit_code"]["required"] is True
    assert fields["founder_id_number"]["required"] is False


def test_a_key_of_other_scopes_sends_nothing(actor: Callable[[str], Actor]) -> None:
    other = client_with(actor, "measures", "facts", "screen", "screen-file")
    assert send(other, {"records": [record(1)]}, 403)["code"] == "refused"
    assert Client().post(ADDRESS, {}).status_code == 401
    assert not Arrival.objects.exists()


@pytest.mark.parametrize("body", [{}, {"records": []}, {"records": [1]}, {"records": [{}] * 501}, [], {"extra": 1}])
def test_what_is_no_list_of_records_is_refused_as_a_whole(actor: Callable[[str], Actor], body: object) -> None:
    assert send(client_with(actor), body, 422)["code"] == "shape"


VALUES = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30)
JSON = st.recursive(VALUES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*record(1), "x"]), JSON, max_size=6))
def test_whatever_is_sent_is_answered_and_only_good_records_reach_the_registers(
    actor: Callable[[str], Actor], changed: dict[str, object]
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SAVEPOINT example")
    client, before = client_with(actor), Subject.objects.count()
    told = send(client, {"records": [record(1, **changed)]})
    (one,) = told["records"]  # type: ignore[misc]
    refused = one["outcome"] == "refused"  # type: ignore[index]
    assert refused == bool(one["faults"]) and bool(one["why"]) == (one["outcome"] != "new")  # type: ignore[index]
    assert not refused or Subject.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK TO SAVEPOINT example")
