"""Arrivals as officers see them: the list with its filters, what each set off, the files they came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from guiyan.accounts.permissions import visible
from guiyan.engagements import queries as engagements
from guiyan.engagements.queries import ServiceRecord
from guiyan.kernel import releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.workflow import ClockView
from guiyan.outreach import states
from guiyan.outreach.models import Arrival, ArrivalFile, ArrivalMeasure, Delivery, Telling
from guiyan.outreach.opening import CONTACT
from guiyan.outreach.permissions import LOOK, TAKE
from guiyan.outreach.queries.arrival_work import late_ones, seen_by
from guiyan.registers import queries as registers

LATE = "late"


def arrivals_for(
    actor: Actor,
    *,
    words: str = "",
    state: str = "",
    day: date | None = None,
    place: tuple[int, int] | None = None,
    came_by: str = "",
) -> QuerySet[Arrival]:
    """Newest first. words: of the firm, its number, the helper, the founder.

    state: one of `states.ARRIVAL_LABELS`, or late: contact is overdue.
    """
    rows = seen_by(actor)
    if state == LATE:
        rows = rows.filter(pk__in=[late.object_id for late in late_ones()])
    elif state:
        rows = rows.filter(state=state)
    if day is not None:
        rows = rows.filter(day=day)
    if place is not None:
        rows = rows.filter(region__gte=place[0], region__lt=place[1])
    if came_by:
        rows = rows.filter(came_by=came_by)
    if words:
        named = Q(name__icontains=words) | Q(number__istartswith=words) | Q(helper_name__icontains=words)
        people = [one.pk for one in registers.search(actor, words, kind="person", permission=LOOK)]
        rows = rows.filter(named | Q(subject_id__in=people))
    return rows.order_by("-id")


def late_count(actor: Actor) -> int:
    return seen_by(actor).filter(pk__in=[late.object_id for late in late_ones()]).count()


def service_of(arrival: Arrival) -> ServiceRecord | None:
    """The contact as it was logged."""
    return engagements.service_record(arrival.service_id) if arrival.service_id is not None else None


def arrival_counts(actor: Actor, day: date | None) -> dict[str, int]:
    """State → how many, of a day or of all days."""
    rows = seen_by(actor) if day is None else seen_by(actor).filter(day=day)
    return dict(rows.order_by().values_list("state").annotate(number=Count("id")))


def arrival_by_id(actor: Actor, arrival_id: int) -> Arrival:
    found = seen_by(actor).filter(pk=arrival_id).first()
    if found is None:
        raise NotFound("没有这条登记，或者不在您的管辖范围。")
    return found


@dataclass(frozen=True)
class ArrivalRow:
    """One line of the list. fits, waits: how many measures; told: how the message stands; clock: of the contact."""

    arrival: Arrival
    founder: str
    fits: int
    waits: int
    told: str
    clock: ClockView | None


def rows_of(arrivals: Sequence[Arrival]) -> list[ArrivalRow]:
    """What the lines of one page say, in a fixed number of queries."""
    ids = [one.pk for one in arrivals]
    counted = ArrivalMeasure.objects.filter(arrival_id__in=ids).values_list("arrival_id", "verdict")
    found = {(arrival, verdict): number for arrival, verdict, number in counted.annotate(Count("id")).order_by()}
    told, clocks = told_words(ids), workflow.clocks_of(Arrival, ids)
    names = registers.names_of_subjects({one.subject_id for one in arrivals if one.subject_id})
    return [
        ArrivalRow(
            one,
            names.get(one.subject_id or 0, ""),
            found.get((one.pk, "yes"), 0),
            found.get((one.pk, "unknown"), 0),
            told.get(one.pk) or states.REASONS.get(one.untold, ""),
            next((clock for clock in clocks.get(one.pk, ()) if clock.id == CONTACT), None),
        )
        for one in arrivals
    ]


def told_words(ids: Iterable[int]) -> dict[int, str]:
    """Arrival → 站内消息已发出，短信没有发（本人没有同意收短信）."""
    rows = Delivery.objects.filter(message__arrival_id__in=list(ids)).order_by("pk")
    found: dict[int, list[str]] = {}
    for arrival, channel, outcome, reason in rows.values_list("message__arrival_id", "channel", "outcome", "reason"):
        why = states.REASONS.get(reason, reason)
        words = f"{states.CHANNELS[channel]}{states.DELIVERY_LABELS[outcome]}"
        found.setdefault(arrival, []).append(f"{words}（{why}）" if why else words)
    return {arrival: "，".join(words) for arrival, words in found.items()}


@dataclass(frozen=True)
class FoundRow:
    """One measure of an arrival: what it says, what is missing, whether the founder was told, what she answered."""

    title: str
    kind: str
    verdict: str
    missing: Sequence[str]
    untold: str
    item: str
    answer: str


def found_on(arrival: Arrival) -> list[FoundRow]:
    """Those that fit first."""
    pack = releases.release(arrival.release)
    answers = {row.measure: row.get_answer_display() for row in Telling.objects.filter(message__arrival=arrival)}
    rows = ArrivalMeasure.objects.filter(arrival=arrival).order_by("-verdict", "pk")
    return [
        FoundRow(
            pack.measures[row.measure].title,
            row.get_about_kind_display(),
            row.verdict,
            [pack.facts[one].label for one in row.missing if one in pack.facts],
            states.REASONS.get(row.untold, ""),
            pack.measures[row.measure].item or "",
            answers.get(row.measure, ""),
        )
        for row in rows
    ]


def files_of(actor: Actor, trigger: str, *, most: int = 10) -> list[ArrivalFile]:
    rows = visible(actor, TAKE, ArrivalFile.objects.filter(trigger=trigger), unit=None, subject=None)
    return list(rows.order_by("-pk")[:most])


def file_by_id(actor: Actor, file_id: int) -> ArrivalFile:
    rows = visible(actor, TAKE, ArrivalFile.objects.filter(pk=file_id), unit=None, subject=None)
    found = rows.first()
    if found is None:
        raise NotFound("没有这份文件，或者不在您的管辖范围。")
    return found
