"""What waits in cases, checks, batches and mandates, with the page where it is done."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases import queries
from guiyan.cases.queries import WorkRow
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor

WORKING = (
    "case.accept",
    "case.check",
    "case.review",
    "case.enter",
    "case.help",
    "batch.prepare",
    "batch.recheck",
    "batch.sign",
    "payment.request",
    "case.oversee",
    "case.supervise",
    "case.remark",
)
PAGES = {
    "case": "cases:page",
    "draft": "cases:draft",
    "check": "cases:check",
    "batch": "batches:page",
    "mandate": "cases:mandate",
    "opinion": "cases:opinion",
    "alert": "cases:alert",
    "mention": "cases:mention",
}


def todos(actor: Actor) -> list[Todo]:
    """Each source is bounded by the query."""
    return [_todo(row) for row in queries.work_for(actor)]


def _todo(row: WorkRow) -> Todo:
    return Todo(
        href=reverse(PAGES[row.kind], args=[row.key]),
        todo=row.todo,
        title=row.title,
        who=row.who,
        light=row.light,
        note=row.note,
        place=row.place,
        entry=row.entry,
        due_on=row.due_on,
        can_act=row.can_act,
        green=row.green,
    )
