"""What an entry's page shows of the records about it: the newest of each journal, and the way behind every total."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from guiyan.accounts.permissions import decide
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.packs.register import Field
from guiyan.registers import queries
from guiyan.registers.queries import Hat
from guiyan.registers.showing import is_numeric, regions_in, shown
from guiyan.registers.values import Value


def behind_href(view: queries.EntryView, field: Field) -> str:
    """The records that a total is of."""
    if field.total is None:
        return ""
    asked = {"about": view.subject_id, "total": f"{view.register.id}.{field.id}"}
    return f"{reverse('registers:list', args=[field.total.of])}?{urlencode(asked)}"


def journals_of(request: ActingRequest, view: queries.EntryView, hats: list[Hat]) -> list[dict[str, object]]:
    """The newest of every journal about this entry, with the way to all and to a new one."""
    if not decide(request.actor, "register.view"):
        return []
    mine = [*{view.register.id: None, **{hat.register: None for hat in hats}}]
    parts = queries.journal_parts(request.actor, mine, view.subject_id)
    places = region_paths({code for one in parts for code in regions_in(one.columns, [x.values for x in one.lines])})
    may_add = bool(decide(request.actor, "register.edit", view, unit=None, subject=None))
    return [
        {
            "part": one,
            "columns": [{"field": field, "numeric": is_numeric(field)} for field in one.columns],
            "rows": [
                {
                    "subject_id": line.subject_id,
                    "cells": [cell(field, line.values[field.id], places) for field in one.columns],
                }
                for line in one.lines
            ],
            "chip": f"{one.total_words}{one.register.counted_in}" if one.total else "",
            "all_href": f"{reverse('registers:list', args=[one.register.id])}?about={view.subject_id}",
            "new_href": f"{reverse('registers:new', args=[one.register.id])}?about={view.subject_id}",
            "may_add": may_add and bool(one.register.sources_by("form")),
        }
        for one in parts
    ]


def cell(field: Field, value: Value, places: Mapping[int, str]) -> dict[str, object]:
    return {"field": field, "numeric": is_numeric(field), "shown": shown(field, value, places)}
