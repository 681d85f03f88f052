"""创业一件事 at the desk: one form at the counter, each paper once, sent together; a helper with one mandate."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guiyan.cases import actions
from guiyan.cases.models import Case, Joint
from tests.cases import people
from tests.cases.test_together import ALL, BOTH, BUNDLE, GRADUATE, SUBSIDY

SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def morning(scoped_db: object, at: Callable[[str], object], tmp_path: Path) -> None:
    at("2026-06-08 09:00")
    people.with_budget()
    people.with_list(tmp_path)


def opened(client: Client, person: people.Person, entry: str = "counter") -> str:
    answer = client.post("/desk/cases/together/open/", {"entry": entry, "bundle": BUNDLE, "subject": person.subject_id})
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.url)  # type: ignore[attr-defined]


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def papers(client: Client, path: str) -> None:
    for material in ("id_card", "account"):
        file = SimpleUploadedFile(f"{material}.png", people.PHOTO)
        client.post(f"{path}materials/{material}/", {"file": file})


def test_at_the_counter_it_begins_with_what_is_for_her_and_all_goes_together(client_as: SignIn) -> None:
    client, person = client_as("chenjing"), people.a_returnee()
    found = page(client, "/desk/cases/new/?entry=counter&q=刘春燕")
    assert "创业一件事" in found
    path = opened(client, person)
    assert Joint.objects.get().chosen == [SUBSIDY]
    client.post(f"{path}items/", {"items": BOTH})
    html = page(client, path)
    assert html.count('name="account_number"') == 1 and 'name="school"' in html
    missing = client.post(path, {"token": Joint.objects.get().submission_token, "school": "湖北科技学院"})
    said = missing.content.decode()
    assert "请填写开户银行" in said and "还没有交身份证" in said and 'value="湖北科技学院"' in said
    papers(client, path)
    sending = {**ALL, "token": Joint.objects.get().submission_token}
    first, again = client.post(path, sending), client.post(path, sending)
    assert first.url == again.url  # type: ignore[attr-defined]
    html = page(client, first.url)  # type: ignore[attr-defined]
    assert "一起办的" in html and "绿色通道" in html
    assert Case.objects.filter(state="submitted", entry="counter").count() == 2


def test_a_draft_is_kept_found_again_and_given_up(client_as: SignIn) -> None:
    client, person = client_as("chenjing"), people.a_returnee()
    path = opened(client, person)
    assert client.post(f"{path}save/", {"returned_from": "广东省东莞市"}).status_code == 204
    assert opened(client, person) == path and "广东省东莞市" in page(client, path)
    assert client.post(f"{path}save/", {"leave": "1"}).status_code == 302
    case = Case.objects.get()
    assert client.get(f"/desk/cases/drafts/{case.pk}/").url == path  # type: ignore[attr-defined]
    page(client_as("zhoumin"), path, 404)
    assert client_as("zhoumin").post(f"{path}drop/").status_code == 404
    client.post(f"{path}drop/")
    assert Case.objects.get().state == "withdrawn"
    assert client.get(path).status_code == 302


def test_what_she_has_applied_for_is_said_and_the_rest_can_be_done(client_as: SignIn) -> None:
    client, person = client_as("chenjing"), people.a_returnee()
    first = people.submitted(person)
    path = opened(client, person)
    assert Joint.objects.get().chosen == [GRADUATE]
    assert first.number in page(client, path)
    refused = client.post(f"{path}items/", {"items": BOTH}, follow=True)
    assert first.number in refused.content.decode() and Joint.objects.get().chosen == [GRADUATE]


def test_a_helper_needs_her_yes_to_one_mandate(client_as: SignIn) -> None:
    client, person = client_as("lihuifang"), people.a_returnee()
    refused = client.post(
        "/desk/cases/together/open/", {"entry": "helper", "bundle": BUNDLE, "subject": person.subject_id}, follow=True
    )
    assert "没有这位居民的委托书" in refused.content.decode()
    mandate = actions.give_mandate(
        people.as_actor("lihuifang"),
        subject_id=person.subject_id,
        item=BUNDLE,
        valid_to=date(2026, 6, 30),
        name="委托书.pdf",
        content=people.PAPER,
    )
    assert "创业一件事" in page(client, f"/desk/mandates/{mandate.pk}/")
    actions.confirm_mandate(person.actor, mandate=mandate)
    path = opened(client, person, "helper")
    actions.end_mandate(person.actor, mandate=mandate, reason="我自己办")
    stopped = client.post(path, {**ALL, "token": Joint.objects.get().submission_token})
    assert stopped.status_code == 403 and "终止" in stopped.content.decode()
    page(client_as("caoyun"), path, 404)
