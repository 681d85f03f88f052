"""What time itself brings about in cases: the applicant is reminded, once, before what she was asked for is due;
a demand that nobody judges in time is closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from guiyan.cases import declared, states
from guiyan.cases.actions.bulk import JOB as BULK
from guiyan.cases.actions.bulk import carry_on
from guiyan.cases.actions.delegating import give_back_expired
from guiyan.cases.actions.demands import close_unrated
from guiyan.cases.actions.escalating import escalate
from guiyan.cases.actions.telling import tell_due_soon, tell_expiring
from guiyan.cases.models import Case, Certificate, Message, Supplement
from guiyan.kernel import calendar, jobs

KIND, EXPIRING = "supplement_due", "expiring"
LONGEST_NOTICE = timedelta(days=366)


@jobs.on_tick("cases.remind", label="提醒申请人补正")
def remind(now: datetime) -> None:
    """Tell everybody whose last day to add something is today or the next working day, once each."""
    today = now.date()
    last = calendar.calendar().add_working_days(today, 1)
    waiting = Supplement.objects.filter(
        case__state=states.SUPPLEMENT, answered_at=None, due_on__gte=today, due_on__lte=last
    )
    told = Message.objects.filter(kind=KIND).values("case_id")
    for supplement in waiting.exclude(case_id__in=told).select_related("case").order_by("id"):
        tell_due_soon(supplement.case, supplement.message, supplement.due_on)


@jobs.on_tick("cases.close_unrated", label="办结期满没有评价的诉求")
def close_unrated_demands(now: datetime) -> None:
    """Close the answered demands whose time to judge is over."""
    for case in Case.objects.filter(state=states.ANSWERED, due_on__lt=now.date()).order_by("id"):
        close_unrated(case=case)


@jobs.on_tick("cases.escalate", label="超期提醒")
def bring_up(now: datetime) -> None:
    """Late clocks are brought to the unit's head, later to the supervision office; ended delegations give back."""
    escalate(now.date())
    give_back_expired(now.date())


@jobs.job(BULK, label="批量办理")
def go_on_with_many(run_id: int) -> None:
    """The next cases of a long run; it asks for itself again until all are settled."""
    carry_on(run_id)


@jobs.on_tick("cases.expiring", label="提醒认定快到期")
def remind_of_expiry(now: datetime) -> None:
    """Tell whoever applied when a recognition may be asked for anew, once a certificate."""
    today = now.date()
    near = Certificate.objects.filter(valid_to__gte=today, valid_to__lte=today + LONGEST_NOTICE, renewed_by=None)
    untold = near.exclude(case_id__in=Message.objects.filter(kind=EXPIRING).values("case_id"))
    for one in untold.select_related("case").order_by("id"):
        rule = declared.item_of(one.case).membership
        if rule is not None and today >= one.valid_to - timedelta(days=rule.renew_days):
            tell_expiring(one)
