"""The API: a key, its scopes and its minute; the same answers as the product's own pages; refusals that say why."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.accounts import api_keys
from guiyan.accounts.models import ApiKey, ApiUse
from guiyan.engine.rules import screen
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.errors import NotAllowed, Refused
from guiyan.packs import Pack
from tests.access.world import put_in_force
from tests.plans.factories import published_plan

pytestmark = pytest.mark.usefixtures("scoped_db")
As = Callable[[str], Actor]
Clock = Callable[[str], object]
RETURNEE = {"is_returnee": True, "business_registrations": 1}


@pytest.fixture(autouse=True)
def today(at: Clock) -> None:
    at("2026-06-08 09:00")


@pytest.fixture
def in_force(actor: As) -> None:
    helin = actor("helin")
    put_in_force(helin, published_plan(helin))


OF_THE_CITY = tuple(scope for scope in api_keys.SCOPES if scope not in api_keys.OF_REGISTERS)


def a_key(actor: As, *, scopes: tuple[str, ...] = OF_THE_CITY, per_minute: int = 60) -> str:
    made = api_keys.create_key(
        actor("yunwei"),
        name="市数据局政策专区",
        holder="市数据局",
        scopes=scopes,
        per_minute=per_minute,
        expires_on=calendar.today() + timedelta(days=30),
    )
    return made.secret


def asking(secret: str) -> Client:
    return Client(headers={"authorization": f"Bearer {secret}"})


def ask(client: Client, body: object, status: int = 200) -> dict[str, object]:
    answer = client.post("/api/v1/screen", json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content.decode()
    return dict(answer.json())


def test_the_measures_in_force_are_told_with_their_rules(in_force: None, actor: As, pack: Pack) -> None:
    client = asking(a_key(actor))
    told = client.get("/api/v1/measures?kind=person").json()
    (one,) = [each for each in told["measures"] if each["id"] == "startup-subsidy"]
    assert told["on"] == "2026-06-08" and {each["kind"] for each in told["measures"]} == {"person"}
    assert (one["amount_max_yuan"], one["strength"], one["clause"]["section"]) == (5000, "shall", "二(七)")
    assert [each["when"] for each in one["conditions"]][:2] == ["is_returnee", "business_registrations = 1"]
    assert client.get("/api/v1/measures/startup-subsidy").json() == one
    assert client.get("/api/v1/measures/startup-subsidy?on=2020-01-01").status_code == 404
    assert client.get("/api/v1/measures/nothing").json()["message"].startswith("没有这项政策措施")


def test_before_an_officer_confirmed_it_no_measure_is_told(actor: As) -> None:
    assert asking(a_key(actor)).get("/api/v1/measures").json()["measures"] == []


def test_the_facts_of_the_catalogue(actor: As, pack: Pack) -> None:
    told = {each["id"]: each for each in asking(a_key(actor)).get("/api/v1/facts").json()["facts"]}
    assert set(told) == set(pack.facts)
    assert list(told["degree"]["codes"]) == ["none", "college", "bachelor", "master", "doctor"]
    assert told["five_years_after_graduation"]["derived"] and told["is_returnee"]["question"]


def test_screening_says_what_the_engine_says(in_force: None, actor: As, pack: Pack) -> None:
    client, on = asking(a_key(actor)), date(2026, 6, 8)
    for facts in ({}, RETURNEE, {**RETURNEE, "received": ["startup-subsidy"]}, {"is_returnee": False}):
        told = ask(client, {"kind": "person", "facts": facts})
        wanted = screen(pack.compiled.values(), facts, on=on, kind="person", assume_none_received=True)
        assert {each["id"]: each["verdict"] for each in told["measures"]} == {each.id: each.verdict for each in wanted}
        assert {each["id"]: each["missing"] for each in told["measures"]} == {
            each.id: list(each.missing) for each in wanted
        }
    assert told["next_question"] and told["on"] == "2026-06-08"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"kind": "person", "facts": {"is_rich": True}}, "is_rich"),
        ({"kind": "person", "facts": {"age_years": "young"}}, "age_years"),
        ({"kind": "person", "facts": {"graduation_date": "2026-02-30"}}, "graduation_date"),
        ({"kind": "ghost", "facts": {}}, "kind"),
        ({"kind": "person"}, "facts"),
        ({"kind": "person", "facts": {}, "name": "刘春燕"}, "name"),
        ([], ""),
    ],
)
def test_what_cannot_be_answered_is_refused_by_name(actor: As, body: object, says: str) -> None:
    refusal = ask(asking(a_key(actor)), body, 422)
    assert set(refusal) == {"code", "message"} and says in str(refusal["message"])


def test_without_a_key_that_works_nothing_is_told(actor: As) -> None:
    secret = a_key(actor)
    for client in (Client(), asking("gy_" + "x" * 43), asking(secret.upper()), asking(""), asking("密钥")):
        answer = client.get("/api/v1/facts")
        assert answer.status_code == 401 and answer.headers["WWW-Authenticate"] == "Bearer"
    signed_in = Client()
    signed_in.force_login(actor_user("yunwei"))
    assert signed_in.get("/api/v1/facts").status_code == 401


def actor_user(username: str) -> object:
    from guiyan.accounts.models import User

    return User.objects.get(username=username)


def test_a_key_asks_what_it_was_given_for_and_no_more(actor: As) -> None:
    client = asking(a_key(actor, scopes=("facts",)))
    assert client.get("/api/v1/facts").status_code == 200
    refused = client.get("/api/v1/measures")
    assert refused.status_code == 403 and "measures" in refused.json()["message"]


def test_the_minute_is_full_and_refusals_count(actor: As) -> None:
    client = asking(a_key(actor, per_minute=3))
    assert [client.get("/api/v1/facts").status_code for _ in range(2)] == [200, 200]
    ask(client, {"kind": "ghost"}, 422)
    full = client.get("/api/v1/facts")
    assert full.status_code == 429 and full.headers["Retry-After"] == "60" and "每分钟最多3次" in full.json()["message"]


def test_a_key_ends_by_hand_and_by_its_day(actor: As, at: Clock) -> None:
    first, second = a_key(actor), a_key(actor)
    assert asking(first).get("/api/v1/facts").status_code == 200
    key = ApiKey.objects.get(prefix=first[:9])
    api_keys.revoke_key(actor("yunwei"), key_id=key.pk)
    api_keys.revoke_key(actor("yunwei"), key_id=key.pk)
    assert asking(first).get("/api/v1/facts").status_code == 401
    at("2026-07-08 09:00")
    assert asking(second).get("/api/v1/facts").status_code == 200
    at("2026-07-09 09:00")
    assert asking(second).get("/api/v1/facts").status_code == 401


def test_the_secret_is_nowhere_kept(actor: As) -> None:
    secret = a_key(actor)
    row = ApiKey.objects.values().get(prefix=secret[:9])
    assert secret not in str(row) and secret[9:] not in str(row)
    assert secret[9:] not in str(list(AuditEntry.objects.filter(action="api.key.create").values()))


def test_keys_are_for_whoever_may_manage_them(actor: As) -> None:
    with pytest.raises(NotAllowed):
        api_keys.create_key(
            actor("zhoumin"), name="a", holder="b", scopes=["facts"], per_minute=1, expires_on=calendar.today()
        )
    for wrong in (
        {"scopes": []},
        {"scopes": ["all"]},
        {"per_minute": 0},
        {"expires_on": date(2026, 6, 7)},
        {"name": " "},
    ):
        given = {"name": "a", "holder": "b", "scopes": ["facts"], "per_minute": 1, "expires_on": date(2026, 6, 9)}
        with pytest.raises(Refused):
            api_keys.create_key(actor("yunwei"), **{**given, **wrong})  # type: ignore[arg-type]


def test_the_page_shows_the_secret_once(client_as: Callable[[str], Client]) -> None:
    yunwei = client_as("yunwei")
    form = {
        "name": "政策专区",
        "holder": "市数据局",
        "scopes": ["facts"],
        "per_minute": "60",
        "expires_on": "2026-12-31",
    }
    assert yunwei.post("/desk/keys/new/", {**form, "expires_on": "2030-01-01"}).status_code == 422
    made = yunwei.post("/desk/keys/new/", form).content.decode()
    secret = made.partition("<code>")[2].partition("<")[0]
    assert asking(secret).get("/api/v1/facts").status_code == 200
    listed = yunwei.get("/desk/keys/").content.decode()
    assert secret not in listed and secret[:9] in listed and "政策专区" in listed
    key = ApiKey.objects.get()
    assert yunwei.post(f"/desk/keys/{key.pk}/revoke/").status_code == 302
    assert asking(secret).get("/api/v1/facts").status_code == 401
    assert "已停用" in yunwei.get("/desk/keys/").content.decode()


def test_counts_of_long_ago_go_but_when_a_key_was_used_last_stays(actor: As) -> None:
    asking(a_key(actor)).get("/api/v1/facts")
    use = ApiUse.objects.get()
    ApiUse.objects.create(key=use.key, minute=use.minute - timedelta(days=2), count=5)
    ApiUse.objects.filter(pk=use.pk).update(minute=use.minute - timedelta(days=1))
    api_keys.forget_old_use()
    assert [row.pk for row in ApiUse.objects.all()] == [use.pk]


def test_a_question_costs_few_statements(
    in_force: None, actor: As, max_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    client = asking(a_key(actor))
    ask(client, {"kind": "person", "facts": RETURNEE})
    with max_queries(16):
        ask(client, {"kind": "person", "facts": RETURNEE})


PEOPLE: dict[str, list[object]] = {
    "subject_id": [1, 2, 3, 4],
    "is_returnee": [True, True, False, None],
    "business_registrations": [1, 2, 1, 1],
    "received": [[], [], [], []],
}


def parquet(columns: Mapping[str, object]) -> SimpleUploadedFile:
    out = io.BytesIO()
    pl.DataFrame(columns).write_parquet(out)
    return SimpleUploadedFile("facts.parquet", out.getvalue())


def test_a_file_is_screened_as_each_of_its_rows(in_force: None, actor: As, pack: Pack) -> None:
    client = asking(a_key(actor))
    answer = client.post("/api/v1/screen-file?kind=person", {"file": parquet(PEOPLE)})
    assert answer.status_code == 200, b"".join(answer)
    found = pl.read_parquet(io.BytesIO(b"".join(answer)))
    rows = {(row["subject_id"], row["measure_id"]): row for row in found.iter_rows(named=True)}
    for place, subject_id in enumerate(PEOPLE["subject_id"]):
        facts = {name: PEOPLE[name][place] for name in PEOPLE if name != "subject_id"}
        for each in screen(pack.compiled.values(), facts, on=date(2026, 6, 8), kind="person"):
            row = rows.get((subject_id, each.id))
            assert (row and row["verdict"]) == (each.verdict if each.verdict in ("yes", "unknown") else None), each
            assert row is None or tuple(row["missing"]) == each.missing
    told = b"".join(client.post("/api/v1/screen-file?kind=person&form=csv", {"file": parquet(PEOPLE)})).decode()
    assert "1,startup-subsidy,yes,500000," in told and "4,startup-subsidy,unknown,500000,is_returnee" in told


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"subject_id": [1], "is_rich": [True]}, "is_rich"),
        ({"subject_id": [1], "is_returnee": ["yes"]}, "is_returnee"),
        ({"is_returnee": [True]}, "subject_id"),
        ({"subject_id": [1, 1], "is_returnee": [True, True]}, "1"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_its_column(
    in_force: None, actor: As, columns: Mapping[str, object], says: str
) -> None:
    answer = asking(a_key(actor)).post("/api/v1/screen-file?kind=person", {"file": parquet(columns)})
    assert answer.status_code == 422 and says in answer.json()["message"]


def test_what_is_no_parquet_or_too_large_is_refused(actor: As, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = asking(a_key(actor))
    words = SimpleUploadedFile("facts.parquet", "不是表".encode())
    assert client.post("/api/v1/screen-file?kind=person", {"file": words}).status_code == 422
    assert client.post("/api/v1/screen-file?kind=person", {}).status_code == 422
    monkeypatch.setattr("guiyan.api.bulk.LARGEST", 10)
    large = client.post("/api/v1/screen-file?kind=person", {"file": parquet(PEOPLE)})
    assert large.status_code >= 400 and "文件最大" in large.json()["message"]
    assert list(tmp_path.iterdir()) == []


def test_the_api_describes_itself() -> None:
    told = Client().get("/api/v1/openapi.json").json()
    assert set(told["paths"]) == {
        "/api/v1/measures",
        "/api/v1/measures/{measure_id}",
        "/api/v1/facts",
        "/api/v1/screen",
        "/api/v1/screen-file",
        "/api/v1/registrations",
        "/api/v1/registrations/fields",
        "/api/v1/registers",
        "/api/v1/registers/{register_id}/entries",
        "/api/v1/registers/{register_id}/entries/{entry_id}",
    }
    page = Client().get("/api/v1/docs").content.decode()
    assert "swagger-ui-bundle.js" in page and "cdn" not in page


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(["age_years", "is_returnee", "received", "received_yuan", "degree", "hukou_region", "birth"])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.one_of(JSON, st.fixed_dictionaries({"kind": st.just("person"), "facts": st.dictionaries(NAMES, JSON)})))
def test_whatever_is_sent_is_answered_or_refused(actor: As, body: object) -> None:
    client = asking(a_key(actor, per_minute=6_000))
    answer = client.post("/api/v1/screen", json.dumps(body), content_type="application/json")
    assert answer.status_code in (200, 422), answer.content.decode()
    if answer.status_code == 422:
        assert set(answer.json()) == {"code", "message"}
