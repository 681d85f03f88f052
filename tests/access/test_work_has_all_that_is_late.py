"""Whatever carries a light, wherever it is shown, stands in the work of at least one person (我的工作)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from guiyan.accounts.models import User
from guiyan.accounts.scope import scope_of
from guiyan.cases import states
from guiyan.cases.models import Batch, BatchLine, Case, CaseCheck
from guiyan.desk.todos import Todo, gather
from guiyan.kernel.scope import entered
from guiyan.kernel.workflow.models import ClockRow
from guiyan.ledger.models import PaymentLine
from guiyan.lending.models import Referral
from guiyan.notices.models import Objection
from guiyan.plans.models import ReportedFigure, SupervisionOrder
from tests.access.world import World
from tests.cases import people
from tests.prepared import clock_to

ClientAs = Callable[[str], Client]
RUNS_OUT_BY_ITSELF = ("notice", "rating")
"""The public reads, the resident judges: no office acts before the last day, and then the worker does."""


@pytest.fixture
def lines(undone: World) -> dict[str, list[Todo]]:
    """Everybody's work in July, when most is late: who has which lines."""
    clock_to("2026-07-20 09:00")
    found = {}
    for name in User.objects.exclude(posts=None).order_by("username").values_list("username", flat=True):
        actor = people.as_actor(name)
        with entered(scope_of(actor)):
            found[name] = gather(actor)
    return found


def test_whatever_has_a_running_clock_is_in_somebodys_work(lines: dict[str, list[Todo]]) -> None:
    told = {todo.href for todos in lines.values() for todo in todos}
    rows = ClockRow.objects.filter(stopped_on=None, due_on__isnull=False).exclude(clock__in=RUNS_OUT_BY_ITSELF)
    lost = [(row.object_type, row.object_id, row.clock) for row in rows if not told & set(pages_of(row))]
    assert len(rows) > 12
    assert lost == []


def test_it_is_late_there_as_it_is_late_in_the_list(lines: dict[str, list[Todo]]) -> None:
    late = {todo.href for todos in lines.values() for todo in todos if todo.light.state == "late"}
    rows = ClockRow.objects.filter(stopped_on=None, due_on__lt="2026-07-20").exclude(clock__in=RUNS_OUT_BY_ITSELF)
    assert [(row.object_type, row.clock) for row in rows if not late & set(pages_of(row))] == []


def pages_of(row: ClockRow) -> list[str]:
    """The pages on which something may be done about it."""
    return PAGES[row.object_type](row.object_id)


def pages_of_case(pk: int) -> list[str]:
    case = Case.objects.get(pk=pk)
    lines = BatchLine.objects.filter(case=case, removed_at=None)
    requests = PaymentLine.objects.filter(case_ref=case.ref).values_list("request__number", flat=True)
    return [
        reverse("cases:page", args=[case.number]),
        reverse("demands:page", args=[case.number]),
        *(reverse("cases:check", args=[pk]) for pk in CaseCheck.objects.filter(case=case).values_list("pk", flat=True)),
        *(reverse("batches:page", args=[number]) for number in lines.values_list("batch__number", flat=True)),
        *(reverse("payments:request", args=[number]) for number in requests),
        *(
            reverse("notices:objection", args=[number])
            for number in Objection.objects.filter(row__case=case).values_list("number", flat=True)
        ),
        *(
            reverse("loans:request", args=[pk])
            for pk in Referral.objects.filter(case_ref=case.ref).values_list("pk", flat=True)
        ),
    ]


def pages_of_batch(pk: int) -> list[str]:
    batch = Batch.objects.get(pk=pk)
    lines = BatchLine.objects.filter(batch=batch, removed_at=None, case__state__in=states.UNPAID)
    return [
        reverse("batches:page", args=[batch.number]),
        *(page for line in lines for page in pages_of_case(line.case_id)),
    ]


PAGES: dict[str, Callable[[int], list[str]]] = {
    "case": pages_of_case,
    "batch": pages_of_batch,
    "objection": lambda pk: [reverse("notices:objection", args=[Objection.objects.get(pk=pk).number])],
    "supervision": lambda pk: [reverse("supervision:order", args=[SupervisionOrder.objects.get(pk=pk).number])],
    "figure": lambda pk: [reverse("plans:figure", args=[ReportedFigure.objects.get(pk=pk).pk])],
    "data_request": lambda pk: [reverse("rights:page", args=[pk])],
    "arrival": lambda pk: [reverse(f"arrivals:{name}", args=[pk]) for name in ("page", "helper", "contact")],
}
