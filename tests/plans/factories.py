"""A published plan for tests of what follows from one."""

from __future__ import annotations

from pathlib import Path

from guiyan.kernel.actors import Actor
from guiyan.plans import actions
from guiyan.plans.models import Document

REAL = Path(__file__).parents[3] / "shared" / "policy-documents" / "xianning-2025-homecoming.txt"


def imported_plan(officer: Actor) -> Document:
    return actions.import_document(officer, name=REAL.name, content=REAL.read_bytes())


def confirm_all(officer: Actor, document: Document) -> None:
    for item in document.items.filter(decision=""):
        actions.decide_item(officer, item=item, decision="confirmed", version=item.version)


def published_plan(officer: Actor) -> Document:
    document = imported_plan(officer)
    confirm_all(officer, document)
    return actions.publish_document(officer, document=document)
