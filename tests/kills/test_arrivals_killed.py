"""The worker is killed while a first registration is followed or texted: the next one goes on, nobody is told twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from guiyan.cli.sms_peer import Peer
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, states
from guiyan.outreach.models import Arrival, ArrivalMeasure, Delivery, Message, Telling
from guiyan.registers.models import Relation
from tests.cases import people
from tests.kills.processes import Worker, until
from tests.kills.stage import Stage
from tests.outreach import stage as outreach
from tests.outreach.arriving import arrival, record, sent
from tests.registers.helping import specialist

pytestmark = [pytest.mark.kills, pytest.mark.commits]


@pytest.fixture
def peer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Peer]:
    """A gateway that workers started from here know."""
    server = Peer(0, tmp_path / "messages.jsonl")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("GUIYAN_SMS_URL", server.url)
    yield server
    server.shutdown()
    server.server_close()


def killed(stage: Stage, workers: list[Worker], failpoint: str) -> None:
    """The next worker is killed there; its heartbeat is made old, so that another takes its job over."""
    stage.arm(failpoint)
    workers.append(Worker(stage.database))
    until(workers[-1].was_killed, f"the worker is killed at {failpoint}")
    with psycopg.connect(stage.database.url("owner"), autocommit=True) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


def count() -> tuple[int, int, int, int]:
    with entered(Scope.system()):
        return (
            Message.objects.filter(arrival__isnull=False).count(),
            Telling.objects.filter(message__arrival__isnull=False).count(),
            ArrivalMeasure.objects.count(),
            Relation.objects.filter(kind="first-helper").count(),
        )


def state() -> str:
    with entered(Scope.system()):
        return arrival(81).state


def text_gone() -> bool:
    with entered(Scope.system()):
        return Delivery.objects.filter(run=None, channel=states.SMS, outcome="sent").exists()


def test_killed_while_followed_and_while_texted_it_is_done_once(
    stage: Stage, workers: list[Worker], peer: Peer, tmp_path: Path
) -> None:
    with entered(Scope.system()):
        outreach.with_lists(tmp_path)
        outreach.in_force("startup-subsidy")
        specialist(81, account="lihuifang")
        person = people.a_returnee(81, name="示例81", firms=0)
        actions.choose_channels(person.actor, choices={states.SMS: True})
        mine = {"founder_name": "示例81", "founder_id_number": people.id_number(people.BORN, "女", 81)}
        sent(record(81, **mine), run=False)
    killed(stage, workers, "arrival_followed")
    assert count() == (0, 0, 0, 0) and state() == "received"
    killed(stage, workers, "text_taken")
    assert state() == "helping" and not text_gone()
    before = count()
    assert before[0] == before[3] == 1 and before[1] >= 1
    workers.append(Worker(stage.database))
    until(text_gone, "the text is known to have gone out")
    assert count() == before
    with entered(Scope.system()):
        text = Delivery.objects.get(run=None, channel=states.SMS)
        assert peer.box.taken[f"guiyan-{text.pk}"]["id"] == text.receipt and len(peer.box.taken) == 1
        assert Arrival.objects.get(number=record(81)["number"]).helper_account == "lihuifang"
