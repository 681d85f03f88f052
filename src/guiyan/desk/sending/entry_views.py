"""A sender's own entries: the list, one with the source of every value, a new one, one put right."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.edit_views import deciding
from guiyan.kernel import audit, calendar
from guiyan.kernel.errors import Refused
from guiyan.packs.people import SEND
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.cursor import read_cursor
from guiyan.registers.entry_form import EntryForm
from guiyan.registers.showing import days_since, is_numeric, regions_in, shown


@require_safe
def entries(request: ActingRequest, register: str) -> HttpResponse:
    """The unit's own entries; `stale=1`: those nobody checked for too long."""
    require(request.actor, SEND)
    to = queries.sent_where(request.actor, register)
    query = request.GET.dict()
    found = queries.sent_list(
        request.actor,
        to.register,
        search=query.get("q", "").strip(),
        stale=query.get("stale") == "1",
        sort=query.get("sort", ""),
        cursor=read_cursor(query.get("after", "")),
    )
    read = [f"subject:{line.subject_id}" for line in found.lines]
    audit.record_read(request.actor, f"register.{register}", read, "本单位名录")
    places = region_paths(regions_in(found.columns, [line.values for line in found.lines]))
    today, base = calendar.today(), [(name, text) for name, text in query.items() if name != "after"]

    def address(cursor: object) -> str:
        return f"?{urlencode([*base, ('after', str(cursor))])}" if cursor is not None else ""

    unit = to.register.counted_in
    context = {
        "sending": to,
        "register": to.register,
        "columns": [{"field": one, "numeric": is_numeric(one)} for one in found.columns],
        "rows": [
            {
                "pk": line.pk,
                "days": days_since(line.checked_on, today),
                "cells": [
                    {"field": one, "shown": shown(one, line.values[one.id], places), "numeric": is_numeric(one)}
                    for one in found.columns
                ],
            }
            for line in found.lines
        ],
        "search": query.get("q", ""),
        "stale": query.get("stale") == "1",
        "sort": found.sort,
        "pager": {
            "next_href": address(found.next),
            "previous_href": address(found.previous),
            "summary": f"本页{len(found.lines)}{unit}，共{queries.capped(found.total)}{unit}",
        },
    }
    return render(request, "desk/sending/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest, register: str) -> HttpResponse:
    require(request.actor, SEND)
    to = queries.sent_where(request.actor, register)
    if request.method == "GET":
        return page(request, to, EntryForm(to.register))
    form = EntryForm(to.register, as_sender(request.POST, to), request.FILES)
    if form.is_valid():
        try:
            entry_id = actions.send_entry(request.actor, register=register, values=form.told)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已记入{to.register.label}。")
            return redirect("sending:entry", register=register, entry_id=entry_id)
    return page(request, to, form, status=422)


@require_http_methods(["GET", "POST"])
def entry(request: ActingRequest, register: str, entry_id: int) -> HttpResponse:
    """The entry with the source and day of every value beside the form that puts it right."""
    require(request.actor, SEND)
    to = queries.sent_where(request.actor, register)
    view = queries.sent_view(request.actor, to.register, entry_id)
    held = {cell.field.id: cell.value for cell in view.cells}
    hidden = frozenset(to.register.fields.keys() - held.keys())
    if request.method == "GET":
        audit.record_read(request.actor, f"register.{register}.entry", [f"subject:{view.subject_id}"], "本单位名录")
        was = json.dumps(queries.marks_of_sent(request.actor, to.register, entry_id))
        form = EntryForm(to.register, held=held, hidden=hidden, typed={"entry_was": [was]})
        return page(request, to, form, view=view)
    form = EntryForm(to.register, as_sender(request.POST, to), request.FILES, held=held, hidden=hidden)
    if form.is_valid():
        try:
            done = actions.mend_entry(
                request.actor, register=register, entry_id=entry_id, values=form.told, was=form.marks
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            say(request, done)
            return redirect("sending:entry", register=register, entry_id=entry_id)
    return page(request, to, form, view=view, status=422)


def say(request: ActingRequest, done: actions.Edited) -> None:
    if not done.changed:
        messages.info(request, "没有改动，名录照旧。")
        return
    messages.success(request, f"已记下：{'、'.join(field.label for field in done.changed)}。")
    if done.outweighed:
        labels = "、".join(field.label for field in done.outweighed)
        messages.warning(request, f"{labels}仍按更可信的来源显示，本单位报的已经留底。")


def as_sender(data: QueryDict, to: queries.Sending) -> QueryDict:
    """Whose words they are follows from the account."""
    told = data.copy()
    told["entry_source"] = to.source.id
    return told


def page(
    request: ActingRequest,
    to: queries.Sending,
    form: EntryForm,
    *,
    view: queries.EntryView | None = None,
    status: int = 200,
) -> HttpResponse:
    titles = {cell.field.id: cell.value for cell in view.cells} if view is not None else {}
    context = {
        "sending": to,
        "register": to.register,
        "form": form,
        "sections": form.sections(),
        "deciding": deciding(to.register),
        "all_fields": True,
        "title": titles.get(to.register.title_field) if view is not None else f"新增{to.register.label}",
        "told": told_of(to.register, view) if view is not None else [],
        "view": view,
    }
    return render(request, "desk/sending/entry.html", context, status=status)


def told_of(register: Register, view: queries.EntryView) -> list[dict[str, Any]]:
    """What the entry holds, who said it and when."""
    places = region_paths(regions_in([cell.field for cell in view.cells], [{c.field.id: c.value for c in view.cells}]))
    return [
        {"cell": cell, "shown": shown(cell.field, cell.value, places)}
        for cell in view.cells
        if cell.value not in (None, "", ())
    ]
