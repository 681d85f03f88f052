"""What there is: the measures in force and the facts their rules ask."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from ninja import Router

from guiyan.api.access import may
from guiyan.api.schemas import FactsOut, Kind, MeasureOut, MeasuresOut, RefusalOut
from guiyan.engine.rules import CompiledMeasure, Fact, print_expr
from guiyan.engine.rules.telling import in_yuan, plain_number
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import NotFound
from guiyan.policies import queries as policies

router = Router(tags=["政策"])
REFUSALS = {401: RefusalOut, 403: RefusalOut, 404: RefusalOut, 422: RefusalOut, 429: RefusalOut}


@router.get(
    "/measures",
    response={200: MeasuresOut, **REFUSALS},
    auth=may("measures"),
    url_name="measures",
    summary="政策措施清单",
    description="在执行的政策措施，按名称排列，各给出那一天的版本。kind：给谁；on：哪一天，不写就是今天。",
)
def measures(request: HttpRequest, kind: Kind | None = None, on: dt.date | None = None) -> dict[str, object]:
    """The public measures in force, by title, each in its version of the day."""
    day, ready = on or calendar.today(), releases.current().compiled
    public = [one.measure for one in policies.live_measures(kind) if one.measure.public]
    return {"on": day, "measures": [told for one in public if (told := told_of(ready[one.id], day))]}


@router.get(
    "/measures/{measure_id}",
    response={200: MeasureOut, **REFUSALS},
    auth=may("measures"),
    url_name="measure",
    summary="一项政策措施",
    description="一项措施那一天的版本，条件写明规则和对应的中文。",
)
def measure(request: HttpRequest, measure_id: str, on: dt.date | None = None) -> dict[str, object]:
    """One measure in its version of the day."""
    live = policies.live_measure(measure_id)
    told = told_of(releases.current().compiled[measure_id], on or calendar.today()) if live is not None else None
    if live is None or told is None or not live.measure.public:
        raise NotFound("没有这项政策措施，或者那一天还没有施行。")
    return told


@router.get(
    "/facts",
    response={200: FactsOut, **REFUSALS},
    auth=may("facts"),
    url_name="facts",
    summary="事实目录",
    description="规则可以问的事实：类型、代码和含义。derived为真的由别的事实推出，不用给。",
)
def facts(request: HttpRequest, kind: Kind | None = None) -> dict[str, object]:
    """The facts that rules may ask, with their types and codes."""
    found = [one for one in releases.current().facts.values() if kind is None or kind in one.kinds]
    return {"facts": [fact_told(one) for one in found]}


def told_of(compiled: CompiledMeasure, on: dt.date) -> dict[str, object] | None:
    """None before its first version."""
    declared, version = compiled.measure, compiled.version_on(on)
    if version is None:
        return None
    return {
        "id": declared.id,
        "title": declared.title,
        "kind": declared.kind,
        "strength": declared.strength,
        "payer": declared.payer,
        "clause": declared.clause.model_dump(),
        "open_conditions": list(declared.open_conditions),
        "valid_from": version.source.valid_from,
        "valid_to": version.source.valid_to,
        "benefit": version.source.benefit.kind,
        "amount_min_yuan": in_yuan(version.amounts.least_fen),
        "amount_max_yuan": in_yuan(version.amounts.most_fen),
        "rate_percent": plain_number(version.amounts.rate_percent),
        "conditions": [
            {"id": one.id, "label": one.label, "when": print_expr(one.tree), "sentence": one.sentence}
            for one in version.conditions
        ],
        "facts": list(version.facts),
        "item": declared.item,
    }


def fact_told(fact: Fact) -> dict[str, object]:
    return {
        "id": fact.id,
        "label": fact.label,
        "type": fact.type,
        "kinds": list(fact.kinds),
        "unit": fact.unit,
        "codes": dict(fact.codes),
        "derived": fact.derive is not None,
        "question": fact.question.text if fact.question else None,
        "source": fact.source,
    }
