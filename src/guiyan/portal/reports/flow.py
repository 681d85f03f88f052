"""A register's form for a resident: written, looked over, sent. What is typed is kept on the server at every step.

The page to look over shows the draft and sends its mark back: what was changed meanwhile in another window is shown
again and not sent unseen, and what was sent already is not sent twice.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from guiyan.accounts.web import ActingRequest
from guiyan.engine.rules import facts_in
from guiyan.kernel.errors import Refused
from guiyan.kernel.regions import subtree
from guiyan.packs.register import Register
from guiyan.registers import actions, queries
from guiyan.registers.entry_form import EntryForm
from guiyan.registers.showing import shown
from guiyan.registers.values import Value

MOST_PLACES = 400
COUNTY = 10**6


@dataclass(frozen=True)
class Flow:
    """One form of one register. draft_id: about whom or what; held: what is registered; known: what is filled in until
    something else is typed; start: what the address fills in.

    title, lead, send: the words of the pages and of the last button; back: label and address.
    """

    register: Register
    draft_id: int
    title: str
    lead: str
    send: str
    back: tuple[str, str]
    fill: str
    check: str
    save: str
    sections: str
    held: Mapping[str, Value] = field(default_factory=dict)
    start: Mapping[str, Sequence[str]] = field(default_factory=dict)
    known: Mapping[str, Sequence[str]] = field(default_factory=dict)
    consent: str = ""

    @property
    def asks(self) -> tuple[str, ...]:
        source = queries.portal_source(self.register)
        return source.asks if source is not None else ()


def fill(request: ActingRequest, flow: Flow) -> HttpResponse:
    """The form. Answered with 200 also when something is wrong: what was typed must stay saved."""
    draft = queries.own_draft(request.actor, flow.register.id, flow.draft_id)
    if request.method == "GET":
        typed = {**(draft.typed if draft else {}), **flow.start}
        typed |= {name: told for name, told in flow.known.items() if not any(typed.get(name, ()))}
        return draw(request, flow, form_of(flow, typed=typed), draft)
    actions.save_own_draft(
        request.actor, register=flow.register.id, subject_id=flow.draft_id, typed=typed_in(flow, request.POST)
    )
    form = form_of(flow, bound(flow, typed_in(flow, request.POST)))
    is_right, more = form.is_valid(), appeared(form, request.POST.getlist("seen"))
    return redirect(flow.check) if is_right and not more else draw(request, flow, form, draft, more=more)


def appeared(form: EntryForm, seen: Sequence[str]) -> list[str]:
    """Sections that the page did not show yet, because of what was answered just now."""
    return [one.title for one in form.sections() if one.fields and one.title not in seen]


def draw(
    request: ActingRequest, flow: Flow, form: EntryForm, draft: queries.Draft | None, *, more: Sequence[str] = ()
) -> HttpResponse:
    context = {
        "flow": flow,
        "form": form,
        "draft": draft,
        "more": "、".join(more),
        "places": places_for(form, flow),
        **sections_context(flow, form),
    }
    return render(request, "portal/reports/fill.html", context)


def sections_context(flow: Flow, form: EntryForm) -> dict[str, Any]:
    sections = [one for one in form.sections() if one.fields]
    return {"sections": sections, "deciding": deciding(flow.register)}


def check(request: ActingRequest, flow: Flow, send: Callable[[Mapping[str, Value]], str]) -> HttpResponse:
    """Everything on one page; `send` takes it in and gives the address to go to."""
    draft = queries.own_draft(request.actor, flow.register.id, flow.draft_id)
    if draft is None:
        messages.info(request, "没有要提交的内容，可能刚才已经提交了。")
        return redirect(flow.back[1])
    form = form_of(flow, bound(flow, draft.typed))
    if not form.is_valid():
        messages.warning(request, "还有没填好的，填好再提交。")
        return redirect(flow.fill)
    mark = mark_of(draft.typed)
    if request.method == "GET":
        return look_over(request, flow, form, mark)
    if request.POST.get("mark") != mark:
        return look_over(request, flow, form, mark, "内容在别的窗口改过，请再核对一遍。")
    if flow.consent and not request.POST.get("consent"):
        return look_over(request, flow, form, mark, "请先勾选同意，经办人才能联系您。")
    try:
        return redirect(send(told_of(form)))
    except Refused as refusal:
        return look_over(request, flow, form, mark, refusal.message)


def look_over(request: ActingRequest, flow: Flow, form: EntryForm, mark: str, refusal: str = "") -> HttpResponse:
    context = {"flow": flow, "sections": rows_of(form), "mark": mark, "refusal": refusal}
    return render(request, "portal/reports/check.html", context, status=409 if refusal else 200)


def rows_of(form: EntryForm) -> list[dict[str, Any]]:
    """What is filled in, section by section; a number left as it is shows as it is known."""
    found = []
    for section in form.sections():
        rows = []
        for bound_field, declared, _ in section.fields:
            value = form.values.get(declared.id)
            if value in (None, (), "") and declared.encrypted:
                value = form.held.get(declared.id)
            if value not in (None, (), ""):
                rows.append({"label": bound_field.label, "shown": shown(declared, value, form.paths)})
        if rows:
            found.append({"title": section.title, "rows": rows})
    return found


def told_of(form: EntryForm) -> dict[str, Value]:
    """What is typed in the sections shown; of numbers also that they were left as they are."""
    kept = {name: None for name, value in form.values.items() if form.register.fields[name].encrypted and value is None}
    return {**kept, **form.told}


def form_of(flow: Flow, data: QueryDict | None = None, typed: Mapping[str, Sequence[str]] | None = None) -> EntryForm:
    hidden = frozenset(flow.register.fields.keys() - set(flow.asks))
    return EntryForm(flow.register, data, held=flow.held, hidden=hidden, typed=typed, channel="portal")


def typed_in(flow: Flow, data: QueryDict) -> dict[str, list[str]]:
    return {name: data.getlist(name) for name in flow.asks if name in data}


def bound(flow: Flow, typed: Mapping[str, Sequence[str]]) -> QueryDict:
    source = queries.portal_source(flow.register)
    data = QueryDict(mutable=True)
    data["entry_source"] = source.id if source is not None else ""
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def mark_of(typed: Mapping[str, Sequence[str]]) -> str:
    return hashlib.sha256(json.dumps(typed, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]


def save(request: ActingRequest, flow: Flow) -> HttpResponse:
    """Autosave; `drop` throws it away."""
    if request.POST.get("drop"):
        actions.drop_own_draft(request.actor, flow.register.id, flow.draft_id)
        messages.info(request, "草稿已丢弃。")
        return redirect(flow.back[1])
    typed = typed_in(flow, request.POST)
    actions.save_own_draft(request.actor, register=flow.register.id, subject_id=flow.draft_id, typed=typed)
    return HttpResponse(status=204)


def sections(request: ActingRequest, flow: Flow) -> HttpResponse:
    """The form's sections for what is typed so far; nothing is complained of yet."""
    form = form_of(flow, typed=typed_in(flow, request.POST))
    return render(request, "portal/reports/part_sections.html", sections_context(flow, form))


def deciding(register: Register) -> list[str]:
    """The fields on which a section or a duty hangs: the form is asked for again when they change."""
    rules = [one.show_if for one in register.sections] + [one.required_when for one in register.fields.values()]
    return sorted({name for rule in rules if rule for name in facts_in(rule, register.catalogue)})


def places_for(form: EntryForm, flow: Flow) -> list[str]:
    """The names offered while a place is typed: those of her own county."""
    if flow.register.region_field not in flow.asks:
        return []
    place = flow.held.get(flow.register.region_field)
    low, high = subtree(place // COUNTY * COUNTY) if isinstance(place, int) else (0, 0)
    found = [name for code, name in sorted(form.paths.items()) if low <= code < high]
    return found[:MOST_PLACES] or [name for code, name in sorted(form.paths.items()) if code % 1000 == 0][:MOST_PLACES]
