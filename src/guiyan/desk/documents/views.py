"""Import a document, review what was read beside the original, publish it."""

from __future__ import annotations

from dataclasses import asdict

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.forms import FORMS, AddForm, UploadForm
from guiyan.desk.documents.page import SURE, back_to, context_of
from guiyan.kernel import releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.models import Document, ReviewItem
from guiyan.policies.actions import confirm_measure


@require_GET
def document_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "document.review")
    return _list_page(request, UploadForm())


def _list_page(request: ActingRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    rows = list(queries.documents_for(request.actor)[:100])
    may_import = holds(request.actor, "document.import")
    return render(
        request, "desk/documents/list.html", {"rows": rows, "form": form, "may_import": may_import}, status=status
    )


@require_POST
def upload(request: ActingRequest) -> HttpResponse:
    require(request.actor, "document.import")
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list_page(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        document = actions.import_document(request.actor, name=file.name, content=file.read())
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return _list_page(request, form, status=422)
    messages.success(request, "文件已读完，请对着原文逐条确认。")
    return redirect("documents:review", document_id=document.id)


@require_GET
def review(request: ActingRequest, document_id: int) -> HttpResponse:
    require(request.actor, "document.review")
    document = queries.document_by_id(request.actor, document_id)
    return render(request, "desk/documents/review.html", context_of(request, document))


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
    decision = request.POST.get("decision", "")
    only_open = request.POST.get("open") == "1"
    if decision == "reopen":
        return redirect(back_to(document, actions.reopen_item(request.actor, item=item), only_open=only_open))
    form = FORMS[item.kind](item, releases.current(), request.POST)
    if decision == "confirmed" and not form.is_valid():
        return render(request, "desk/documents/review.html", context_of(request, document, form), status=422)
    keep = decision == "confirmed"
    try:
        done = actions.decide_item(
            request.actor,
            item=item,
            decision=decision,
            version=int(request.POST.get("version") or -1),
            corrected=form.corrections() if keep else None,
            links_to=form.cleaned_data.get("links_to") if keep else None,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to(document, item, only_open=only_open))
    following = document.items.filter(kind=item.kind, decision="", number__gt=done.number).order_by("number").first()
    return redirect(back_to(document, following or done, only_open=only_open))


@require_POST
def confirm_sure(request: ActingRequest, document_id: int) -> HttpResponse:
    """Confirm all undecided readings of a kind that the reader is sure of; each can be taken back."""
    document = queries.document_by_id(request.actor, document_id)
    kind = request.POST.get("kind", "")
    rows = list(queries.items_of(document, kind, only_open=True).filter(confidence__gte=SURE))
    with transaction.atomic():
        for item in rows:
            actions.decide_item(request.actor, item=item, decision="confirmed", version=item.version)
    messages.success(request, f"已确认{len(rows)}条有把握的，剩下的请逐条看。")
    return redirect(back_to(document, kind=kind))


@require_POST
def add(request: ActingRequest, document_id: int) -> HttpResponse:
    document = queries.document_by_id(request.actor, document_id)
    form = AddForm(request.POST)
    if not form.is_valid():
        messages.error(request, "没有加上：请填写名称和原文。")
        return redirect(back_to(document, kind=request.POST.get("kind", "")))
    quote = form.cleaned_data["quote"].strip()
    if document.text.count(quote) != 1:
        times = "找不到" if quote not in document.text else "出现了不止一次，请多复制几个字"
        messages.error(request, f"没有加上：这段文字在原文里{times}。")
        return redirect(back_to(document, kind=form.cleaned_data["kind"]))
    start = document.text.index(quote)
    item = actions.add_item(
        request.actor,
        document=document,
        kind=form.cleaned_data["kind"],
        start=start,
        end=start + len(quote),
        payload=form.payload(),
    )
    return redirect(back_to(document, item))


@require_POST
def resolve_unit(request: ActingRequest, document_id: int, mention_id: int) -> HttpResponse:
    document = queries.document_by_id(request.actor, document_id)
    mention = document.mentions.filter(id=mention_id).first()
    if mention is None:
        raise NotFound("这份文件里没有这个单位。")
    codes = [code for code in request.POST.getlist("units") if code]
    outside = request.POST.get("outside") == "1"
    try:
        actions.resolve_mention(request.actor, mention=mention, unit_codes=codes, is_outside=outside)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(back_to(document, kind="unit"))


@require_POST
def publish(request: ActingRequest, document_id: int) -> HttpResponse:
    """Put the document in force, and with it the measures whose rules the city has declared."""
    document = queries.document_by_id(request.actor, document_id)
    try:
        with transaction.atomic():
            published = actions.publish_document(request.actor, document=document)
            linked = queries.linked_measures(published)
            for reading in linked:
                confirm_measure(request.actor, **asdict(reading))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to(document))
    messages.success(request, f"已发布。任务和指标开始执行，{len(linked)}项政策可以申请。")
    return redirect("plans:tasks")


@require_POST
def drop(request: ActingRequest, document_id: int) -> HttpResponse:
    document = queries.document_by_id(request.actor, document_id)
    try:
        actions.drop_document(request.actor, document=document, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back_to(document))
    messages.success(request, "已作废。同一份文件可以重新上传。")
    return redirect("documents:list")
