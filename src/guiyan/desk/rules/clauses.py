"""What a rule rests on: a document in force, the plan inside it, the section, and its words."""

from __future__ import annotations

from typing import Any

from guiyan.desk.rules.choices import Choice
from guiyan.desk.rules.content import mapping, words
from guiyan.desk.rules.posted import Posted
from guiyan.engine.values.chinese import fold
from guiyan.kernel.actors import Actor
from guiyan.packs import Pack
from guiyan.plans import queries as plans
from guiyan.plans.matching import bare, section_code
from guiyan.plans.models import Document
from guiyan.policies.models import RuleProposal

MOST_READINGS = 200
UNKNOWN = "new-"
"""Before the place of a plan that no pack names: it is sent instead of an id."""


def documents_in_force(actor: Actor) -> list[Document]:
    return list(plans.documents_for(actor).filter(state="in_force"))


def clause_of(actor: Actor, proposal: RuleProposal, pack: Pack) -> dict[str, Any]:
    """document, plan: chosen ones as their forms send them; readings: what was read in the document, to choose from."""
    documents = documents_in_force(actor)
    clause = mapping(proposal.content.get("clause"))
    chosen = next((one for one in documents if one.id == proposal.document_id), None)
    found = plans_in(chosen, pack) if chosen is not None else [(one.id, one.title) for one in pack.plans.values()]
    named = words(clause.get("plan"))
    plan = next((one.id for one in pack.plans.values() if named in (one.id, one.short_title, one.title)), "")
    if proposal.plan_link:
        plan = next((value for value, title in found if title == proposal.plan_link.get("title")), plan)
    kept = proposal.document_id is not None and chosen is None
    listed = [(str(one.id), one.dated) for one in documents]
    if kept:
        listed.append((str(proposal.document_id), f"{proposal.document_title}（已不在执行）"))
    return {
        "documents": listed,
        "document": str(proposal.document_id or ""),
        "plans": found,
        "plan": plan,
        "section": words(clause.get("section")),
        "quote": proposal.quote,
        "readings": readings_of(chosen) if chosen is not None else [],
    }


def plans_in(document: Document, pack: Pack) -> list[Choice]:
    """The plans of a document: as the city's pack names them, else as they are headed in it, or the whole of it."""
    known = {bare(one.title): one for one in pack.plans.values() if one.document == document.doc_id}
    headed = document.plans or ([] if known else [document.title])
    found: list[Choice] = []
    for place, title in enumerate(headed):
        one = known.pop(bare(title), None)
        found.append((one.id, one.title) if one is not None else (f"{UNKNOWN}{place}", unquoted(title)))
    return [*found, *((one.id, one.title) for one in known.values())]


def unquoted(title: str) -> str:
    """Without the brackets around all of it: whoever cites it puts them there."""
    inside = title.strip().removeprefix("《").removesuffix("》")
    return title if "《" in inside or "》" in inside else inside


def link_of(document: Document, plan: str, pack: Pack) -> dict[str, str]:
    """What a pack says of a document, for a plan that the city's pack does not name yet; empty for one that it does."""
    choices = plans_in(document, pack)
    value, title = choices[0] if len(choices) == 1 else next((one for one in choices if one[0] == plan), ("", ""))
    if not value.startswith(UNKNOWN):
        return {}
    link = {"title": title, "short_title": title, "document": document.doc_id, "document_title": document.title}
    if document.issued_on is not None:
        link["issued_on"] = document.issued_on.isoformat()
    return link | ({"issued_by": document.issuer} if document.issuer else {})


def readings_of(document: Document) -> list[Choice]:
    """The measures that were read in it, by section."""
    items = plans.items_of(document, "measure")[:MOST_READINGS]
    return [(str(one.id), f"{section_code(one.section_path)} {one.values.get('title') or ''}"[:60]) for one in items]


def words_are_there(proposal: RuleProposal) -> bool | None:
    """Whether the words stand in the document, spaces apart; None where there are none, or no document."""
    if not proposal.quote.strip() or proposal.document_id is None:
        return None
    text = plans.text_of_document(proposal.document_id)
    return folded(proposal.quote) in folded(text) if text else None


def folded(text: str) -> str:
    return "".join(fold(text).split())


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
    if chosen is not None:
        kept["plan_link"] = new = link_of(chosen, plan, pack)
        clause = {"document": new["document"], "plan": new["short_title"]} if new else clause
    return {**kept, "section": section, "quote": quote}, {**clause, "section": section}


def reading(posted: Posted, actor: Actor, document: Document, pack: Pack) -> tuple[str, str, str] | None:
    item = next((one for one in plans.items_of(document, "measure") if str(one.id) == posted.text("reading")), None)
    if item is None:
        return None
    text = plans.document_by_id(actor, document.pk).text
    plan = next((value for value, title in plans_in(document, pack) if bare(title) == bare(item.plan or "")), "")
    return plan or posted.text("plan"), section_code(item.section_path), text[item.start : item.end]
