"""Each register tried as each scope: its list, an entry of it, its search and the API. Raw SQL is in
tests/kernel/scope/test_leaks.py, over every walled table there is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from django.test import Client

from guiyan.accounts import api_keys
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.packs import Pack
from guiyan.registers.sample.declared import Maker
from guiyan.registers.writing import Report, take
from tests.registers.factories import COUNTY

pytestmark = pytest.mark.usefixtures("scoped_db")
CHONGYANG = 421223000000
ClientAs = Callable[[str], Client]
PLACES = {"here": COUNTY, "there": CHONGYANG}
READERS = {"zhoumin": ("here",), "caoyun": ("there",), "helin": ("here", "there"), "marketchecker": (), "sunli": ()}


def planted(pack: Pack, register_id: str) -> dict[str, int]:
    """One entry in each county, named by where it is."""
    register = pack.registers[register_id]
    maker = Maker(pack, date(2026, 6, 1), Random(7))
    maker.keys = {one: [] for one in pack.registers}
    found = {}
    with entered(Scope.system()):
        for name, county in PLACES.items():
            values = {**maker.entry(register, county), register.title_field: f"某某{name}"}
            values[register.region_field] = county
            (taken,) = take(pack, register, [Report(values, next(iter(register.sources)), date(2026, 5, 1))], region=0)
            found[name] = taken.subject_id
    return found


def test_no_register_shows_another_place_by_any_way(client_as: ClientAs, actor: Callable[[str], Actor]) -> None:
    pack = releases.current()
    wrong = [line for register_id in pack.registers for line in tried(pack, register_id, client_as, actor)]
    assert wrong == []


def tried(pack: Pack, register_id: str, client_as: ClientAs, actor: Callable[[str], Actor]) -> list[str]:
    ids, wrong = planted(pack, register_id), []
    for who, seen in READERS.items():
        client = client_as(who)
        listed = client.get(f"/desk/registers/{register_id}/?q=某某")
        for name, subject_id in ids.items():
            shown = listed.status_code == 200 and f"某某{name}" in listed.content.decode()
            opened = client.get(f"/desk/registers/{register_id}/{subject_id}/").status_code
            if (shown, opened) != ((True, 200) if name in seen else (False, 404)):
                wrong.append(f"{register_id} of {name} for {who}: in the list {shown}, its page {opened}")
    return wrong + through_the_api(register_id, ids, actor)


def through_the_api(register_id: str, ids: dict[str, int], actor: Callable[[str], Actor]) -> list[str]:
    key = api_keys.create_key(
        actor("yunwei"),
        name=f"试{register_id}",
        holder="通山县数据局",
        scopes=("registers",),
        per_minute=600,
        expires_on=date(2026, 12, 31),
        registers=(register_id,),
        region=COUNTY,
    )
    headers, address = {"HTTP_AUTHORIZATION": f"Bearer {key.secret}"}, f"/api/v1/registers/{register_id}/entries"
    read = {one["id"] for one in Client().get(address, **headers).json()["entries"]}  # type: ignore[arg-type]
    one = Client().get(f"{address}/{ids['there']}", **headers).status_code  # type: ignore[arg-type]
    told = (ids["here"] in read, ids["there"] in read, one)
    return [] if told == (True, False, 404) else [f"{register_id} through the API: {told}"]
