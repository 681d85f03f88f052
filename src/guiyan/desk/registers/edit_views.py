"""Writing an entry down, changing it, deciding its level; what is typed is kept as it is typed."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.entry_form import EntryForm
from guiyan.desk.registers.forms import LevelForm
from guiyan.desk.registers.views import places_of
from guiyan.engine.rules import facts_in
from guiyan.kernel import audit, releases
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.showing import shown
from guiyan.registers.tables import register_of

MINE, THEIRS = "mine", "theirs"
KEEP = "keep-"


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest, register: str) -> HttpResponse:
    declared = editable(request, register)
    if request.method == "GET":
        draft = queries.draft_of(request.actor, register, 0)
        return page(request, declared, EntryForm(declared, typed=draft.typed if draft else None), draft=draft)
    form = EntryForm(declared, request.POST)
    if form.is_valid():
        try:
            added = actions.add_entry(
                request.actor, register=register, values=form.told, source=form.cleaned_data["entry_source"]
            )
        except NotAllowed as elsewhere:
            form.add_error(declared.region_field, elsewhere.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已记入{declared.label}。")
            return redirect("registers:entry", register=register, subject_id=added.subject_id)
    return page(request, declared, form, status=422)


@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    declared = editable(request, register)
    view = queries.entry_view(request.actor, register, subject_id)
    require(request.actor, "register.edit", view, unit=None, subject=None)
    held = {cell.field.id: cell.value for cell in view.cells}
    hidden = frozenset(declared.fields.keys() - held.keys())
    now = marks_of_entry(register, view.subject_id)
    if request.method == "GET":
        purpose = "修改档案"
        audit.record_read(
            request.actor, f"register.{register}.entry", [f"subject:{view.subject_id}"], purpose, region=view.region
        )
        draft = queries.draft_of(request.actor, register, subject_id)
        typed = {"entry_was": [json.dumps(now)], **(draft.typed if draft else {})}
        form = EntryForm(declared, held=held, hidden=hidden, typed=typed)
        return page(request, declared, form, view=view, draft=draft)
    data = chosen(request.POST, declared, held, now, form_of=lambda data: EntryForm(declared, data, held=held))
    form = EntryForm(declared, data, held=held, hidden=hidden)
    clashes: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            done = actions.edit_entry(
                request.actor,
                register=register,
                subject_id=subject_id,
                values=form.told,
                was=form.marks,
                source=form.cleaned_data["entry_source"],
            )
        except actions.Changed as changed:
            clashes = [clash(form, view, field.id) for field in changed.fields]
        except NotAllowed as elsewhere:
            form.add_error(declared.region_field, elsewhere.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            say_what_came(request, done)
            return redirect("registers:entry", register=register, subject_id=subject_id)
    return page(request, declared, form, view=view, clashes=clashes, status=409 if clashes else 422)


def chosen(data: QueryDict, register: Register, held: dict[str, Any], now: dict[str, str], form_of: Any) -> QueryDict:
    """The form after somebody chose between her value and another's: from then on what stands is what she saw."""
    kept = {name.removeprefix(KEEP): data[name] for name in data if name.startswith(KEEP)}
    if not kept:
        return data
    changed = data.copy()
    initial = form_of(None).initial
    try:
        was = json.loads(data.get("entry_was") or "{}")
    except ValueError:
        was = {}
    for name, which in kept.items():
        if name not in now or not isinstance(was, dict):
            continue
        was[name] = now[name]
        if which == THEIRS:
            value = initial.get(name, "")
            changed.setlist(name, value if isinstance(value, list) else [str(value)])
    changed["entry_was"] = json.dumps(was)
    return changed


def clash(form: EntryForm, view: queries.EntryView, name: str) -> dict[str, Any]:
    """Both values of a field that two officers changed at once, and who said the other."""
    cell = next(one for one in view.cells if one.field.id == name)
    mine = form.values.get(name)
    return {
        "name": f"{KEEP}{name}",
        "label": cell.field.label,
        "mine": "新填的号码" if cell.field.encrypted and mine else shown(cell.field, mine, form.paths),
        "theirs": shown(cell.field, cell.value, form.paths),
        "sealed": cell.field.encrypted,
        "by": cell.source,
        "on": cell.checked_on,
    }


def say_what_came(request: ActingRequest, done: actions.Edited) -> None:
    if not done.changed:
        messages.info(request, "没有改动，名录照旧。")
        return
    messages.success(request, f"已记下：{'、'.join(field.label for field in done.changed)}。")
    if done.outweighed:
        labels = "、".join(field.label for field in done.outweighed)
        messages.warning(request, f"{labels}仍按更可信的来源显示，您报的已留底，可在一人一档里核对。")


