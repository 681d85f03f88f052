"""The end of a review: confirm what the reader is sure of, publish, discard. Each asks first."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.page import back_to, context_of
from guiyan.desk.documents.words import KINDS
from guiyan.engine.documents import SURE
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.policies.actions import confirm_measure

QUESTIONS = {"sure": "确认有把握的？", "publish": "发布这份文件？", "drop": "作废这次导入？"}


@require_safe
def ask(request: ActingRequest, document_id: int, what: str) -> HttpResponse:
    """The question as a page of its own, for browsers without script."""
    require(request.actor, "document.review")
    document = queries.document_by_id(request.actor, document_id)
    return _ask(request, context_of(request, document), what)


def _ask(
    request: ActingRequest, context: dict[str, Any], what: str, refused: str = "", status: int = 200
) -> HttpResponse:
    if what not in QUESTIONS:
        raise NotFound("没有这一步。")
    context |= {
        "question": QUESTIONS[what],
        "part": f"desk/documents/ask_{what}.html",
        "refused": refused,
        "reason": request.POST.get("reason", ""),
        "back_href": back_to(context["document"], kind=context["kind"]),
    }
    return render(request, "desk/documents/ask.html", context, status=status)


@require_POST
def confirm_sure(request: ActingRequest, document_id: int) -> HttpResponse:
    """Confirm all undecided readings of a kind that the reader is sure of; each can be taken back."""
    document = queries.document_by_id(request.actor, document_id)
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise NotFound("没有这一类。")
    rows = list(queries.items_of(document, kind, only_open=True).filter(confidence__gte=SURE))
    try:
        with transaction.atomic():
            for item in rows:
                actions.decide_item(request.actor, item=item, decision="confirmed", version=item.version)
    except Refused as refusal:
        return _ask(request, context_of(request, document), "sure", str(refusal), 409)
    messages.success(request, f"已确认{len(rows)}条有把握的，剩下的请逐条看。")
    return redirect(back_to(document, kind=kind))


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
        return _ask(request, context_of(request, document), "publish", str(refusal), 409)
    messages.success(request, f"已发布。任务和指标开始执行，{len(linked)}项政策可以申请。")
    return redirect("plans:tasks")


@require_POST
def drop(request: ActingRequest, document_id: int) -> HttpResponse:
    document = queries.document_by_id(request.actor, document_id)
    reason = request.POST.get("reason", "").strip()
    if not reason:
        return _ask(request, context_of(request, document), "drop", "请写明为什么作废。", 422)
    try:
        actions.drop_document(request.actor, document=document, reason=reason)
    except Refused as refusal:
        return _ask(request, context_of(request, document), "drop", str(refusal), 409)
    messages.success(request, "已作废。同一份文件可以重新上传。")
    return redirect("documents:list")
