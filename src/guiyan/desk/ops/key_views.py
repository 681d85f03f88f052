"""开放接口的密钥: given to other systems, shown once, ended."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts import api_keys
from guiyan.accounts.models import ApiKey
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.forms import KeyForm
from guiyan.desk.paging import paged
from guiyan.kernel import calendar
from guiyan.kernel.errors import Refused


@require_safe
def key_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, api_keys.MANAGE)
    today = calendar.today()
    listed, pager = paged(request, api_keys.keys(), "把")
    rows = [
        {"key": key, "scopes": [api_keys.SCOPES.get(one, one) for one in key.scopes], **standing(key, today)}
        for key in listed
    ]
    return render(request, "desk/ops/keys.html", {"rows": rows, "pager": pager})


def standing(key: ApiKey, today: date) -> dict[str, str]:
    if key.revoked_at is not None:
        return {"state": "已停用", "tone": "plain"}
    if key.expires_on < today:
        return {"state": "已到期", "tone": "amber"}
    return {"state": "可用", "tone": "green"}


@require_http_methods(["GET", "POST"])
def new_key(request: ActingRequest) -> HttpResponse:
    """The secret is on the answer to the form and nowhere else: going back or looking again shows it no more."""
    require(request.actor, api_keys.MANAGE)
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = api_keys.create_key(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            return render(request, "desk/ops/key_made.html", {"made": made, "crumbs": crumbs("新的密钥")})
    context = {"form": form, "crumbs": crumbs("新增")}
    return render(request, "desk/ops/key_new.html", context, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: ActingRequest, key_id: int) -> HttpResponse:
    key = api_keys.revoke_key(request.actor, key_id=key_id)
    messages.success(request, f"已停用“{key.name}”的密钥，用它的系统从现在起调不了。")
    return redirect("ops:keys")


def crumbs(last: str) -> list[tuple[str, str]]:
    return [("开放接口", reverse("ops:keys")), (last, "")]
