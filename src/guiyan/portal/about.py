"""How to get help: the window, a village helper, the phone; and how the pages can be read more easily."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel import releases
from guiyan.portal.calls import advice, supervision


@require_safe
def about(request: ActingRequest) -> HttpResponse:
    city = releases.current().city
    context = {"advice": advice(), "supervision": supervision(), "notes": city.notes}
    return render(request, "portal/about/about.html", context)


@require_safe
def accessible(request: ActingRequest) -> HttpResponse:
    """How the pages can be read and used more easily."""
    return render(request, "portal/about/accessible.html", {"advice": advice()})
