"""Lists for comparison that are due: batches wait for them, so whoever brings them in is reminded in time."""

from __future__ import annotations

from django.urls import reverse

from guiyan.cases.queries import Light
from guiyan.desk.todos import Todo
from guiyan.kernel.actors import Actor, holds
from guiyan.registers import queries

WORKING = ("list.import",)


def todos(actor: Actor) -> list[Todo]:
    """One for each required list of the actor's places that is missing, too old, or will be within a week."""
    if not holds(actor, "list.import"):
        return []
    return [_todo(age) for age in queries.list_ages(actor) if age.required and age.light in ("late", "warn")]


def _todo(age: queries.Age) -> Todo:
    return Todo(
        href=reverse("registers:list-import", args=[age.id]),
        todo="导入名单" if age.as_of is None else "换新名单",
        title=age.label,
        who="比对名单",
        light=Light(age.light, age.words),
        note=f"{age.rows:,}行" if age.rows else "",
        entry="数据时效",
        due_on=age.due_on,
    )
