"""Papers of one's own case: the written decision, and what was handed in."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import declared, queries
from guiyan.kernel import files
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.files import StoredFile
from guiyan.portal.my.views import own_case

SHOWN_IN_BROWSER = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@require_safe
@sign_in_required
def decision(request: ActingRequest, number: str) -> HttpResponse:
    """The written decision with its reasons and the ways to appeal; it prints."""
    case = own_case(request.actor, number)
    context = {
        "case": case,
        "decision": queries.decision_for(request.actor, case),
        "clause": declared.clause_words(case),
    }
    return render(request, "portal/my/decision.html", context)


@require_safe
@sign_in_required
def material(request: ActingRequest, number: str, row_id: int) -> FileResponse:
    """One file she gave; the reading is logged."""
    case = own_case(request.actor, number)
    row = queries.material_by_id(request.actor, row_id)
    if row.case_id != case.pk:
        raise NotFound("没有找到这份材料。")
    return shown(request.actor, row.file, row.file_name, f"办件{number}")


def shown(actor: Actor, stored: StoredFile, name: str, purpose: str) -> FileResponse:
    """A kept file, in the browser where browsers show it."""
    content = files.open_file(actor, stored, purpose=purpose)
    kind = SHOWN_IN_BROWSER.get(stored.kind, "application/octet-stream")
    return FileResponse(content, content_type=kind, as_attachment=stored.kind not in SHOWN_IN_BROWSER, filename=name)
