"""The list of what can be done, searched; and the plain page for elderly people."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel.texts import visible
from guiyan.portal.calls import advice, supervision
from guiyan.portal.services.catalogue import found_in_all, services

LONGEST = 40


@require_safe
def service_list(request: ActingRequest) -> HttpResponse:
    words = visible(request.GET.get("q", ""))[:LONGEST]
    groups = list(found_in_all(words)) if words else services()
    context = {"q": words, "groups": [(label, rows) for label, rows in groups if rows], "advice": advice()}
    return render(request, "portal/services/list.html", context)


@require_safe
def plain(request: ActingRequest) -> HttpResponse:
    """长辈版: the phone first, then three things to do, nothing else."""
    return render(request, "portal/services/plain.html", {"advice": advice(), "supervision": supervision()})
