"""One's own demand after it was answered: what is still not settled goes back to the office, once."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.cases import actions, queries, states
from guiyan.kernel.errors import Refused
from guiyan.kernel.texts import FORM_WORDS
from guiyan.portal.my.views import own_case


class AgainForm(forms.Form):
    reason = forms.CharField(
        label="还有什么没解决",
        help_text="写清楚，承办单位照着重办",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={**FORM_WORDS, "required": "请写明还有什么没有解决"},
    )


@require_http_methods(["GET", "POST"])
@sign_in_required
def again(request: ActingRequest, number: str) -> HttpResponse:
    """Ask for it to be handled once more."""
    case = own_case(request.actor, number)
    form = AgainForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_again(request.actor, case=case, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "已要求重新办理，承办单位会再答复您。")
            return redirect("portal:case", number=number)
    if case.state != states.ANSWERED and not form.is_bound:
        raise Refused(f"这件现在是“{case.state_label}”，不能要求重新办理。", "state")
    context = {"case": case, "form": form, "replies": queries.replies_of(case)}
    return render(request, "portal/my/again.html", context, status=422 if form.errors else 200)
