"""An order straight from a red light: the unit that answers for it and the words filled in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from guiyan.accounts.models import Region, Unit
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_name
from guiyan.accounts.web import ActingRequest
from guiyan.insights.proposals import Owners, cause_of, demand_of
from guiyan.insights.standing import standings_of
from guiyan.kernel import calendar
from guiyan.kernel.errors import Refused
from guiyan.kernel.numbers import whole
from guiyan.kernel.releases import current
from guiyan.plans import actions, queries
from guiyan.plans.models import Indicator, SupervisionOrder
from guiyan.plans.queries import supervision

MOST_UNITS = 60


class OrderForm(forms.Form):
    """An order in words, to one unit."""

    unit = forms.ChoiceField(label="承办单位", error_messages={"required": "请选择承办单位。"})
    text = forms.CharField(
        label="督办要求",
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=500,
        error_messages={"required": "请写督办要求。"},
    )

    def __init__(self, units: list[Unit], data: object = None, **kwargs: object) -> None:
        super().__init__(data, **kwargs)  # type: ignore[arg-type]
        self.fields["text"].help_text = f"承办单位{supervision.answer_days()}个工作日内回复，时限从明天算起"
        self.fields["unit"].choices = [(unit.code, unit.name) for unit in units]  # type: ignore[attr-defined]


@require_http_methods(["GET", "POST"])
def start(request: ActingRequest, indicator_id: int) -> HttpResponse:
    """An order for a red light: one click away, with unit and words filled in."""
    require(request.actor, "supervision.handle")
    indicator, place = queries.indicator_by_id(indicator_id), _place(request)
    cause = cause_of(indicator, place, calendar.today())
    found = standings_of([indicator], place)[0]
    name = region_name(place)
    units = _units(place)
    filled = {"unit": Owners().of(indicator, place), "text": demand_of(found, name)}
    form = OrderForm(units, request.POST if request.method == "POST" else None, initial=filled)
    context = {
        "indicator": indicator,
        "place": place,
        "place_name": name,
        "standing": found,
        "form": form,
        "before": supervision.orders_of_cause(cause),
        "held": _held(indicator, filled["unit"], cause),
    }
    if request.method == "GET":
        return render(request, "desk/supervision/start.html", context)
    if not form.is_valid():
        return render(request, "desk/supervision/start.html", context, status=422)
    try:
        order = actions.start_order(
            request.actor,
            cause=cause,
            title=f"{name}{indicator.full_name}",
            text=form.cleaned_data["text"],
            unit_code=form.cleaned_data["unit"],
            about=indicator,
        )
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return render(request, "desk/supervision/start.html", context, status=409)
    messages.success(request, f"督办单{order.number}已发出，开始计时。")
    return redirect("supervision:order", number=order.number)


def _held(indicator: Indicator, unit_code: str, cause: str) -> SupervisionOrder | None:
    """The open order on this number that the unit filled in holds for another cause."""
    order = supervision.open_order_on(indicator, unit_code)
    return order if order is not None and order.cause != cause else None


def _place(request: ActingRequest) -> int:
    code = whole(request.GET.get("place", "") or request.POST.get("place", ""))
    known = code is not None and Region.objects.filter(code=code, level__in=("city", "county")).exists()
    return code if known and code is not None else int(current().city.region)


def _units(place: int) -> list[Unit]:
    units = Unit.objects.filter(region=place, valid_to=None).exclude(kind__in=("village", "township"))
    return list(units.order_by("name")[:MOST_UNITS])
