"""Import a document and review what was read, beside the original. Publishing is in `closing`."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.forms import FORMS, AddForm, ItemForm, UploadForm
from guiyan.desk.documents.listing import documents_listed
from guiyan.desk.documents.page import back_to, context_of, next_open, order_of, unit_choices
from guiyan.kernel import releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Document, ReviewItem, UnitMention


@require_safe
def document_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "document.review")
    return _list_page(request, UploadForm(request))


def _list_page(request: ActingRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    listing = documents_listed(request)
    context = {**listing, "form": form, "may_import": holds(request.actor, "document.import")}
    return render(request, "desk/documents/list.html", context, status=status)


@require_POST
def upload(request: ActingRequest) -> HttpResponse:
    require(request.actor, "document.import")
    form = UploadForm(request, request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    file, revises = form.cleaned_data["file"], form.cleaned_data["revises"]
    try:
        with transaction.atomic():
            document = actions.import_document(request.actor, name=file.name, content=file.read())
            if revises is not None:
                actions.start_revision(request.actor, document=document, revises=revises)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return _list_page(request, form, status=422)
    if revises is not None:
        messages.success(request, "文件已读完，和旧文件逐条对照过。没有变的已经确认，请看有改动的。")
        return redirect("documents:revision", document_id=document.id)
    messages.success(request, "文件已读完，请对着原文逐条确认。")
    return redirect("documents:review", document_id=document.id)


@require_safe
def review(request: ActingRequest, document_id: int) -> HttpResponse:
    require(request.actor, "document.review")
    document = queries.document_by_id(request.actor, document_id)
    return _page(request, context_of(request, document))


def _page(request: ActingRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return render(request, "desk/documents/review.html", context, status=status)


def _item(document: Document, item_id: int) -> ReviewItem:
    found = document.items.filter(id=item_id).first()
    if found is None:
        raise NotFound("这份文件里没有这一条。")
    return found


@require_POST
def decide(request: ActingRequest, document_id: int, item_id: int) -> HttpResponse:
    """Confirm (with what was corrected), drop, or take the decision back."""
    document = queries.document_by_id(request.actor, document_id)
    item = _item(document, item_id)
    decision, only_open = request.POST.get("decision", ""), request.POST.get("open") == "1"
    order = order_of(request)
    form = FORMS[item.kind](item, releases.current(), request.POST)
    if decision == "confirmed" and not form.is_valid():
        return _page(request, context_of(request, document, form), 422)
    try:
        done = _decided(request, item, decision, form)
    except Refused as refusal:
        if decision == "reopen":
            messages.error(request, str(refusal))
            return redirect(back_to(document, item, only_open=only_open, order=order))
        form.item = _item(document, item_id)
        form.full_clean()
        form.add_error(None, str(refusal))
        return _page(request, context_of(request, document, form), 409)
    if decision == "reopen":
        return redirect(back_to(document, done, only_open=only_open, order=order))
    following = next_open(document, done, order) or done
    return redirect(back_to(document, following, only_open=only_open, order=order))


def _decided(request: ActingRequest, item: ReviewItem, decision: str, form: ItemForm) -> ReviewItem:
    if decision == "reopen":
        return actions.reopen_item(request.actor, item=item)
    keep = decision == "confirmed"
    version = request.POST.get("version", "")
    return actions.decide_item(
        request.actor,
        item=item,
        decision=decision,
        version=int(version) if version.isdigit() else -1,
        corrected=form.corrections() if keep else None,
        links_to=form.cleaned_data.get("links_to") if keep else None,
    )


@require_POST
def add(request: ActingRequest, document_id: int) -> HttpResponse:
    document = queries.document_by_id(request.actor, document_id)
    form = AddForm(request.POST, text=document.text)
    if not form.is_valid():
        return _page(request, context_of(request, document, add_form=form), 422)
    quote = form.cleaned_data["quote"]
    start = document.text.index(quote)
    try:
        item = actions.add_item(
            request.actor,
            document=document,
            kind=form.cleaned_data["kind"],
            start=start,
            end=start + len(quote),
            payload=form.payload(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, context_of(request, document, add_form=form), 409)
    messages.success(request, "已添加，算作已确认。")
    return redirect(back_to(document, item))


@require_POST
def resolve_unit(request: ActingRequest, document_id: int, mention_id: int) -> HttpResponse:
    """Add a unit to those a name stands for, take one out, or say that it is no unit of this city."""
    document = queries.document_by_id(request.actor, document_id)
    mention = document.mentions.filter(id=mention_id).first()
    if mention is None:
        raise NotFound("这份文件里没有这个单位。")
    try:
        codes = _codes_after(request, mention)
        outside = request.POST.get("outside") == "1"
        actions.resolve_mention(request.actor, mention=mention, unit_codes=codes, is_outside=outside)
    except Refused as refusal:
        context = context_of(request, document, unit_error=(mention.id, str(refusal)))
        return _page(request, context, 422)
    return redirect(back_to(document, kind="unit") + f"#unit-row-{mention.id}")


def _codes_after(request: ActingRequest, mention: UnitMention) -> list[str]:
    removed, name = request.POST.get("remove", ""), request.POST.get("unit", "").strip()
    kept = [code for code in mention.unit_codes if code != removed]
    if removed or request.POST.get("outside") == "1":
        return kept
    found = next((u for u in unit_choices() if name and name in (u.name, u.short_name, u.code)), None)
    if found is None:
        raise Refused(f"没有叫“{name}”的单位，请从列表里选。" if name else "请选一个单位。", "unit")
    return list(dict.fromkeys([*kept, found.code]))
