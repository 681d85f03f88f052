"""Once per person: a second request is refused with the number and the day of the first."""

from __future__ import annotations

from django.db.models import Q
from django.utils.timezone import localtime

from guiyan.cases import states
from guiyan.cases.day_words import long_day
from guiyan.cases.models import Case
from guiyan.engine.rules.model import Measure
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import queries as ledger
from guiyan.registers import queries as registers


def once_key(measure: Measure, canonical_subject: int) -> str:
    """What may live only once beside each other; empty for measures granted more than once."""
    return f"{measure.once_per}:{canonical_subject}" if measure.once_per else ""


def refuse_second(measure: Measure, canonical_subject: int, *, besides: Case | None = None) -> None:
    """Refuse when another case of this person for this measure lives or was paid, wherever in the city it is.

    Whatever id she was known by when she applied: merging two entries, or taking them apart, opens no second way.
    """
    if not measure.once_per:
        return
    with entered(Scope.system()):
        ids = registers.same_as(canonical_subject)
        hers = Q(once_key__in=[once_key(measure, one) for one in ids]) | Q(subject_id__in=ids) & ~Q(once_key="")
        others = Case.objects.filter(hers, measure=measure.id).exclude(state__in=states.ENDED_WITHOUT_MONEY)
        if besides is not None:
            others = others.exclude(pk=besides.pk)
        first = others.order_by("id").first()
        held = ledger.entitlements_of(canonical_subject, measure.id).exclude(case_ref=besides.ref if besides else "")
        got = held.order_by("id").first()
    if first is None and got is not None:
        day = long_day(localtime(got.claimed_at).date())
        raise Refused(f"{day}已经为本人审定过一笔“{measure.title}”，这项补贴同一人只能享受一次。", "already")
    if first is None:
        return
    day = f"{long_day(localtime(first.submitted_at).date())}" if first.submitted_at else "此前"
    raise Refused(
        f"{first.applicant}{day}已经申请过“{first.title}”，编号{first.number}，现在是“{first.state_label}”。"
        "这项补贴同一人只能享受一次，不用再申请。",
        "already",
    )
