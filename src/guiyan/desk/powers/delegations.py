"""委托受理 and 授权办理: the bureau's head gives them, either side sees and ends them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, queries
from guiyan.cases.permissions import units_with
from guiyan.desk.powers.forms import DelegationForm
from guiyan.kernel import calendar, files, releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.regions import subtree


@require_safe
def delegation_list(request: ActingRequest) -> HttpResponse:
    """What the actor's units gave, or hold."""
    if not holds(request.actor, "delegation.manage") and not holds(request.actor, "case.accept"):
        raise NotAllowed
    today = calendar.today()
    context = {
        "rows": [
            {"delegation": row, "items": titles(row.items), "why_not": row.why_not_usable(today)}
            for row in queries.delegations_for(request.actor)
        ],
        "may_give": bool(_principals(request)),
    }
    return render(request, "desk/powers/delegations.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Record a signed delegation to a township unit of the bureau's area."""
    require(request.actor, "delegation.manage")
    principals = _principals(request)
    if not principals:
        raise NotAllowed("您的单位没有可以委托乡镇办理的事项。")
    principal = principals[0]
    low, high = subtree(principal.region)
    agents = Unit.objects.filter(region__gt=low, region__lt=high, kind="township-office").order_by("region", "code")
    items = [(name, item.title) for name, item in releases.current().items.items() if _may(item, principal)]
    form = DelegationForm(
        request.POST or None,
        request.FILES or None,
        agents=[(str(unit.pk), unit.name) for unit in agents[:200]],
        items=items,
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            row = actions.give_delegation(
                request.actor,
                kind=values["kind"],
                principal=principal,
                agent=Unit.objects.get(pk=int(values["agent"])),
                items=values["items"],
                document=values["document"],
                valid_from=values["valid_from"],
                valid_to=values["valid_to"],
                name=values["paper"].name,
                content=values["paper"].read(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已登记：{row.kind_label}，{row.agent.name}。")
            return redirect("powers:delegation", delegation_id=row.pk)
    context = {
        "form": form,
        "title": "登记委托或授权",
        "effect": effect_words(principal),
        "crumbs": [("委托受理", reverse("powers:delegations")), ("登记", "")],
    }
    return render(request, "desk/powers/new.html", context, status=409 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def delegation(request: ActingRequest, delegation_id: int) -> HttpResponse:
    """One delegation. POST ends it."""
    row = queries.delegation_by_id(request.actor, delegation_id)
    if request.method == "POST":
        if request.POST.get("do") != "end":
            raise NotFound("没有这一步，委托没有改动。")
        try:
            actions.end_delegation(request.actor, delegation=row, reason=request.POST.get("reason", ""))
            messages.success(request, f"已终止，没有受理的办件退回{row.principal.short_name or row.principal.name}。")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("powers:delegation", delegation_id=delegation_id)
    context = {
        "delegation": row,
        "items": titles(row.items),
        "why_not": row.why_not_usable(calendar.today()),
        "may_end": row.ended_at is None
        and bool(units_with(request.actor, "delegation.manage") & {row.principal_id, row.agent_id}),
        "crumbs": [("委托受理", reverse("powers:delegations")), (row.agent.short_name or row.agent.name, "")],
    }
    return render(request, "desk/powers/delegation.html", context)


@require_safe
def paper(request: ActingRequest, delegation_id: int) -> FileResponse:
    """The signed delegation."""
    row = queries.delegation_by_id(request.actor, delegation_id)
    return FileResponse(files.open_file(request.actor, row.file, purpose="委托受理"), filename=row.file.name)


def titles(items: list[str]) -> str:
    known = releases.current().items
    return "、".join(known[one].title if one in known else one for one in items)


def _principals(request: ActingRequest) -> list[Unit]:
    """The actor's own units that are the host of some item a township may take part in."""
    units = Unit.objects.filter(pk__in=units_with(request.actor, "delegation.manage")).order_by("pk")
    return [unit for unit in units if any(_may(item, unit) for item in releases.current().items.values())]


def _may(item: object, unit: Unit) -> bool:
    towns = getattr(item, "towns", None)
    return getattr(item, "unit_kind", "") == unit.kind and towns is not None and (towns.entrust or towns.authorise)


def effect_words(principal: Unit) -> str:
    """What comes of each of the two kinds."""
    return (
        f"生效以后，受托单位辖区里的新申请由它受理。委托受理的，决定以{principal.name}的名义作出，并写明由谁受托办理；"
        "授权办理的，乡镇以自己的名义受理、审核和答复，资金仍由本单位拨付。"
    )
