"""Two people book the same hour at the same moment, each in a transaction of her own: one of them has it."""

from __future__ import annotations

import threading
from datetime import datetime

import pytest
from django.db import connection

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions
from guiyan.registers.keeping.overlaps import Taken
from guiyan.registers.tables import table_of
from guiyan.registers.values import SHANGHAI, Value
from tests.cases import people
from tests.registers.factories import COUNTY

pytestmark = pytest.mark.commits
AT = (datetime(2026, 6, 10, 9, tzinfo=SHANGHAI), datetime(2026, 6, 10, 11, tzinfo=SHANGHAI))


@pytest.mark.usefixtures("committed_db")
def test_of_two_at_once_one_has_it() -> None:
    from guiyan.kernel import releases
    from tests.prepared import clock_to

    clock_to("2026-06-08 09:00")
    with entered(Scope.system()):
        machine = actions.record(
            SYSTEM,
            register="equipment",
            values={"name": "示例电镜", "number": "SB1", "region": COUNTY, "kind": "instrument", "status": "open"},
            source="holder",
        )
        for serial, username in enumerate(("liuchunyan", "wangjian"), 1):
            person = people.a_returnee(serial, name=username)
            User.objects.filter(username=username).update(subject_id=person.subject_id)
    together, came = threading.Barrier(2, timeout=30), dict[str, str]()

    def book(username: str) -> None:
        try:
            with entered(Scope.system()):
                actor = actor_of(User.objects.get(username=username))
                values: dict[str, Value] = {"starts_at": AT[0], "ends_at": AT[1], "purpose": "示例"}
                values |= {"contact": "某人", "contact_phone": "15412340000"}
                together.wait()
                actions.ask(actor, register="equipment-booking", answered_id=machine, values=values)
            came[username] = "has it"
        except Taken:
            came[username] = "taken"
        finally:
            connection.close()

    threads = [threading.Thread(target=book, args=[name]) for name in ("liuchunyan", "wangjian")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(came.values()) == ["has it", "taken"]
    with entered(Scope.system()):
        assert table_of(releases.current(), "equipment-booking")._default_manager.count() == 1
