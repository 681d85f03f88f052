"""The rule as text: read-only, and to download as the files of a city pack."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.kernel.errors import NotFound
from guiyan.policies import queries


@require_safe
def text_page(request: ActingRequest, proposal_id: int) -> HttpResponse:
    proposal = queries.rule_proposal(request.actor, proposal_id)
    texts = [
        ("measure", f"measures/{proposal.measure_id}.yaml", queries.measure_yaml(proposal)),
        ("cases", f"examples/{proposal.measure_id}.yaml", queries.cases_yaml(proposal)),
    ]
    return render(request, "desk/rules/text.html", {"proposal": proposal, "texts": texts})


@require_safe
def download(request: ActingRequest, proposal_id: int, which: str) -> HttpResponse:
    proposal = queries.rule_proposal(request.actor, proposal_id)
    writers = {"measure": queries.measure_yaml, "cases": queries.cases_yaml}
    if which not in writers:
        raise NotFound("没有这个文件。")
    name = proposal.measure_id if which == "measure" else f"{proposal.measure_id}-cases"
    headers = {"Content-Disposition": f'attachment; filename="{name}.yaml"'}
    return HttpResponse(writers[which](proposal), content_type="application/yaml; charset=utf-8", headers=headers)
