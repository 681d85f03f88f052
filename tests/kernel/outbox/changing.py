"""Run as a process of its own by the kill tests: `python -m tests.kernel.outbox.changing STEP…`.

Each step is done by a forked child, so that it can be killed, and prints one line of JSON:
change      put a paper on its flow and submit it, which publishes
work        run what is due; the receiver counts papers
count       what is in the database now
`change:locked` kills that child at the failpoint.
"""

from __future__ import annotations

import json
import os
import sys

import django


def main(steps: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guiyan.config.settings")
    django.setup()
    register()
    for step in steps:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            do(*step.split(":"))
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if step != "count":
            print(json.dumps({"step": step, "exit": os.waitstatus_to_exitcode(status)}))


def register() -> None:
    from django.db import connection

    from guiyan.kernel import outbox
    from guiyan.kernel.outbox import Event, registry

    registry._receivers.clear()

    @outbox.receiver("case.submitted", name="test.count")
    def count(event: Event) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO counted (case_id) VALUES (%s)", [event.number("case_id")])


def do(what: str, failpoint: str = "") -> None:
    from guiyan.kernel import jobs
    from guiyan.kernel.scope import Scope, entered
    from tests.kernel.workflow.papers import submitted

    os.environ["GUIYAN_FAILPOINT"] = failpoint
    if what == "change":
        with entered(Scope.system()):
            submitted()
    elif what == "work":
        jobs.requeue_stalled(0)
        jobs.run_pending()
    else:
        print(json.dumps(counts()))


def counts() -> dict[str, int]:
    from django.db import connection

    from guiyan.kernel.scope import Scope, entered

    tables = {"papers": "paper", "log": "workflow_log", "events": "outbox_event", "counted": "counted"}
    with entered(Scope.system()), connection.cursor() as cursor:
        found: dict[str, int] = {}
        for name, table in tables.items():
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[name] = cursor.fetchone()[0]
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
