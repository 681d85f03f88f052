"""What somebody asked, ordered or booked and nobody has answered yet."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Light
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries

WORKING = ("answer.handle",)


def todos(actor: Actor) -> list[Todo]:
    if not holds(actor, "answer.handle"):
        return []
    waiting = [line for register in queries.answer_registers() for line in queries.answers_waiting(actor, register)]
    return [
        Todo(
            href=reverse("answers:page", args=[line.register.id, line.subject_id]),
            todo="回复",
            title=line.about,
            who=line.who,
            light=Light("ok", "等回复"),
            note=line.register.label,
            entry="网上提交",
        )
        for line in waiting
    ]
