"""The pages of an import cost as many queries with three rows, faults, files and runs as with one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel.calendar import today
from guiyan.packs import Pack
from guiyan.registers import actions
from guiyan.registers.models import ImportFile
from tests.registers.factories import HEAD, csv_file, person_row

pytestmark = pytest.mark.usefixtures("scoped_db")
FIELDS = ["name", "id_number", "residence_region", "phone"]


def handed_in(path: Path, first: int, count: int) -> ImportFile:
    """`count` good rows and as many faulty ones, by an officer of the city."""
    rows = [person_row(serial) for serial in range(first, first + count)]
    rows += [person_row(serial, 常住地="火星镇") for serial in range(first + count, first + 2 * count)]
    content = csv_file(path, HEAD, rows).read_bytes()
    helin = actor_by_username("helin")
    return actions.hand_in(helin, register="person", source="visit", as_of=today(), name=path.name, blocks=[content])


def cost(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return len(captured)


def costs(client: Client, path: Path, first: int, count: int) -> dict[str, int]:
    """Queries of each page that a file passes on its way in and out."""
    helin, found = actor_by_username("helin"), {}
    file = handed_in(path, first, count)
    page = f"/desk/registers/files/{file.pk}/"
    found["columns"] = cost(client, page)
    actions.name_columns(helin, file_id=file.pk, fields=FIELDS)
    found["preview"] = cost(client, page)
    run = actions.confirm_file(helin, file_id=file.pk).run
    assert run is not None and (run.summary["created"], run.summary["refused"]) == (count, count)
    found["result"] = cost(client, f"/desk/registers/imports/{run.pk}/")
    found["undo"] = cost(client, f"/desk/registers/imports/{run.pk}/undo/")
    return found


def test_a_file_of_three_rows_costs_as_many_queries_as_one_of_one_row(
    pack: Pack, tmp_path: Path, client_as: Callable[[str], Client]
) -> None:
    officer, lists = client_as("helin"), "/desk/registers/person/import/"
    one = costs(officer, tmp_path / "一.csv", 1, 1)
    handed_in(tmp_path / "等一.csv", 100, 1)
    with_one = cost(officer, lists)
    assert costs(officer, tmp_path / "三.csv", 10, 3) == one
    for number in range(2):
        handed_in(tmp_path / f"等{number}.csv", 200 + number, 1)
        costs(officer, tmp_path / f"又{number}.csv", 300 + 10 * number, 1)
    assert cost(officer, lists) == with_one
