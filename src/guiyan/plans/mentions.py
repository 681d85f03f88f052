"""The names of units in one document, each with the units it stands for."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.kernel import calendar
from guiyan.packs import Pack
from guiyan.plans.models import Document, UnitMention
from guiyan.plans.units import Resolution, resolve


def ensure_mentions(document: Document, pack: Pack, names: Iterable[str]) -> None:
    """Write down the names not yet known in the document, resolved where nobody needs to be asked."""
    known = set(document.mentions.values_list("name", flat=True))
    on = document.issued_on or calendar.today()
    new = [name for name in dict.fromkeys(names) if name and name not in known]
    UnitMention.objects.bulk_create(_mention(document, name, resolve(pack, name, on)) for name in new)


def _mention(document: Document, name: str, found: Resolution) -> UnitMention:
    return UnitMention(
        document=document,
        name=name,
        unit_codes=list(found.codes),
        is_collective=found.is_collective,
        region=document.region,
        unit_id=document.unit_id,
    )
