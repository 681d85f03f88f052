"""Screening one subject on the facts given: nothing is looked up, nothing is kept."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from guiyan.api.access import may
from guiyan.api.measures import REFUSALS, in_yuan
from guiyan.api.schemas import ScreenIn, ScreenOut
from guiyan.engine.rules import ScreenResult, next_question
from guiyan.kernel import calendar, releases
from guiyan.policies import queries as policies

router = Router(tags=["测算"])


@router.post(
    "/screen",
    response={200: ScreenOut, **REFUSALS},
    auth=may("screen"),
    url_name="screen",
    summary="逐个测算",
    description="按给出的事实测算一个人或一家单位能享受什么；没有给的事实算不知道。不查询、不保存任何个人信息。",
)
def screen(request: HttpRequest, asked: ScreenIn) -> dict[str, object]:
    """The verdict of every public measure in force, the reasons, and the fact worth asking next."""
    pack, on = releases.current(), asked.on or calendar.today()
    pack.catalogue.read(asked.facts)  # wrong facts are refused even where no measure asks them
    found = [one for one in policies.screen_answers(asked.facts, asked.kind, on) if pack.measures[one.id].public]
    return {
        "on": on,
        "measures": [told(one) for one in found],
        "next_question": next_question(found, pack.catalogue),
    }


def told(one: ScreenResult) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "verdict": one.verdict,
        "amount_min_yuan": in_yuan(one.amount_min_fen),
        "amount_max_yuan": in_yuan(one.amount_max_fen),
        "amount_note": "未公布" if one.unpublished else one.tier or None,
        "amount_missing": list(one.amount_missing),
        "valid_until": one.valid_until,
        "rate_percent": None if one.rate_percent is None else float(one.rate_percent),
        "missing": list(one.missing),
        "open_conditions": list(one.open_conditions),
        "strength": one.strength,
        "payer": one.payer,
        "reasons": [{"condition": x.condition, "label": x.label, "verdict": x.verdict} for x in one.reasons],
        "clause": one.clause.model_dump(),
    }
