"""Judging how one's case was handled (好差评): one page, five grades, once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, queries
from guiyan.cases.rating_form import RatingForm
from guiyan.kernel.errors import Refused
from guiyan.portal.my.views import own_case


@require_http_methods(["GET", "POST"])
@sign_in_required
def rate(request: ActingRequest, number: str) -> HttpResponse:
    """The form, or what was said already; a bad judgement says that somebody will call back."""
    case = own_case(request.actor, number)
    given = queries.rating_of(case)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if given is None and request.method == "POST" and form.is_valid():
        try:
            given = actions.rate_case(request.actor, case=case, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            thanks = "谢谢您的评价，会有没经手这件的同事给您回电话。" if given.is_bad else "谢谢您的评价。"
            messages.success(request, thanks)
            return redirect("portal:case", number=number)
    if given is None and not form.is_bound:
        queries.require_rater(request.actor, case)
    context = {"case": case, "form": form, "given": given}
    return render(request, "portal/my/rate.html", context, status=422 if form.errors else 200)
