"""Certificates: the applicant's own, to print; and the public page behind the code on one, that says if it stands."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import queries
from guiyan.kernel.calendar import long_day
from guiyan.portal.my.views import own_case


@require_safe
@sign_in_required
def certificate(request: ActingRequest, number: str) -> HttpResponse:
    """The certificate of one's own case; it prints."""
    case = own_case(request.actor, number)
    found = queries.certificate_for(request.actor, case)
    path = reverse("portal:certificate-check", args=[queries.certificate_token(found)])
    context = {
        "case": case,
        "certificate": found,
        "operator_label": queries.operator_label(found),
        "check_url": request.build_absolute_uri(path),
    }
    return render(request, "portal/my/certificate.html", context)


@never_cache
@require_safe
def check(request: ActingRequest, token: str) -> HttpResponse:
    """Whether the certificate with this code is one of the platform's, and stands today."""
    found = queries.public_certificate(token)
    rows = [
        ("认定编号", found.number),
        ("认定单位", found.unit),
        ("申请单位", found.operator),
        ("有效期", f"{long_day(found.valid_from)}至{long_day(found.valid_to)}"),
    ]
    told = [{"label": label, "value": value, "source": ""} for label, value in rows]
    return render(request, "portal/certificates/check.html", {"found": found, "rows": told})
