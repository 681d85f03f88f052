"""Screening one subject on the facts given: nothing is looked up, nothing is kept."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from guiyan.api.access import may
from guiyan.api.measures import REFUSALS
from guiyan.api.schemas import ScreenIn, ScreenOut
from guiyan.engine.rules import next_question
from guiyan.engine.rules.telling import told
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
