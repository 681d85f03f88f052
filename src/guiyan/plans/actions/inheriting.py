"""What was settled in a document holds for the same words in its revision: corrections, rejections, additions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from guiyan.engine.documents.comparing.words import bare
from guiyan.kernel.actors import Actor
from guiyan.plans.actions.reviewing import stamp
from guiyan.plans.models import Document, ReviewItem, UnitMention
from guiyan.plans.revisions import LEFT_OUT, Change, words_of

Sign = tuple[str, str, str]


def inherit_readings(actor: Actor, document: Document, old: Document) -> None:
    """Carry what was settled over to readings that are the same, word for word and figure for figure."""
    before: dict[Sign, list[ReviewItem]] = defaultdict(list)
    for item in old.items.exclude(decision="").order_by("-number"):
        before[_sign(old, item)].append(item)
    for item in document.items.filter(decision="", corrected__isnull=True).order_by("number"):
        same = before.get(_sign(document, item))
        if same:
            _inherit(actor, item, same.pop())
    _inherit_added(document, old)
    _inherit_units(document, old)


def _sign(document: Document, item: ReviewItem) -> Sign:
    return item.kind, bare(words_of(document.text, item)), repr(sorted(item.payload.items()))


def _inherit(actor: Actor, item: ReviewItem, settled: ReviewItem) -> None:
    """The correction and the link, open still: whether it is the same as what lives is asked afterwards."""
    item.corrected, item.links_to = settled.corrected, settled.links_to
    if settled.decision == "dropped" and settled.note != LEFT_OUT:
        item.decision, item.note = "dropped", "原文件里已定为不采用"
        stamp(actor, item)
    else:
        item.save(update_fields=["corrected", "links_to"])


def inherit_fields(changes: Iterable[Change]) -> None:
    """In a pair that differs elsewhere, what was corrected in a field that reads the same holds as well."""
    corrected = []
    for change in changes:
        if change.old is None or change.new is None or not change.new.item.is_open:
            continue
        item, before = change.new.item, change.old.item
        fields = _corrections(before, item)
        if fields:
            item.corrected = {**item.values, **fields}
            corrected.append(item)
    ReviewItem.objects.bulk_update(corrected, ["corrected"])


def _corrections(before: ReviewItem, item: ReviewItem) -> dict[str, Any]:
    """The fields that an officer changed in the old reading and that the new one reads as the old did."""
    read = before.payload
    return {
        name: value
        for name, value in (before.corrected or {}).items()
        if value != read.get(name) and item.values.get(name) == read.get(name)
    }


def _inherit_added(document: Document, old: Document) -> None:
    """What was added by hand because the reader does not see it: where its words stand once in the new text."""
    number = document.items.count()
    known = set(document.items.values_list("kind", "start"))
    for item in old.items.filter(added_by_hand=True, decision="confirmed").order_by("number"):
        quote = old.text[item.start : item.end]
        start = document.text.find(quote)
        if start < 0 or document.text.find(quote, start + 1) >= 0 or (item.kind, start) in known:
            continue
        number += 1
        near = document.items.filter(start__lte=start).order_by("-start").first()
        ReviewItem.objects.create(
            document=document,
            kind=item.kind,
            number=number,
            start=start,
            end=start + len(quote),
            plan=near.plan if near else "",
            section_path=near.section_path if near else [],
            payload=item.values,
            confidence=1.0,
            added_by_hand=True,
            links_to=item.links_to,
            region=document.region,
            unit_id=document.unit_id,
        )


def _inherit_units(document: Document, old: Document) -> None:
    """Names that somebody resolved by hand stand for the same units."""
    settled = {m.name: m for m in old.mentions.exclude(decided_by=None)}
    changed = []
    for mention in document.mentions.filter(name__in=settled, decided_by=None):
        before = settled[mention.name]
        mention.unit_codes, mention.is_outside = before.unit_codes, before.is_outside
        changed.append(mention)
    UnitMention.objects.bulk_update(changed, ["unit_codes", "is_outside"])
