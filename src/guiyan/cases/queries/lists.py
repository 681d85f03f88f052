"""Lists of cases: filtered by what the URL says, found by number or by the beginning of a name, paged by keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.cases import states
from guiyan.cases.models import Case
from guiyan.cases.queries.due_order import latest_first, soonest_first
from guiyan.cases.queries.paging import Page, page_by_due, page_by_id
from guiyan.kernel import calendar, regions
from guiyan.kernel.actors import Actor
from guiyan.kernel.numbers import whole
from guiyan.registers import queries as registers

PAGE = 50
LAST = chr(0x10FFFF)
STAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "accept": ("受理", (states.SUBMITTED, states.SUPPLEMENT)),
    "check": ("核验", (states.CHECKING,)),
    "review": ("审核", (states.REVIEWING, states.FURTHER_CHECK)),
    "batch": ("汇总签批", (states.APPROVED, states.BATCHED)),
    "notice": ("公示", (states.SIGNED, states.NOTICED, states.HELD)),
    "pay": ("拨付", (states.PAYABLE, states.PAYING, states.RETURNED, states.ACCOUNT_CHECK)),
    "lend": ("贷款审批", (states.DECIDING, states.GRANTED)),
    "repay": ("还款", (states.LENT,)),
    "decide": ("认定", (states.DECIDABLE,)),
    "done": ("办结", (states.PAID, states.CLOSED, states.RECOGNISED, states.SETTLED)),
    "ended": ("不予办理", (states.NOT_ACCEPTED, states.REFUSED, states.DECLINED, states.NOT_LENT, states.WITHDRAWN)),
    "demand": ("诉求", (states.RAISED, states.DISPATCHED, states.ANSWERED)),
    "recovery": ("追回", (states.RECOVERING, states.RECOVERED)),
}
LIGHTS = ("late", "today", "tomorrow", "ok", "paused", "none")
SORTS = ("due", "-due", "id", "-id")


@dataclass(frozen=True)
class CaseFilters:
    """What a list is narrowed to, exactly as its URL says it; unknown values narrow nothing."""

    text: str = ""
    stage: str = ""
    entry: str = ""
    item: str = ""
    region: str = ""
    light: str = ""
    sort: str = "due"
    after: str = ""
    before: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> CaseFilters:
        """Read the query string."""
        return cls(
            text=query.get("q", "").strip()[:40],
            stage=query.get("stage", "") if query.get("stage", "") in STAGES else "",
            entry=query.get("entry", "") if query.get("entry", "") in dict(Case.ENTRIES) else "",
            item=query.get("item", "")[:80],
            region=query.get("region", "") if whole(query.get("region", "")) else "",
            light=query.get("light", "") if query.get("light", "") in LIGHTS else "",
            sort=query.get("sort", "") if query.get("sort", "") in SORTS else SORTS[0],
            after=query.get("after", ""),
            before=query.get("before", ""),
        )


def cases_for(actor: Actor, filters: CaseFilters = CaseFilters(), *, size: int = PAGE) -> Page[Case]:
    """The submitted cases the actor may see, narrowed by the filters; a draft, given up or not, is none."""
    rows = cases_matching(actor, filters)
    if filters.sort in ("id", "-id"):
        up = filters.sort == "id"
        return page_by_id(rows, after=filters.after, before=filters.before, size=size, oldest_first=up)
    rows = latest_first(rows) if filters.sort == "-due" else soonest_first(rows)
    return page_by_due(rows, after=filters.after, before=filters.before, size=size)


def cases_matching(actor: Actor, filters: CaseFilters) -> QuerySet[Case]:
    """What `cases_for` turns the pages of, in no order yet."""
    return _submitted(actor, filters.text).filter(_narrowing(filters))


def count_each(actor: Actor, asked: Sequence[CaseFilters], text: str = "") -> list[int]:
    """How many cases each of these finds among those with the words searched for. One query for all."""
    if not asked:
        return []
    counts = {f"n{place}": Count("pk", filter=_narrowing(one)) for place, one in enumerate(asked)}
    found = _submitted(actor, text).aggregate(**counts)
    return [found[name] for name in counts]


def _submitted(actor: Actor, text: str) -> QuerySet[Case]:
    rows = visible(actor, "case.view", Case.objects.select_related("unit")).exclude(number="")
    return _found(actor, rows, text)


def _found(actor: Actor, rows: QuerySet[Case], text: str) -> QuerySet[Case]:
    """By the beginning of number, name or firm, and by whatever the registers know somebody by (pinyin, given name)."""
    if not text:
        return rows
    people = registers.search(actor, text, limit=50, permission="case.view")
    known = Q(subject_id__in=[one.pk for one in people]) | Q(firm_subject_id__in=[one.pk for one in people])
    return rows.filter(begins("applicant", text) | begins("number", text.upper()) | begins("firm", text) | known)


def _narrowing(filters: CaseFilters) -> Q:
    """All the filters but the words."""
    wanted = _light(filters.light)
    if filters.stage:
        wanted &= Q(state__in=STAGES[filters.stage][1])
    if filters.entry:
        wanted &= Q(entry=filters.entry)
    if filters.item:
        wanted &= Q(item=filters.item)
    if filters.region and int(filters.region) < 10**12:
        low, high = regions.subtree(int(filters.region))
        wanted &= Q(region__gte=low, region__lt=high)
    return wanted


def begins(column: str, text: str) -> Q:
    """A prefix as a range: ranges pass row-level security to the index, LIKE does not. Columns sort by code point."""
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + LAST})


def _next_day(today: date) -> date:
    """The next working day; simply tomorrow where nobody has entered the year's holidays."""
    try:
        return calendar.calendar().add_working_days(today, 1)
    except calendar.CalendarYearMissing:
        return today + timedelta(days=1)


def _light(light: str) -> Q:
    """As lights show it. `none`: somebody's to do, while no clock runs and none was stopped."""
    if not light:
        return Q()
    if light == "paused":
        return ~Q(paused_reason="")
    if light == "none":
        return Q(due_on=None, paused_reason="") & ~Q(state__in=states.OVER)
    today, running = calendar.today(), Q(paused_reason="")
    if light == "late":
        return running & Q(due_on__lt=today)
    if light == "today":
        return running & Q(due_on=today)
    next_day = _next_day(today)
    return running & (Q(due_on__gt=today, due_on__lte=next_day) if light == "tomorrow" else Q(due_on__gt=next_day))
