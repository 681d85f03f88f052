"""Addresses of revised documents, and of the findings over all plans."""

from __future__ import annotations

from guiyan.kernel import calendar
from guiyan.plans.models import Document
from guiyan.plans.queries.findings import findings_on
from guiyan.plans.revisions import changes_of
from tests.access.doors import NOONE, Door, Values
from tests.access.doors_plans import ONLY_POLICY, PLAN_READERS
from tests.access.world import EARLIER_PLAN, REVISED_PLAN, World


def revision() -> Document:
    return Document.objects.get(file_name=REVISED_PLAN)


def document(world: World) -> Values:
    return {"document_id": revision().pk}


def change(world: World) -> Values:
    return {**document(world), "key": changes_of(revision())[0].key}


def decided(world: World) -> Values:
    return {"mark": changes_of(revision())[0].difference.mark, "seen": "", "decision": "accepted"}


def revised(world: World) -> Values:
    return {"revises": Document.objects.get(file_name=EARLIER_PLAN).pk}


def dismissed(world: World) -> Values:
    found = findings_on(calendar.today())[0]
    return {"key": found.key, "mark": found.mark, "reason": "口径不同"}


def settled(world: World) -> dict[str, object]:
    """A task that nobody leads, and one of its units."""
    (row,) = [x.said[0].row for x in findings_on(calendar.today()) if x.kind == "no-lead"][:1]
    unit = row.units.all()[0].unit_code
    return {"task": row.pk, f"lead-{row.pk}": unit, "basis": "示例纪要", "on": "2026-06-01"}


DOORS = [
    Door("documents:revision", ONLY_POLICY, ONLY_POLICY, document, revised),
    Door("documents:change", NOONE, ONLY_POLICY, change, decided),
    Door("documents:revision-publish", ONLY_POLICY, ONLY_POLICY, document, lambda world: {"since": "2026-06-17"}),
    Door("plans:findings", PLAN_READERS),
    Door("plans:finding-sheet", PLAN_READERS),
    Door("plans:finding-leads", NOONE, ONLY_POLICY, body=settled),
    Door("plans:finding-dismiss", NOONE, ONLY_POLICY, body=dismissed),
]
