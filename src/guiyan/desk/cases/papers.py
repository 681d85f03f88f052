"""Papers of a case: materials, revealed numbers (both logged), decisions, the printed sheet, the progress code."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path
from guiyan.accounts.web import ActingRequest
from guiyan.cases import declared, queries
from guiyan.desk.cases.panels import case_panels
from guiyan.desk.cases.sheet_boxes import boxes, sheet_rows
from guiyan.kernel import calendar, files

SHOWN_IN_BROWSER = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@require_safe
def material(request: ActingRequest, row_id: int) -> FileResponse:
    """One file; the reading is logged."""
    row = queries.material_by_id(request.actor, row_id)
    content = files.open_file(request.actor, row.file, purpose=f"办件{row.case.number}")
    kind = SHOWN_IN_BROWSER.get(row.file.kind, "application/octet-stream")
    return FileResponse(
        content, content_type=kind, as_attachment=row.file.kind not in SHOWN_IN_BROWSER, filename=row.file_name
    )


@require_safe
def mandate_paper(request: ActingRequest, mandate_id: int) -> FileResponse:
    """The signed mandate; the reading is logged."""
    row = queries.mandate_by_id(request.actor, mandate_id)
    stored = row.signed_file
    content = files.open_file(request.actor, stored, purpose=f"委托书{row.pk}")
    kind = SHOWN_IN_BROWSER.get(stored.kind, "application/octet-stream")
    return FileResponse(content, content_type=kind, filename=stored.name)


@require_safe
def reveal(request: ActingRequest, number: str, field: str) -> HttpResponse:
    """One secret value in full, logged with the case as its purpose."""
    case = queries.case_by_number(request.actor, number)
    require(request.actor, "person.reveal", case)
    label, value = queries.reveal_answer(request.actor, case, field)
    context = {
        "case": case,
        "label": label,
        "value": value,
        "crumbs": [(case.number, reverse("cases:page", args=[number])), (f"查看{label}", "")],
    }
    return render(request, "desk/cases/reveal.html", context)


@require_safe
def print_case(request: ActingRequest, number: str) -> HttpResponse:
    """The case as one sheet for the paper file."""
    case = queries.case_by_number(request.actor, number)
    page = queries.case_page(request.actor, case)
    about = {"case": case, "page": page, "place": region_path(case.region), "printed_at": calendar.now()}
    about |= {"boxes": boxes(page), "sheet_rows": sheet_rows(page), "asks_money": bool(case.measure)}
    about["has_conditions"] = bool(declared.conditions(case))
    return render(request, "desk/cases/print.html", {**about, **case_panels(request.actor, page)})


@require_safe
def decision(request: ActingRequest, number: str) -> HttpResponse:
    """The written decision, as it is handed over."""
    case = queries.case_by_number(request.actor, number)
    context = {
        "case": case,
        "decision": queries.decision_for(request.actor, case),
        "clause": declared.clause_words(case),
    }
    return render(request, "desk/cases/decision.html", context)


@require_safe
def certificate(request: ActingRequest, number: str) -> HttpResponse:
    """The certificate, as it is handed over."""
    case = queries.case_by_number(request.actor, number)
    found = queries.certificate_for(request.actor, case)
    url = request.build_absolute_uri(reverse("portal:certificate-check", args=[queries.certificate_token(found)]))
    context = {
        "case": case,
        "certificate": found,
        "operator_label": queries.operator_label(found),
        "check_url": url,
    }
    return render(request, "desk/cases/certificate.html", context)


@require_safe
def progress_code(request: ActingRequest, number: str) -> HttpResponse:
    """The code the applicant takes along: it opens the public progress of this case alone."""
    case = queries.case_by_number(request.actor, number)
    url = request.build_absolute_uri(reverse("portal:progress-code", args=[queries.progress_token(case)]))
    return render(request, "desk/cases/code.html", {"case": case, "url": url})
