"""With whom entries are exchanged, and this system's own card."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.exchange.forms import PartnerForm
from guiyan.desk.exchange.showing import labels_of
from guiyan.desk.exchange.views import tabs
from guiyan.desk.paging import paged
from guiyan.exchange import actions, queries
from guiyan.exchange.cards import in_groups
from guiyan.exchange.partners import MANAGE
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import Refused


@require_safe
def partners(request: ActingRequest) -> HttpResponse:
    require(request.actor, queries.VIEW)
    listed, pager = paged(request, queries.partners_for(request.actor), "家")
    places = region_paths(one.region for one in listed)
    card = actions.own_card()
    context = {
        "tabs": tabs("exchange:partners"),
        "rows": [
            {
                "partner": one,
                "place": places.get(one.region, ""),
                "labels": labels_of(one.registers),
                "digits": in_groups(one.fingerprint),
            }
            for one in listed
        ],
        "pager": pager,
        "card": card,
        "digits": in_groups(card.fingerprint),
        "may_manage": holds(request.actor, MANAGE),
    }
    return render(request, "desk/exchange/partners.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    require(request.actor, MANAGE)
    form = PartnerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            partner = actions.add_partner(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(
                request, f"已登记“{partner.name}”。请打电话和对方核对指纹：{in_groups(partner.fingerprint)}"
            )
            return redirect("exchange:partners")
    crumbs = [("往来单位", reverse("exchange:partners")), ("登记", "")]
    status = 422 if form.errors else 200
    return render(request, "desk/exchange/partner_new.html", {"form": form, "crumbs": crumbs}, status=status)


@require_POST
def end(request: ActingRequest, partner_id: int) -> HttpResponse:
    try:
        partner = actions.end_partner(request.actor, partner_id=partner_id, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"已停用“{partner.name}”，已经导入的数据不受影响。")
    return redirect("exchange:partners")
