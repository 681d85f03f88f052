"""The worker is killed while a run is matched or sent: the next one goes on, and nobody is told anything twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from guiyan.cli.sms_peer import Peer
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, states
from guiyan.outreach.models import AudienceRow, CountyCount, Delivery, MatchRun, Message, Telling
from tests.cases import people
from tests.kills.processes import Worker, until
from tests.kills.stage import Stage
from tests.outreach import stage as outreach
from tests.outreach.stage import COUNTY, SUBSIDY

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


def killed_and_replaced(stage: Stage, workers: list[Worker], failpoint: str, run: MatchRun, state: str) -> None:
    stage.arm(failpoint)
    workers.append(Worker(stage.database))
    until(workers[-1].was_killed, f"the worker is killed at {failpoint}")
    with psycopg.connect(stage.database.url("owner"), autocommit=True) as connection:
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
    workers.append(Worker(stage.database))
    until(lambda: state_of(run) == state, f"the run becomes {state}")


def state_of(run: MatchRun) -> str:
    with entered(Scope.system()):
        return MatchRun.objects.get(pk=run.pk).state


def test_a_run_killed_anywhere_is_matched_and_sent_once(
    stage: Stage, workers: list[Worker], peer: Peer, tmp_path: Path
) -> None:
    with entered(Scope.system()):
        outreach.with_lists(tmp_path)
        outreach.in_force(SUBSIDY)
        persons = [people.a_returnee(n, name=f"示例{n}") for n in range(50, 53)]
        for person in persons:
            actions.choose_channels(person.actor, choices={states.SMS: True})
        run = outreach.started(SUBSIDY, area=COUNTY)
    killed_and_replaced(stage, workers, "piece_written", run, "computed")
    with entered(Scope.system()):
        assert CountyCount.objects.filter(run=run, measure=SUBSIDY).count() == 1
        audience = AudienceRow.objects.filter(run=run).count()
        run = outreach.again(run)
        run = actions.approve_audience(outreach.qinlan(), run=actions.propose_audience(outreach.helin(), run=run))
        actions.start_sending(outreach.helin(), run=run)
        left = sorted(path.name for path in (settings.GUIYAN_HOME / "matching" / f"run-{run.pk}").iterdir())
    assert left == ["0-verdicts"]
    workers[-1].stop()
    killed_and_replaced(stage, workers, "told_some", run, "sending")
    until(lambda: told_all(run), "all messages are written")
    workers[-1].stop()
    with entered(Scope.system()):
        told = Telling.objects.filter(run=run).count()
        assert Message.objects.filter(run=run).count() == told <= audience


def told_all(run: MatchRun) -> bool:
    with entered(Scope.system()):
        return MatchRun.objects.get(pk=run.pk).told_all_at is not None


def test_a_text_that_the_gateway_took_before_the_kill_goes_out_once(
    stage: Stage, workers: list[Worker], peer: Peer, tmp_path: Path
) -> None:
    with entered(Scope.system()):
        outreach.with_lists(tmp_path)
        outreach.in_force("guarantee-loan-person")
        persons = [people.a_returnee(n, name=f"示例{n}") for n in range(60, 63)]
        for person in persons:
            actions.choose_channels(person.actor, choices={states.SMS: True})
        run = outreach.started("guarantee-loan-person", area=people.VILLAGE // 1000 * 1000)
    workers.append(Worker(stage.database))
    until(lambda: state_of(run) == "computed", "the run is computed")
    workers[-1].stop()
    with entered(Scope.system()):
        run = outreach.again(run)
        run = actions.approve_audience(outreach.qinlan(), run=actions.propose_audience(outreach.helin(), run=run))
        actions.start_sending(outreach.helin(), run=run)
    killed_and_replaced(stage, workers, "text_taken", run, "sent")
    with entered(Scope.system()):
        rows = Delivery.objects.filter(run=run, channel=states.SMS, outcome="sent")
        keys = {f"guiyan-{row.pk}" for row in rows}
        assert keys and {row.receipt for row in rows} == {peer.box.taken[key]["id"] for key in keys}
    assert keys <= set(peer.box.taken) and len(peer.box.taken) == len({row["id"] for row in peer.box.taken.values()})
