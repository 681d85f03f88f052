"""The units from which the lead of a task is chosen in the list of findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import QueryDict

from guiyan.accounts import offices
from guiyan.desk.plans.duties import lead_choices
from guiyan.plans.models import Task


def choices_of(tasks: Sequence[Task], sent: QueryDict) -> dict[int, dict[str, Any]]:
    """Task -> the units to choose from, which is chosen (at first the document's first), whether it is ticked."""
    names = offices.unit_names({part.unit_code for task in tasks for part in task.units.all()})
    ticked = set(sent.getlist("task"))
    return {
        task.pk: {
            "task": task.pk,
            "options": options,
            "chosen": sent.get(f"lead-{task.pk}", "") or options[0][0],
            "is_ticked": str(task.pk) in ticked,
        }
        for task in tasks
        for options in [lead_choices(task, names)]
        if options
    }
