"""One measure at the desk: how its rule reads, its versions with who proposed and who agreed, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.rules.standing import measure_row
from guiyan.desk.rules.wording import Meaning, meaning_in
from guiyan.engine.rules import CompiledMeasure
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound
from guiyan.packs.writing import measure_data, yaml_text
from guiyan.policies import queries, states
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import PROPOSE, VIEW

SHOWN = 30


@dataclass(frozen=True)
class VersionView:
    """proposal: the approved one that made it; None: it came with the files of the city pack."""

    since: date
    until: date | None
    state: str
    tone: str
    meaning: Meaning
    text: str
    proposal: RuleProposal | None


@require_safe
def measure_page(request: ActingRequest, measure_id: str) -> HttpResponse:
    require(request.actor, VIEW)
    pack, today = releases.current(), calendar.today()
    if measure_id not in pack.measures:
        raise NotFound("没有这项措施，可能还没有批准。")
    proposals = list(queries.rule_proposals(request.actor, measure_id=measure_id)[:SHOWN])
    waiting = next((one for one in proposals if one.state in states.OPEN), None)
    live = queries.live_measure(measure_id)
    compiled = pack.compiled[measure_id]
    context: dict[str, Any] = {
        "measure": compiled.measure,
        "row": measure_row(compiled.measure, compiled, waiting, live is not None, today),
        "versions": versions_of(compiled, proposals, today),
        "proposals": proposals,
        "waiting": waiting,
        "live": live,
        "clause": pack.clause_words(compiled.measure.clause),
        "item": pack.items.get(compiled.measure.item or ""),
        "may_propose": holds(request.actor, PROPOSE),
    }
    return render(request, "desk/rules/measure.html", context)


def versions_of(compiled: CompiledMeasure, proposals: list[RuleProposal], today: date) -> list[VersionView]:
    """The newest first."""
    made = {one.effective_on: one for one in reversed(proposals) if one.state == states.APPROVED}
    data = measure_data(compiled.measure)["versions"]
    now = compiled.version_on(today)
    found = []
    for version, written in zip(compiled.versions, data, strict=True):
        since = version.source.valid_from
        if since > today:
            state, tone = "还没到施行日", "blue"
        elif version is not now:
            state, tone = "已被替代", "line"
        else:
            state, tone = ("已到期", "line") if version.ended_on(today) else ("施行中", "green")
        meaning = meaning_in(compiled, version)
        text = yaml_text(written)
        found.append(VersionView(since, version.source.valid_to, state, tone, meaning, text, made.get(since)))
    return found[::-1]
