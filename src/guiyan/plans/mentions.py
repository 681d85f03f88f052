"""The names of units in one document, each with the units it stands for."""

from __future__ import annotations

from collections.abc import Iterable

from guiyan.kernel import calendar
from guiyan.packs import Pack
from guiyan.plans.learnt import names_learnt
from guiyan.plans.models import Document, LearntName, UnitMention
from guiyan.plans.units import Resolution, resolve_all


def ensure_mentions(document: Document, pack: Pack, names: Iterable[str]) -> None:
    """Write down the names not yet known in the document, resolved where nobody needs to be asked.

    The city's own units come first; what officers taught is used where these do not know a name.
    """
    known = set(document.mentions.values_list("name", flat=True))
    on = document.issued_on or calendar.today()
    new = [name for name in dict.fromkeys(names) if name and name not in known]
    own = resolve_all(pack, new, on)
    learnt = names_learnt(document.region, [name for name in new if not own[name].codes])
    UnitMention.objects.bulk_create(_mention(document, name, own[name], learnt.get(name)) for name in new)


def _mention(document: Document, name: str, found: Resolution, learnt: LearntName | None) -> UnitMention:
    return UnitMention(
        document=document,
        name=name,
        unit_codes=list(learnt.unit_codes if learnt else found.codes),
        is_collective=found.is_collective,
        is_outside=learnt is not None and learnt.is_outside,
        learnt=learnt,
        region=document.region,
        unit_id=document.unit_id,
    )
