"""Addresses of 政策试算: policy officers ask, leaders and the supervision office look on."""

from __future__ import annotations

from guiyan.kernel import releases
from guiyan.outreach.models import WhatIfRun
from guiyan.policies.models import RuleProposal
from tests.access.doors import NOONE, Door, Values
from tests.access.people import LEADER, POLICY, SUPERVISOR
from tests.access.world import World

VIEWERS, RUNS = frozenset({POLICY, LEADER, SUPERVISOR}), frozenset({POLICY})
LOAN = "guarantee-loan-person"


def computed(world: World) -> Values:
    return {"run_id": WhatIfRun.objects.get(computed_at__isnull=False).pk}


def stuck(world: World) -> Values:
    return {"run_id": WhatIfRun.objects.get(computed_at=None).pk}


def drafted(world: World) -> Values:
    return {"proposal_id": RuleProposal.objects.get(state="draft").pk}


def asked(world: World) -> Values:
    return {
        "kind": "person",
        "measure": [LOAN],
        "release": releases.current_id(),
        "title": "示例试算",
        "area": 421200000000,
        "changed_day": "2026-06-17",
        f"{LOAN}__benefit__amount_max_yuan": "400000",
        f"{LOAN}__from": "2025-06-09",
    }


DOORS = [
    Door("whatif:list", VIEWERS),
    Door("whatif:new", RUNS, RUNS, body=asked),
    Door("whatif:new", RUNS, RUNS, body=asked, what="form", query=f"measure={LOAN}"),
    Door("whatif:facts", NOONE, RUNS, body=lambda world: {"kind": "person"}),
    Door("whatif:page", VIEWERS, at=computed),
    Door("whatif:page", VIEWERS, at=stuck, what="stuck"),
    Door("whatif:print", VIEWERS, at=computed),
    Door("whatif:sheet", VIEWERS, at=computed),
    Door("whatif:again", NOONE, RUNS, at=computed),
    Door("whatif:proposal", NOONE, RUNS, at=drafted),
    Door("whatif:delete", RUNS, RUNS, at=computed),
]
