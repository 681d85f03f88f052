"""Going to an address as somebody, and what the answer means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.base import Template
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from guiyan.accounts.standing_in import SESSION as STANDING_IN
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar.clock import forget as forget_clock
from tests.access.doors import NOBODY, Door
from tests.access.world import World

OPEN, REFUSED, CLOSED, BROKEN = "open", "refused in words", "closed", "broken"
# A page may answer so to somebody who is allowed in: the request itself could not be done.
IN_WORDS = (400, 409, 422)
HEALTH = (200, 503)
# What reading may write: that it was read, and that the session is in use.
READING_LOGS = frozenset({"audit_entry", "audit_look", "django_session"})


class Known:
    """Users by session and actors by user, as they were asked for first. What was done and taken back is forgotten."""

    def __init__(self, user: Callable[[HttpRequest], Any], actor: Callable[[HttpRequest], Actor]) -> None:
        self._user, self._actor = user, actor
        self._users: dict[str, Any] = {}
        self._actors: dict[int, Actor] = {}

    def user(self, request: HttpRequest) -> Any:
        session = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
        if not session:
            return self._user(request)
        if session not in self._users:
            self._users[session] = self._user(request)
        return self._users[session]

    def actor(self, request: HttpRequest) -> Actor:
        user = request.user.pk
        if user is None or STANDING_IN in request.session:
            return self._actor(request)
        if user not in self._actors:
            self._actors[user] = self._actor(request)
        return self._actors[user]

    def forget(self) -> None:
        self._users.clear()
        self._actors.clear()
        forget_clock()


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def undrawn() -> Iterator[None]:
    """Pages are not drawn: everything is real up to the template, which is the dearer half of a page."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", lambda self, context: "")
        yield


def address(door: Door, world: World) -> str:
    path = reverse(door.name, kwargs=door.at(world))
    return f"{path}?{door.query}" if door.query else path


def meaning(door: Door, answer: HttpResponse) -> str:
    """What an answer says about the door."""
    if door.name == "healthz" and answer.status_code in HEALTH:
        return OPEN
    if answer.status_code in (401, 403, 404, 405) or is_sign_in(answer, door):
        return CLOSED
    if answer.status_code in IN_WORDS:
        return REFUSED
    return OPEN if answer.status_code < 400 else BROKEN


def is_sign_in(answer: HttpResponse, door: Door) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in/") and door.name != "sign-in"


def addresses(patterns: list[URLPattern | URLResolver] | None = None, prefix: str = "") -> Iterator[str]:
    """The name of every address there is, `area:page`; unnamed ones fail the test by their empty name."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern.url_patterns, inner)
        else:
            yield f"{prefix}{pattern.name or pattern.pattern}"


def reads(client: Client, door: Door, world: World) -> HttpResponse:
    with taken_back():
        return client.get(address(door, world))


def sends(client: Client, door: Door, world: World) -> HttpResponse:
    """What was sent is taken back, and so is a sign-in that came of it."""
    cookies = client.cookies.copy()
    with taken_back():
        answer = client.post(address(door, world), door.body(world))
    client.cookies = cookies
    return answer


def changes() -> dict[str, int]:
    """How many rows of each table this transaction has written until now, taken back or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables "
            "WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
        )
        return dict(cursor.fetchall())


class Writings:
    """Which tables are written to, from one look to the next."""

    def __init__(self) -> None:
        self.known = changes()

    def since(self) -> frozenset[str]:
        before, self.known = self.known, changes()
        return frozenset(table for table, count in self.known.items() if count != before.get(table, 0))


__all__ = ["CLOSED", "NOBODY", "OPEN", "READING_LOGS", "REFUSED"]
