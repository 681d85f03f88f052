"""A published plan for tests of what follows from one."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from guiyan.kernel.actors import Actor
from guiyan.plans import actions, queries
from guiyan.plans.models import Document
from guiyan.policies.actions import confirm_measure

REAL = Path(__file__).parents[3] / "shared" / "policy-documents" / "xianning-2025-homecoming.txt"


def imported_plan(officer: Actor) -> Document:
    return actions.import_document(officer, name=REAL.name, content=REAL.read_bytes())


def confirm_all(officer: Actor, document: Document) -> None:
    for item in document.items.filter(decision=""):
        actions.decide_item(officer, item=item, decision="confirmed", version=item.version)


def published_plan(officer: Actor) -> Document:
    """In force, with the measures whose rules the city declares."""
    document = imported_plan(officer)
    confirm_all(officer, document)
    published = actions.publish_document(officer, document=document)
    for reading in queries.linked_measures(published):
        confirm_measure(officer, **asdict(reading))
    return published
