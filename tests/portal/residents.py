"""Residents at the portal: sample accounts that belong to people of the registers."""

from __future__ import annotations

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.cases.queries import Case
from tests.cases import people
from tests.cases.people import Person

APPLY = f"/apply/{people.ITEM}/"
TYPED = {**people.ANSWERS, "jobs_led": "4"}


def resident(username: str = "liuchunyan", *, serial: int = 1, firms: int = 1) -> tuple[Client, Person]:
    """Somebody of the registers with the account of that name, signed in."""
    user = User.objects.get(username=username)
    person = people.a_returnee(serial, name=user.name, firms=firms)
    User.objects.filter(pk=user.pk).update(subject_id=person.subject_id)
    user.refresh_from_db()
    client = Client()
    client.force_login(user)
    return client, Person(person.subject_id, user.name, actor_of(user))


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:3000]
    return answer.content.decode()


def cost(client: Client, path: str) -> int:
    """How many statements a page takes."""
    with CaptureQueriesContext(connection) as captured:
        page(client, path)
    return len(captured.captured_queries)


def words(html: str) -> str:
    """What a reader sees of a page's body, without tags and spaces."""
    body = html.partition("<main")[2].partition("</main>")[0]
    return re.sub(r"\s+", "", re.sub(r"<[^>]+>", "", body))


def begun(client: Client) -> str:
    """The address of a draft that was just opened."""
    answer = client.post(APPLY)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return str(answer.url)  # type: ignore[attr-defined]


def filled(client: Client) -> str:
    """A draft with everything it needs, through the pages."""
    path = begun(client)
    client.post(path, {**TYPED, "do": "files", "file-id_card": photo("id.png"), "file-account": photo("card.png")})
    return path


def photo(name: str, content: bytes = people.PHOTO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def token_in(html: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', html)
    assert found, html[:2000]
    return found.group(1)


def confirming(html: str) -> dict[str, str]:
    """What the page to look over sends when it is confirmed."""
    mark = re.search(r'name="confirmed" value="([^"]+)"', html)
    assert mark, html[:2000]
    return {"token": token_in(html), "confirmed": mark.group(1)}


def sent(client: Client) -> Case:
    """Submitted through the pages."""
    path = filled(client)
    answer = client.post(f"{path}check/", confirming(page(client, f"{path}check/")))
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Case.objects.get(pk=int(path.rstrip("/").rpartition("/")[2]))
