"""Progress by number and name, or by the signed code. Names are sent in the body, never in an address."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts import throttle
from guiyan.accounts.web import ActingRequest
from guiyan.cases import queries
from guiyan.cases.queries import JointProgress, Progress
from guiyan.kernel.errors import NotFound


class ProgressForm(forms.Form):
    number = forms.CharField(
        label="办件编号",
        max_length=40,
        help_text="在回执和消息里，例如 XN421224-2026-000001",
        error_messages={"required": "请填写办件编号"},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    applicant = forms.CharField(
        label="申请人姓名",
        max_length=40,
        help_text="编号和姓名都对才能查；单位申请的填单位全称",
        error_messages={"required": "请填写申请人姓名"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@never_cache
@require_http_methods(["GET", "POST"])
def search(request: ActingRequest) -> HttpResponse:
    form = ProgressForm(request.POST if request.method == "POST" else None)
    if request.method == "GET":
        return ask(request, form)
    if not form.is_valid():
        return ask(request, form, 422)
    number, applicant = form.cleaned_data["number"].strip().upper(), form.cleaned_data["applicant"]
    address = throttle.address_of(request)
    if throttle.is_resting(throttle.PROGRESS, number, address):
        form.add_error(None, throttle.PROGRESS.words)
        return ask(request, form, 429)
    try:
        found = queries.joint_progress_by_number(number, applicant) or queries.progress_by_number(number, applicant)
    except NotFound as missing:
        # Answered with 200: an answer of 400 or above would roll back the note of the wrong try.
        throttle.note_failure(throttle.PROGRESS, number, address)
        form.add_error(None, missing.message)
        return ask(request, form)
    throttle.forget_failures(throttle.PROGRESS, number, address)
    return show(request, found)


@never_cache
@require_safe
def by_code(request: ActingRequest, token: str) -> HttpResponse:
    return show(request, queries.joint_progress(token) or queries.public_progress(token))


def ask(request: ActingRequest, form: ProgressForm, status: int = 200) -> HttpResponse:
    signed_in = request.actor.subject_id is not None
    return render(request, "portal/progress/search.html", {"form": form, "signed_in": signed_in}, status=status)


def show(request: ActingRequest, found: Progress | JointProgress) -> HttpResponse:
    """Of one request, or of all that were made with one form."""
    page = "together" if isinstance(found, JointProgress) else "progress"
    return render(request, f"portal/progress/{page}.html", {"progress": found})
