"""The page, its service worker, and the three addresses it talks to. The page itself holds nobody's data."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import regions_within
from guiyan.accounts.web import ActingRequest
from guiyan.desk.visits.describing import survey_words
from guiyan.kernel import crypto
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import Refused
from guiyan.registers.queries.due import surveys, visits_due
from guiyan.registers.queries.rounds import RECORD, ranges_of
from guiyan.registers.surveying.visits import take_records

WORKER = "guiyan/js/visits/worker.js"
SCRIPTS = ("guiyan/js/ready.js", *(f"guiyan/js/visits/{name}.js" for name in ("vault", "people", "page")))
STYLES = tuple(
    f"guiyan/css/{name}.css"
    for name in (
        "tokens",
        "base",
        "components/buttons",
        "components/forms",
        "components/status",
        "components/cards",
        "components/dialogs",
        "components/nav",
        "desk",
        "visits",
    )
)
PICTURES = ("guiyan/icons.svg", "guiyan/img/favicon.svg", "guiyan/img/tick.svg", "guiyan/img/chevron-down.svg")
LONGEST = 1024 * 1024
MOST_VILLAGES = 400


@require_safe
def shell(request: ActingRequest) -> HttpResponse:
    require(request.actor, RECORD)
    keep_days = min((one.keep_days for one in surveys().values()), default=3)
    context = {
        "keep_days": keep_days,
        "styles": [static(name) for name in STYLES],
        "scripts": [static(name) for name in SCRIPTS],
    }
    return render(request, "desk/visits/shell.html", context)


@require_safe
def worker(request: ActingRequest) -> HttpResponse:
    """The worker with the names of what it keeps; another content of any of them is another version."""
    require(request.actor, RECORD)
    kept = [reverse("visits:shell"), *(static(name) for name in (*STYLES, *SCRIPTS, *PICTURES))]
    head = f"const VERSION = {json.dumps(version())};\nconst KEPT = {json.dumps(kept)};\n"
    answer = HttpResponse(head + text_of(WORKER), content_type="text/javascript; charset=utf-8")
    answer.headers["Service-Worker-Allowed"] = reverse("visits:shell")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@lru_cache(maxsize=1)
def version() -> str:
    page = Path(__file__).parents[1] / "templates" / "desk" / "visits" / "shell.html"
    parts = [page.read_text(encoding="utf-8"), *(text_of(name) for name in (*STYLES, *SCRIPTS, *PICTURES, WORKER))]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def text_of(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return Path(found).read_text(encoding="utf-8")


@require_safe
def hello(request: ActingRequest) -> JsonResponse:
    """Who this is for a phone that wants to send: a token for the form, and a tag that is the officer's alone."""
    require(request.actor, RECORD)
    return JsonResponse({"token": get_token(request), "tag": tag_of(request.actor), "today": today().isoformat()})


def tag_of(actor: Actor) -> str:
    """Tells one officer's records on a phone from another's, and says nothing of who she is."""
    return crypto.blind_index("visits.officer", str(actor.user_id)).hex()[:32]


@require_safe
def due(request: ActingRequest) -> JsonResponse:
    """What is to be visited, and what is asked."""
    found = visits_due(request.actor)
    villages = regions_within(ranges_of(request.actor, RECORD), ("village", "zone"))[:MOST_VILLAGES]
    names = {str(one.code): one.name for one in villages}
    return JsonResponse(
        {
            "tag": tag_of(request.actor),
            "token": get_token(request),
            "today": today().isoformat(),
            "keep_days": min((surveys()[one.survey].keep_days for one in found.rounds), default=3),
            "rounds": [
                {
                    "id": one.pk,
                    "title": one.title,
                    "survey": one.survey,
                    "to": one.to_on.isoformat(),
                    "low": one.region,
                }
                for one in found.rounds
            ],
            "surveys": {name: survey_words(surveys()[name]) for name in {one.survey for one in found.rounds}},
            "villages": names,
            "visits": [{**asdict(one), "place": names.get(str(one.region), "")} for one in found.visits],
            "left": found.left,
        }
    )


@require_POST
def send(request: ActingRequest) -> JsonResponse:
    """One answer a record. What can't be read as a whole is refused as a whole, and nothing of it is taken."""
    require(request.actor, RECORD)
    sent = request.POST.get("records", "")
    if len(sent) > LONGEST:
        raise Refused("一次发送的内容太多，请分几次。", "too-long")
    try:
        records: Any = json.loads(sent)
    except (ValueError, RecursionError):
        raise Refused("发送的内容读不出来。", "unreadable") from None
    if not isinstance(records, list):
        raise Refused("发送的内容读不出来。", "unreadable")
    return JsonResponse({"answers": [asdict(one) for one in take_records(request.actor, records)]})
