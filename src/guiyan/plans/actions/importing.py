"""Import: the file is kept, read, and laid out for review. Nothing of it is in force yet."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from decimal import Decimal
from typing import Any

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.engine.documents import (
    DocumentRefused,
    ParsedDocument,
    ParsedIndicator,
    ParsedMeasure,
    ParsedTask,
    parse_file,
)
from guiyan.kernel import audit, calendar, files, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.packs import Pack, PlanLink
from guiyan.plans.matching import bare, suggest_definition, suggest_measure
from guiyan.plans.mentions import ensure_mentions
from guiyan.plans.models import Document, ReviewItem

KINDS = ("txt", "docx", "pdf", "html", "xlsx")
MAX_BYTES = 20 * 2**20
NOT_IN_PAYLOAD = {"span", "unit_span", "confidence", "section_path", "plan", "no"}


@transaction.atomic
def import_document(actor: Actor, *, name: str, content: bytes) -> Document:
    """Keep a policy document and everything read in it, ready for review.

    name: the file's own name (.txt .docx .pdf .html or .xlsx); content: its bytes, at most 20 MB.
    Raises Refused, in words, for a file that is empty, marked secret or internal, not what it says, or here already.
    """
    require(actor, "document.import")
    office = offices.office_of(actor, "document.import")
    digest = hashlib.sha256(content).hexdigest()
    _refuse_second(office.region, digest)
    try:
        parsed = parse_file(name, content)
    except DocumentRefused as refusal:
        raise Refused(refusal.reason, refusal.code) from refusal
    stored = files.store(
        actor,
        name=name,
        content=content,
        purpose="policy-document",
        region=office.region,
        subject_id=None,
        allowed=set(KINDS),
        max_bytes=MAX_BYTES,
    )
    document = _kept(actor, parsed, stored.id, name, digest, office.region, office.unit_id)
    workflow.begin(document, "document", actor=actor)
    _lay_out(document, parsed, releases.current())
    audit.record(actor, "document.import", f"document:{document.id}", region=document.region, detail={"sha256": digest})
    return document


def _refuse_second(region: int, digest: str) -> None:
    before = Document.objects.filter(region=region, sha256=digest).exclude(state="dropped").first()
    if before is not None:
        raise Refused(f"这份文件已经导入过：{before.title}。请打开它继续核对，不用重复导入。", "imported-before")


def _kept(
    actor: Actor, parsed: ParsedDocument, file_id: int, name: str, digest: str, region: int, unit_id: int
) -> Document:
    facts = parsed.issuing
    return Document(
        doc_id=document_id(releases.current(), parsed, name),
        title=document_title(releases.current(), parsed) or name,
        doc_number=facts.doc_number or "",
        issuer=facts.issuer or "",
        issued_on=facts.issued_on,
        publicity=facts.publicity or "",
        valid_until=facts.valid_until,
        file_id=file_id,
        file_name=name,
        sha256=digest,
        text=parsed.text,
        outline=[
            {
                "level": s.level,
                "number": s.number,
                "heading": s.heading,
                "start": s.span[0],
                "end": s.span[1],
                "plan": s.path[0] if len(parsed.plans) > 1 else "",
            }
            for s in parsed.outline
        ],
        plans=[p.title for p in parsed.plans],
        lead_rule=parsed.lead_rule or "",
        region=region,
        unit_id=unit_id,
        imported_at=calendar.now(),
        imported_by=actor.user_id,
    )


def known_plan(pack: Pack, parsed: ParsedDocument) -> PlanLink | None:
    """The first plan of the pack that this document holds."""
    titles = {bare(p.title) for p in parsed.plans} | {bare(parsed.title)}
    return next((x for x in pack.plans.values() if {bare(x.title), bare(x.document_title)} & titles), None)


def document_title(pack: Pack, parsed: ParsedDocument) -> str:
    """How the city calls a document it knows (《…》等三个方案); else the title in the document."""
    known = known_plan(pack, parsed)
    return known.document_title if known else parsed.issuing.title or parsed.title


def document_id(pack: Pack, parsed: ParsedDocument, name: str) -> str:
    """The pack's id for this document, known by the plans it holds; else one made from the file's name."""
    known = known_plan(pack, parsed)
    if known:
        return known.document
    return re.sub(r"[^\w.-]+", "-", name.rsplit(".", 1)[0])[:80].strip("-") or "document"


def _lay_out(document: Document, parsed: ParsedDocument, pack: Pack) -> None:
    found: list[tuple[str, ParsedTask | ParsedIndicator | ParsedMeasure]] = [
        *(("task", x) for x in parsed.tasks),
        *(("indicator", x) for x in parsed.indicators),
        *(("measure", x) for x in parsed.measures),
    ]
    found.sort(key=lambda pair: pair[1].span)
    items = [_item(document, pack, number, kind, x) for number, (kind, x) in enumerate(found, start=1)]
    ReviewItem.objects.bulk_create(items)
    ensure_mentions(document, pack, [unit for x in parsed.tasks for unit in (*x.lead_units, *x.responsible_units)])


def _item(
    document: Document, pack: Pack, number: int, kind: str, x: ParsedTask | ParsedIndicator | ParsedMeasure
) -> ReviewItem:
    payload = {key: _plain(value) for key, value in dataclasses.asdict(x).items() if key not in NOT_IN_PAYLOAD}
    unit_span = getattr(x, "unit_span", None)
    return ReviewItem(
        document=document,
        kind=kind,
        number=number,
        start=x.span[0],
        end=x.span[1],
        unit_start=unit_span[0] if unit_span else None,
        unit_end=unit_span[1] if unit_span else None,
        plan=x.plan or "",
        section_path=list(x.section_path),
        payload=payload,
        confidence=x.confidence,
        links_to=_suggestion(document, pack, x),
        region=document.region,
        unit_id=document.unit_id,
    )


def _suggestion(document: Document, pack: Pack, x: ParsedTask | ParsedIndicator | ParsedMeasure) -> str:
    if isinstance(x, ParsedMeasure):
        return suggest_measure(pack, document.doc_id, x)
    if isinstance(x, ParsedIndicator):
        return suggest_definition(pack, document.doc_id, x)
    return ""


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(x) for x in value]
    return value
