"""The portal's first page: what can I get, where is my request, what is public now."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.insights.goals import SCALED
from guiyan.kernel import calendar
from guiyan.policies import queries as policies
from guiyan.portal.calls import advice
from guiyan.portal.measures.words import measure_words
from guiyan.portal.my.todo import todos_of
from guiyan.portal.notices.news import newest
from guiyan.portal.promises import promises
from guiyan.portal.services.catalogue import items_open

NEWS = 4
PROMISES = 4
TILES, FIXED_TILES = 12, 3
"""As many tiles as fill rows of four and of two; the last three are always the same."""


@require_safe
def home(request: ActingRequest) -> HttpResponse:
    today = calendar.today()
    live = [measure_words(one, today) for one in policies.live_measures()]
    promised = promises(PROMISES)
    demands = [item for item in items_open() if item.outcome == "reply"]
    context = {
        "services": live[: TILES - FIXED_TILES - len(demands)],
        "demands": demands,
        "news": newest(NEWS, today),
        "promises": promised,
        "scaled": SCALED if any(one.is_scaled for one in promised) else "",
        "today": today,
        "todo": next(iter(todos_of(request.actor)), None),
        "advice": advice(),
    }
    return render(request, "portal/home/home.html", context)