def page(
    request: ActingRequest,
    register: Register,
    form: EntryForm,
    *,
    view: queries.EntryView | None = None,
    draft: queries.Draft | None = None,
    clashes: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    title = queries.subject(view.subject_id).display_name if view else f"新增{register.label}"
    arguments = [register.id, view.subject_id] if view else [register.id]
    back = reverse("registers:entry", args=arguments) if view else reverse("registers:list", args=arguments)
    context = {
        "register": register,
        "form": form,
        "sections": form.sections(),
        "title": title,
        "back": (title if view else register.label, back),
        "draft": draft,
        "draft_href": reverse("registers:entry-draft", args=[register.id, view.subject_id if view else 0]),
        "sections_href": reverse("registers:entry-sections", args=[register.id, view.subject_id if view else 0]),
        "deciding": deciding(register),
        "clashes": clashes or [],
        "places": places_of(request.actor, "register.edit"),
        "is_new": view is None,
        "all_fields": bool(request.GET.get("all")) or not register.screens.phone,
    }
    return render(request, "desk/registers/edit.html", context, status=status)


def deciding(register: Register) -> list[str]:
    """The fields on which a section or a duty hangs: the form is asked for again when they change."""
    rules = [one.show_if for one in register.sections] + [one.required_when for one in register.fields.values()]
    return sorted({name for rule in rules if rule for name in facts_in(rule, register.catalogue)})


@require_POST
def sections(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """The form's sections for what is typed so far; nothing is complained of yet."""
    declared = editable(request, register)
    held: dict[str, Any] = {}
    hidden: frozenset[str] = frozenset()
    if subject_id:
        view = queries.entry_view(request.actor, register, subject_id)
        held = {cell.field.id: cell.value for cell in view.cells}
        hidden = frozenset(declared.fields.keys() - held.keys())
    typed = {name: request.POST.getlist(name) for name in request.POST}
    form = EntryForm(declared, held=held, hidden=hidden, typed=typed)
    context = {"sections": form.sections(), "deciding": deciding(declared), "all_fields": not declared.screens.phone}
    return render(request, "desk/registers/part_sections.html", context)


@require_POST
def draft(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Autosave; `drop` throws it away."""
    declared = editable(request, register)
    if request.POST.get("drop"):
        actions.drop_draft(request.actor, register, subject_id)
        messages.info(request, "草稿已丢弃。")
        where = ["registers:edit", register, subject_id] if subject_id else ["registers:new", register]
        return redirect(str(where[0]), *where[1:])
    kept = {"entry_was", "entry_source", *declared.fields}
    typed = {name: request.POST.getlist(name) for name in request.POST if name in kept}
    actions.save_draft(request.actor, register=register, subject_id=subject_id, typed=typed)
    return HttpResponse(status=204)


def editable(request: ActingRequest, register: str) -> Register:
    require(request.actor, "register.edit")
    declared = register_of(releases.current(), register)
    if not declared.sources_by("form"):
        raise NotFound(f"“{declared.label}”只从文件和其他系统来，不在这里填报。")
    return declared


@require_http_methods(["GET", "POST"])
def level(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Up, down or out, with reason and evidence; below it every decision so far."""
    declared = register_of(releases.current(), register)
    view = queries.entry_view(request.actor, register, subject_id)
    if declared.ladder is None:
        raise NotFound
    require(request.actor, "register.promote", view, unit=None, subject=None)
    form = LevelForm(declared, view.level, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            change = actions.decide_level(request.actor, register=register, subject_id=subject_id, **form.decision())
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, f"已调到“{queries.level_words(declared, change.after)}”。")
            return redirect("registers:entry", register=register, subject_id=subject_id)
    context = {
        "register": declared,
        "view": view,
        "subject": queries.subject(view.subject_id),
        "form": form,
        "now": queries.level_words(declared, view.level),
        "history": history(declared, queries.levels_of(request.actor, register, view.subject_id)),
        "back_href": reverse("registers:entry", args=[register, subject_id]),
    }
    return render(request, "desk/registers/level.html", context, status=422 if request.method == "POST" else 200)


def history(register: Register, changes: list[Any]) -> list[dict[str, Any]]:
    """What each decision did, in words."""
    steps = {name: place for place, name in enumerate(register.levels, 1)}
    return [
        {
            "change": one,
            "before": queries.level_words(register, one.before),
            "after": queries.level_words(register, one.after),
            "way": way(steps.get(one.before, 0), steps.get(one.after, 0)),
        }
        for one in changes
    ]


def way(before: int, after: int) -> str:
    if not after:
        return "退出"
    if not before:
        return "列入"
    return "晋级" if after > before else "降级"


def may_edit(request: ActingRequest, view: queries.EntryView) -> bool:
    can = bool(view.register.sources_by("form"))
    return can and bool(decide(request.actor, "register.edit", view, unit=None, subject=None))
