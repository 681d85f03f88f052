"""Writing an entry down and changing it; what is typed is kept as it is typed."""

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
from guiyan.desk.registers.about import about_asked, draft_key, filled_in, worked_out
from guiyan.desk.registers.views import places_of
from guiyan.engine.rules import facts_in
from guiyan.kernel import audit, releases
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.entry_form import EntryForm
from guiyan.registers.keeping.marks import marks_of_entry
from guiyan.registers.showing import shown
from guiyan.registers.tables import register_of

MINE, THEIRS = "mine", "theirs"
KEEP = "keep-"


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest, register: str) -> HttpResponse:
    declared = editable(request, register)
    about = about_asked(request, declared)
    filled = filled_in(declared, about)
    if request.method == "GET":
        draft = queries.draft_of(request.actor, register, draft_key(0, about))
        form = EntryForm(declared, hidden=filled, typed=draft.typed if draft else None)
        return page(request, declared, form, draft=draft, about=about)
    form = EntryForm(declared, request.POST, request.FILES, hidden=filled)
    if form.is_valid():
        try:
            keep_pictures(request, declared, form)
            added = add(request, declared, form, about)
        except NotAllowed as elsewhere:
            form.add_error(declared.region_field if declared.region_field in form.fields else None, elsewhere.message)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已记入{declared.label}。")
            if about is None:
                return redirect("registers:entry", register=register, subject_id=added.subject_id)
            place = reverse("registers:entry", args=[about.register.id, about.subject_id])
            return redirect(f"{place}#journal-{register}")
    return page(request, declared, form, about=about, status=422)


def add(request: ActingRequest, register: Register, form: EntryForm, about: queries.EntryView | None) -> actions.Edited:
    source = form.cleaned_data["entry_source"]
    if about is None:
        return actions.add_entry(request.actor, register=register.id, values=form.told, source=source)
    values = {**form.told, register.region_field: about.region}
    return actions.add_happening(
        request.actor, register=register.id, about=about.subject_id, values=values, source=source
    )


@require_http_methods(["GET", "POST"])
def edit(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    declared = editable(request, register)
    view = queries.entry_view(request.actor, register, subject_id)
    require(request.actor, "register.edit", view, unit=None, subject=None)
    held = {cell.field.id: cell.value for cell in view.cells}
    hidden = frozenset(declared.fields.keys() - held.keys()) | worked_out(declared)
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
    form = EntryForm(declared, data, request.FILES, held=held, hidden=hidden)
    clashes: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            keep_pictures(request, declared, form)
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


def keep_pictures(request: ActingRequest, register: Register, form: EntryForm) -> None:
    """In the same transaction as what names them: a form that is refused keeps none."""
    place = form.known.get(register.region_field)
    for content in form.pictures.values():
        actions.keep_picture(request.actor, content, place if isinstance(place, int) else None)


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
    about: queries.EntryView | None = None,
    status: int = 200,
) -> HttpResponse:
    title = queries.subject(view.subject_id).display_name if view else f"新增{register.label}"
    arguments = [register.id, view.subject_id] if view else [register.id]
    back = reverse("registers:entry", args=arguments) if view else reverse("registers:list", args=arguments)
    back_words, note, behind = title if view else register.label, register.label if view else "", ""
    if about is not None:
        back = reverse("registers:entry", args=[about.register.id, about.subject_id])
        back_words = queries.subject(about.subject_id).display_name
        note, behind = f"{about.register.label}：{back_words}", f"?about={about.subject_id}"
    draft_href = reverse("registers:entry-draft", args=[register.id, view.subject_id if view else 0])
    sections_href = reverse("registers:entry-sections", args=[register.id, view.subject_id if view else 0])
    context = {
        "register": register,
        "form": form,
        "sections": form.sections(),
        "title": title,
        "note": note,
        "back": (back_words, back),
        "draft": draft,
        "draft_href": f"{draft_href}{behind}",
        "sections_href": f"{sections_href}{behind}",
        "reports": queries.last_reports(register, view.subject_id) if view else [],
        "clause": releases.current().clause_words(register.clause) if register.clause else register.set_by,
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
    hidden = filled_in(declared, about_asked(request, declared))
    if subject_id:
        view = queries.entry_view(request.actor, register, subject_id)
        held = {cell.field.id: cell.value for cell in view.cells}
        hidden = frozenset(declared.fields.keys() - held.keys()) | worked_out(declared)
    typed = {name: request.POST.getlist(name) for name in request.POST}
    form = EntryForm(declared, held=held, hidden=hidden, typed=typed)
    context = {"sections": form.sections(), "deciding": deciding(declared), "all_fields": not declared.screens.phone}
    return render(request, "desk/registers/part_sections.html", context)


@require_POST
def draft(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Autosave; `drop` throws it away."""
    declared = editable(request, register)
    about = about_asked(request, declared)
    key = draft_key(subject_id, about)
    if request.POST.get("drop"):
        actions.drop_draft(request.actor, register, key)
        messages.info(request, "草稿已丢弃。")
        if subject_id:
            return redirect("registers:edit", register, subject_id)
        behind = f"?about={about.subject_id}" if about is not None else ""
        return redirect(reverse("registers:new", args=[register]) + behind)
    kept = {"entry_was", "entry_source", *declared.fields}
    typed = {name: request.POST.getlist(name) for name in request.POST if name in kept}
    actions.save_draft(request.actor, register=register, subject_id=key, typed=typed)
    return HttpResponse(status=204)


def editable(request: ActingRequest, register: str) -> Register:
    require(request.actor, "register.edit")
    declared = register_of(releases.current(), register)
    if not declared.sources_by("form"):
        raise NotFound(f"“{declared.label}”只从文件和其他系统来，不在这里填报。")
    return declared


def may_edit(request: ActingRequest, view: queries.EntryView) -> bool:
    can = bool(view.register.sources_by("form"))
    return can and bool(decide(request.actor, "register.edit", view, unit=None, subject=None))
