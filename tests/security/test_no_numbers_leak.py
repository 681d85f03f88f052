"""After a county's work no identity number, phone or account stands in clear anywhere but where it was asked for."""

from __future__ import annotations

import logging
import re
from datetime import date

import psycopg
import pytest
from django.db import connection
from django.test import Client
from psycopg import sql

from guiyan.registers.sample.numbers import id_number
from tests import database
from tests.access.doors import Door, all_doors
from tests.access.knocking import reads, sends
from tests.access.world import World
from tests.cases import people

pytestmark = pytest.mark.commits
ADDRESS = re.compile(r'(?:href|action|src|hx-[a-z]+|data-[a-z]+)="([^"]*)"')
# One's own number in full, asked for with a purpose and logged; the person's own form; the file for the treasury.
IN_FULL = {"cases:reveal", "registers:reveal", "arrivals:phone", "payments:file"}
# Downloads of papers people brought; nothing of ours is in them.
PAPERS = {"cases:material", "cases:mandate-paper", "portal:mandate-paper", "portal:material", "portal:apply-file"}


def numbers(world: World) -> list[str]:
    """Everything secret that went in: identity numbers of all, their phone, their account."""
    own = [id_number(people.BORN, "女", serial) for serial in range(1, world.serial + 1)]
    return [*own, "15412345678", people.ANSWERS["account_number"], id_number(date(1997, 5, 12), "男", 401)]


def test_no_table_holds_one_in_clear(world: World) -> None:
    url = database.server().url("super", str(connection.settings_dict["NAME"]))
    found = []
    with psycopg.connect(url) as administrator:
        tables = administrator.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        assert len(tables) > 40
        for (table,) in tables:
            query = sql.SQL("SELECT count(*) FROM {} AS t WHERE t::text LIKE ANY (%s)").format(sql.Identifier(table))
            row = administrator.execute(query, [[f"%{number}%" for number in numbers(world)]]).fetchone()
            if row is None or row[0]:
                found.append(table)
    assert found == []


def test_no_log_line_no_address_and_no_page_shows_one(undone: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    secret, shown = numbers(undone), []
    for door in all_doors():
        for who in sorted(door.readers | door.senders)[:1]:
            pages = pages_of(door, undone, who)
            addresses = " ".join(ADDRESS.findall(pages))
            shown += [f"address on {door.label}" for number in secret if number in addresses]
            if door.name not in IN_FULL | PAPERS:
                shown += [f"{door.label} to {who}" for number in secret if number in pages]
    logged = [record.getMessage() for record in caplog.records if record.name != "django.db.backends"]
    shown += [f"log: {line[:80]}" for line in logged for number in secret if number in line]
    assert sorted(set(shown)) == []


def pages_of(door: Door, world: World, username: str) -> str:
    from guiyan.accounts.models import User

    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    answers = [reads(client, door, world), sends(client, door, world)]
    return "".join(b"".join(answer).decode(errors="replace") for answer in answers)
