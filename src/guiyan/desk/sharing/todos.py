"""Applications for other bureaus' data that wait for an officer of the holder."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Light
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.registers.queries import sharing
from guiyan.registers.sharing.using import AUTHORISE

WORKING = (AUTHORISE,)


def todos(actor: Actor) -> list[Todo]:
    if not holds(actor, AUTHORISE):
        return []
    return [
        Todo(
            href=reverse("sharing:answer", args=[use.pk]),
            todo="答复数据申请",
            title=sharing.label_of(use.list_id),
            who=use.asked_by_label,
            light=Light("warn", "等答复"),
            entry="数据目录",
        )
        for use in sharing.uses_to_answer(actor)
    ]
