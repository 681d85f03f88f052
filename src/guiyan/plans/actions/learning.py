"""Learning: what an officer corrects is kept for the next import in the region, and can be undone."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.engine.drafting import DraftTerm
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.plans.drafts import TEACHABLE, draft_of
from guiyan.plans.meanings import Meaning, meaning_named, taught
from guiyan.plans.models import Document, LearntName, LearntPhrase, ReviewItem, UnitMention
from guiyan.plans.units import resolve


def learn_name(actor: Actor, *, mention: UnitMention, document: Document) -> LearntName | None:
    """Keep what a name stands for. None where the city's own units say the same: there is nothing to learn."""
    on = document.issued_on or calendar.today()
    own = resolve(releases.release(document.release), mention.name, on)
    before = LearntName.objects.select_for_update().filter(region=document.region, name=mention.name, undone_at=None)
    if not mention.is_outside and set(own.codes) == set(mention.unit_codes):
        before.update(undone_at=calendar.now(), undone_by=actor.user_id)
        return None
    kept, _ = LearntName.objects.get_or_create(
        region=document.region,
        name=mention.name,
        undone_at=None,
        defaults={"document": document, "learnt_at": calendar.now(), "unit_id": document.unit_id},
    )
    kept.unit_codes, kept.is_outside = list(mention.unit_codes), mention.is_outside
    kept.document, kept.learnt_by, kept.learnt_at = document, actor.user_id, calendar.now()
    kept.save()
    return kept


@transaction.atomic
def learn_phrase(actor: Actor, *, item: ReviewItem, words: str, meaning: str) -> LearntPhrase:
    """Say which fact the words of an open condition speak of; from then on they are drafted with it in this region.

    words: those of an open term of the measure's draft. meaning: one of `meanings.meanings`, by its words.
    Raises Refused where the document itself leaves the words open, or a number is missing or not compared.
    """
    document = Document.objects.select_for_update().get(id=item.document_id)
    require(actor, "document.review", document)
    pack = releases.current()
    draft = draft_of(pack, document, item)
    term = _open_term(draft.rule.open, words)
    chosen = meaning_named(pack, draft.kind, meaning)
    kept = _kept(document, taught(pack, chosen, term, draft.kind), chosen)
    kept.learnt_by = actor.user_id
    kept.save()
    audit.record(
        actor,
        "document.learn",
        f"learnt_phrase:{kept.id}",
        region=document.region,
        detail={"fact": kept.fact, "rule": kept.rule, "document": document.id},
    )
    return kept


def _open_term(terms: tuple[DraftTerm, ...], words: str) -> DraftTerm:
    found = next((term for term in terms if term.words == words), None)
    if found is None:
        raise Refused("这段话已经不在待判断的条件里，请看最新的规则草稿。", "term")
    if found.why not in TEACHABLE:
        raise Refused("这段话不能只靠对应事实来确定，要由人判断。", "term")
    return found


def _kept(document: Document, values: dict[str, object], chosen: Meaning) -> LearntPhrase:
    same = {"region": document.region, "kind": values["kind"], "wording": values["wording"], "undone_at": None}
    rest = {**values, "meaning": chosen.words, "document": document, "learnt_at": calendar.now()}
    found, _ = LearntPhrase.objects.get_or_create(**same, defaults={**rest, "unit_id": document.unit_id})
    for name, value in rest.items():
        setattr(found, name, value)
    return found


@transaction.atomic
def forget(actor: Actor, *, learnt: LearntName | LearntPhrase) -> None:
    """Undo what was learnt: it is not asked again. What documents already have stays as it is."""
    row = type(learnt).objects.select_for_update().get(pk=learnt.pk)
    require(actor, "document.review", row)
    if row.undone_at is not None:
        raise Refused("这一条已经撤销过。", "undone")
    row.undone_at, row.undone_by = calendar.now(), actor.user_id
    row.save()
    kind = "learnt_name" if isinstance(row, LearntName) else "learnt_phrase"
    audit.record(actor, "document.forget", f"{kind}:{row.pk}", region=row.region)
