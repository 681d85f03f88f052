"""Two people do the same thing at the same moment, over two real connections: one wins, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.scope import Scope, entered
from tests.fixtures import TestDatabase
from tests.kernel.workflow.papers import CHECKS, Paper, in_checks, make_table, person, submitted

pytestmark = pytest.mark.commits


def at_once(first: Actor, second: Actor, act: object) -> list[str]:
    """What each of the two was told: nothing, or the code of the refusal."""
    start = Barrier(2, timeout=30)

    def run(actor: Actor) -> str:
        try:
            with entered(Scope.system()):
                start.wait()
                act(actor)  # type: ignore[operator]
        except Refused as refusal:
            return f"{refusal.code}: {refusal.message}"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        return sorted(pool.map(run, (first, second)))


def test_one_of_two_acceptances_wins(committed_db: TestDatabase) -> None:
    make_table(committed_db)
    with entered(Scope.system()):
        number = submitted().pk
    answers = at_once(
        person(2, "周敏"),
        person(3, "曹云"),
        lambda actor: workflow.advance(Paper.objects.get(pk=number), "accept", actor=actor, steps=CHECKS),
    )
    assert answers[0] == "done"
    assert answers[1].startswith("wrong_state: 这件刚刚已由") or answers[1].startswith("wrong_state: 现在是“核验中”")
    with entered(Scope.system()):
        paper = Paper.objects.get(pk=number)
        assert [entry.verb for entry in workflow.history(paper)] == ["begin", "submit", "accept"]
        assert len(workflow.steps(paper)) == len(CHECKS)
        assert OutboxEvent.objects.filter(event="case.accepted").count() == 1


def test_the_last_two_checks_at_once_move_the_paper_on_once(committed_db: TestDatabase) -> None:
    make_table(committed_db)
    with entered(Scope.system()):
        number = in_checks().pk

    def finish(actor: Actor) -> None:
        step = "market" if actor.user_id == 20 else "town"
        workflow.finish_step(Paper.objects.get(pk=number), step, actor=actor, result="passed")

    assert at_once(person(20), person(21), finish) == ["done", "done"]
    with entered(Scope.system()):
        paper = Paper.objects.get(pk=number)
        assert paper.state == "reviewing"
        assert [entry.verb for entry in workflow.history(paper)].count("finish_checks") == 1
        assert OutboxEvent.objects.filter(event="case.checked").count() == 1
