"""Once a block is lifted, whoever was given to her helps her again, as far as that is still possible."""

from __future__ import annotations

from datetime import datetime

from guiyan.kernel import releases
from guiyan.kernel.calendar import now, today
from guiyan.registers.models import Relation
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.relations.assigning import locked
from guiyan.registers.relations.helpers import helpers_for

ENDED = "本人的数据已封存"
AGAIN = "封存解除，恢复原来的对接"


def give_again(subject_id: int, *, since: datetime, by_label: str) -> list[str]:
    """Begin anew from today what the block of that moment ended; in words, what does not come back and why.

    A relation that ended stays as it is: the rows of one person are her history. Whom somebody has by now she keeps.
    """
    ended = Relation.objects.filter(
        to_subject_id=subject_id, assigned_at__isnull=False, end_reason=ENDED, ended_at__gte=since
    ).order_by("pk")
    left: list[str] = []
    declared = releases.current().relations
    for one in [row for row in ended if row.kind in declared]:
        locked([subject_id, one.from_subject_id])
        if Relation.objects.filter(CURRENT, kind=one.kind, to_subject_id__in=same_as(subject_id)).exists():
            continue
        label = declared[one.kind].label
        helper = next(iter(helpers_for(declared[one.kind], only=same_as(one.from_subject_id))), None)
        if helper is None:
            left.append(f"原来的{label}已经不在名录里")
        elif not helper.room:
            left.append(f"原来的{label}{helper.name}名额已满")
        elif not helper.serves(one.region):
            left.append(f"原来的{label}{helper.name}不再负责这个地方")
        else:
            Relation.objects.create(
                kind=one.kind,
                from_subject_id=helper.subject_id,
                to_subject_id=one.to_subject_id,
                valid_from=today(),
                region=one.region,
                source="",
                holder_id=one.holder_id,
                assigned_at=now(),
                assigned_by=by_label[:80],
                reason=AGAIN,
            )
    return left
