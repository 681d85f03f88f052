"""Teaching: a fact for the words of an open condition; the page of all that was learnt, with undo and export."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import names_of
from guiyan.accounts.web import ActingRequest
from guiyan.desk.documents.learnt_export import as_yaml
from guiyan.desk.documents.page import back_to, context_of
from guiyan.desk.paging import paged
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.plans import actions, queries
from guiyan.plans.learnt import Conflict, name_conflicts, phrase_conflicts
from guiyan.plans.models import LearntName, LearntPhrase
from guiyan.plans.queries.learnt import learnt_by_id, learnt_for

MODELS: dict[str, type[LearntName] | type[LearntPhrase]] = {"name": LearntName, "phrase": LearntPhrase}
SUBJECTS = {"": "各类对象", "person": "个人", "organisation": "单位", "project": "项目"}


@require_POST
def teach(request: ActingRequest, document_id: int, item_id: int) -> HttpResponse:
    """Say which fact the words of an open condition speak of."""
    document = queries.document_by_id(request.actor, document_id)
    item = document.items.filter(id=item_id, kind="measure").first()
    if item is None:
        raise NotFound("这份文件里没有这条措施。")
    words, meaning = request.POST.get("words", ""), request.POST.get("meaning", "")
    try:
        kept = actions.learn_phrase(request.actor, item=item, words=words, meaning=meaning)
    except Refused as refusal:
        told = {"words": words, "text": str(refusal), "meaning": meaning}
        context = context_of(request, document, shown=item, teach_error=told)
        return render(request, "desk/documents/review.html", context, status=422)
    messages.success(request, f"已记下：“{words}”是“{kept.meaning}”。下次导入也这样读。")
    return redirect(back_to(document, item))


@require_safe
def learnt(request: ActingRequest) -> HttpResponse:
    """What was learnt, one tab for names of units and one for phrases; `?undone=1`: what was taken back."""
    require(request.actor, "document.review")
    kind = "phrase" if request.GET.get("kind") == "phrase" else "name"
    undone = request.GET.get("undone") == "1"
    rows, pager = paged(request, learnt_for(request.actor, MODELS[kind], undone=undone))
    context = {
        "kind": kind,
        "undone": undone,
        "rows": name_rows(rows) if kind == "name" else phrase_rows(rows),
        "pager": pager,
        "tabs": _tabs(request, kind, undone),
    }
    return render(request, "desk/documents/learnt.html", context)


def _tabs(request: ActingRequest, kind: str, undone: bool) -> list[dict[str, Any]]:
    suffix = "&undone=1" if undone else ""
    return [
        {
            "label": label,
            "href": f"?kind={key}{suffix}",
            "count": learnt_for(request.actor, MODELS[key], undone=undone).count(),
            "current": key == kind,
        }
        for key, label in (("name", "单位名称"), ("phrase", "条件说法"))
    ]


def name_rows(rows: list[LearntName]) -> list[dict[str, Any]]:
    conflicts = name_conflicts(releases.current(), rows, calendar.today())
    units = offices.unit_names({code for row in rows for code in row.unit_codes})
    people = names_of({row.learnt_by for row in rows if row.learnt_by is not None})
    return [
        {
            "row": row,
            "words": row.name,
            "meaning": "不是本市单位"
            if row.is_outside
            else "、".join(units.get(code, code) for code in row.unit_codes),
            "who": people.get(row.learnt_by or 0, ""),
            "conflict": _told(conflicts.get(row.pk), "单位表"),
        }
        for row in rows
    ]


def phrase_rows(rows: list[LearntPhrase]) -> list[dict[str, Any]]:
    conflicts = phrase_conflicts(releases.current(), rows)
    people = names_of({row.learnt_by for row in rows if row.learnt_by is not None})
    return [
        {
            "row": row,
            "words": row.wording.replace("{}", "N" + next(iter(row.units), "")) if row.units else row.wording,
            "meaning": row.meaning,
            "subject": SUBJECTS.get(row.kind, ""),
            "who": people.get(row.learnt_by or 0, ""),
            "conflict": _told(conflicts.get(row.pk), "词表"),
        }
        for row in rows
    ]


def _told(conflict: Conflict | None, where: str) -> dict[str, str] | None:
    """What to say of a learnt row that the pack speaks of itself."""
    if conflict is None:
        return None
    if conflict.same:
        return {"tone": "line", "chip": f"{where}已有", "text": f"{where}里已经一样，这一条可以撤销。"}
    return {"tone": "amber", "chip": f"以{where}为准", "text": f"{where}：{conflict.words}。学到的这一条不起作用。"}


@require_POST
def forget(request: ActingRequest, kind: str, learnt_id: int) -> HttpResponse:
    if kind not in MODELS:
        raise NotFound("没有这一类。")
    row = learnt_by_id(request.actor, MODELS[kind], learnt_id)
    try:
        actions.forget(request.actor, learnt=row)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已撤销，下次导入不再这样认。已经核对的文件不受影响。")
    return redirect(f"{reverse('documents:learnt')}?kind={kind}")


@require_safe
def export(request: ActingRequest) -> HttpResponse:
    """All that is in use, as YAML for the pack's `units.yaml` and `phrases.yaml`."""
    require(request.actor, "document.review")
    names = list(learnt_for(request.actor, LearntName))
    phrases = list(learnt_for(request.actor, LearntPhrase))
    pack = releases.current()
    text = as_yaml(pack, names, phrases, calendar.today())
    answer = HttpResponse(text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{pack.city.id}-learnt.yaml"'
    audit.record(
        request.actor, "document.export_learnt", "learnt", detail={"names": len(names), "phrases": len(phrases)}
    )
    return answer
