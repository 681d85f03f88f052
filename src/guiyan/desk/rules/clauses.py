"""What a rule rests on: a document in force, the plan inside it, the section, and its words."""

from __future__ import annotations

from typing import Any

from guiyan.desk.rules.choices import Choice
from guiyan.desk.rules.content import mapping, words
from guiyan.desk.rules.posted import Posted
from guiyan.kernel.actors import Actor
from guiyan.packs import Pack
from guiyan.plans import queries as plans
from guiyan.plans.matching import section_code
from guiyan.plans.models import Document
from guiyan.policies.models import RuleProposal

MOST_READINGS = 200


def documents_in_force(actor: Actor) -> list[Document]:
    return list(plans.documents_for(actor).filter(state="in_force"))


def clause_of(actor: Actor, proposal: RuleProposal, pack: Pack) -> dict[str, Any]:
    """document, plan: chosen ones as their forms send them; readings: what was read in the document, to choose from."""
    documents = documents_in_force(actor)
    clause = mapping(proposal.content.get("clause"))
    chosen = next((one for one in documents if one.id == proposal.document_id), None)
    found = [one for one in pack.plans.values() if chosen is None or one.document == chosen.doc_id]
    named = words(clause.get("plan"))
    plan = next((one.id for one in pack.plans.values() if named in (one.id, one.short_title, one.title)), "")
    kept = proposal.document_id is not None and chosen is None
    listed = [(str(one.id), one.dated) for one in documents]
    if kept:
        listed.append((str(proposal.document_id), f"{proposal.document_title}（已不在执行）"))
    return {
        "documents": listed,
        "document": str(proposal.document_id or ""),
        "plans": [(one.id, one.title) for one in found or pack.plans.values()],
        "plan": plan,
        "section": words(clause.get("section")),
        "quote": proposal.quote,
        "readings": readings_of(chosen) if chosen is not None else [],
    }


def readings_of(document: Document) -> list[Choice]:
    """The measures that were read in it, by section."""
    items = plans.items_of(document, "measure")[:MOST_READINGS]
    return [(str(one.id), f"{section_code(one.section_path)} {one.values.get('title') or ''}"[:60]) for one in items]


def read_document(posted: Posted, actor: Actor, pack: Pack) -> tuple[dict[str, Any], dict[str, str]]:
    """What `save_rule` keeps of the document, and of the measure's clause: (document_id, quote …), (plan, section …).

    A reading that is chosen gives plan, section and words, exactly as they stand.
    """
    if "document" not in posted.sent:
        return {}, {}
    chosen = next((one for one in documents_in_force(actor) if str(one.id) == posted.text("document")), None)
    plan, section, quote = posted.text("plan"), posted.text("section"), posted.raw("quote")
    kept: dict[str, Any] = {}
    if chosen is not None:
        kept = {"document_id": chosen.id, "document_title": chosen.title}
        plan, section, quote = reading(posted, actor, chosen, pack) or (plan, section, quote)
    link = pack.plans.get(plan)
    clause = {"document": link.document, "plan": link.short_title} if link is not None else {}
    return {**kept, "section": section, "quote": quote}, {**clause, "section": section}


def reading(posted: Posted, actor: Actor, document: Document, pack: Pack) -> tuple[str, str, str] | None:
    item = next((one for one in plans.items_of(document, "measure") if str(one.id) == posted.text("reading")), None)
    if item is None:
        return None
    text = plans.document_by_id(actor, document.pk).text
    own = (one for one in pack.plans.values() if one.document == document.doc_id)
    plan = next((one.id for one in own if one.title == item.plan), "")
    return plan or posted.text("plan"), section_code(item.section_path), text[item.start : item.end]
