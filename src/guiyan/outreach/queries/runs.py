"""Runs as officers see them: lists, counts by county, what is missing, who is in the audience, how it went out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from guiyan.accounts.permissions import visible
from guiyan.accounts.queries import region_names
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.outreach import quiet, states
from guiyan.outreach.models import AudienceRow, CountyCount, Delivery, MatchPiece, MatchRun, MissingFact
from guiyan.outreach.permissions import VIEW

SAMPLE = 20
UNTOLD = """
SELECT CASE
  WHEN EXISTS (SELECT FROM registers_subject s JOIN registers_subject same ON same.canonical_id = s.canonical_id
    JOIN outreach_telling t ON t.about_id = same.id AND t.measure = a.measure AND t.run_id IS DISTINCT FROM a.run_id
    WHERE s.id = a.about_id) THEN 'told_before'
  WHEN EXISTS (SELECT FROM registers_subject s JOIN registers_subject same ON same.canonical_id = s.canonical_id
    JOIN registers_subject holder ON holder.id = same.holder_id AND holder.kind = 'person'
    WHERE s.id = a.about_id) THEN 'under_way'
  ELSE 'nobody' END AS why, count(*)
FROM outreach_audiencerow a
WHERE a.run_id = %s AND a.about_id <= %s AND NOT EXISTS (
    SELECT FROM outreach_telling t WHERE t.run_id = a.run_id AND t.about_id = a.about_id AND t.measure = a.measure)
GROUP BY why ORDER BY why
"""


def runs_for(actor: Actor, *, words: str = "", state: str = "") -> QuerySet[MatchRun]:
    """Runs of the actor's area, newest first."""
    rows = visible(actor, VIEW, MatchRun.objects.all(), region="region", unit="unit_id")
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(started_by__icontains=words))
    return rows.order_by("-id")


def state_counts(actor: Actor) -> dict[str, int]:
    rows = visible(actor, VIEW, MatchRun.objects.all(), region="region", unit="unit_id")
    return dict(rows.order_by().values_list("state").annotate(runs=Count("id")))


def run_by_id(actor: Actor, run_id: int) -> MatchRun:
    found = runs_for(actor).filter(pk=run_id).first()
    if found is None:
        raise NotFound("没有这次匹配，或者不在您的管辖范围。")
    return found


def piece_progress(run: MatchRun) -> list[MatchPiece]:
    return list(MatchPiece.objects.filter(run=run).order_by("number"))


def place_of(run: MatchRun, county: int) -> tuple[int, int]:
    """Where the people of a county's row are; what lies in no county is its own piece."""
    piece = MatchPiece.objects.filter(run=run, county=county).order_by("number").first()
    return (piece.low, piece.high) if piece is not None else subtree(county)


@dataclass(frozen=True)
class CountRow:
    """One county: measure → its count; `any` of those whom at least one fits."""

    county: int
    name: str
    cells: Sequence[CountyCount | None]
    yes: int
    unknown: int


@dataclass(frozen=True)
class CountTotal:
    """One measure over all counties. amount_fen: the most it may come to; None where no amount is named."""

    measure: str
    title: str
    yes: int
    unknown: int
    amount_fen: int | None


@dataclass(frozen=True)
class CountTable:
    rows: Sequence[CountRow]
    totals: Sequence[CountTotal]


def count_table(run: MatchRun) -> CountTable:
    """County by measure with totals, in three queries."""
    found: dict[int, dict[str, CountyCount]] = {}
    for row in CountyCount.objects.filter(run=run).order_by("county"):
        found.setdefault(row.county, {})[row.measure] = row
    names, titles = region_names(found), titles_of(run)
    rows = [
        CountRow(county, names.get(county, str(county)), [of.get(m) for m in run.measures], of[""].yes, of[""].unknown)
        for county, of in found.items()
    ]
    totals = [total_of(name, titles[name], [of[name] for of in found.values() if name in of]) for name in run.measures]
    return CountTable(rows, totals)


def total_of(measure: str, title: str, rows: Sequence[CountyCount]) -> CountTotal:
    amounts = [row.amount_fen for row in rows if row.amount_fen is not None]
    yes, unknown = sum(row.yes for row in rows), sum(row.unknown for row in rows)
    return CountTotal(measure, title, yes, unknown, sum(amounts) if amounts else None)


def titles_of(run: MatchRun) -> dict[str, str]:
    """Measure → its title in the release the run is pinned to."""
    measures = releases.release(run.release).measures
    return {name: measures[name].title for name in run.measures}


@dataclass(frozen=True)
class MissingRow:
    """A fact that verdicts of a measure wait for: of how many, where it comes from, how it is asked."""

    measure: str
    title: str
    fact: str
    label: str
    source: str
    people: int


def missing_facts(run: MatchRun) -> list[MissingRow]:
    """Most wanted first."""
    titles, facts = titles_of(run), releases.release(run.release).facts
    rows = MissingFact.objects.filter(run=run).values("measure", "fact").annotate(people_all=Sum("people"))
    found = [
        MissingRow(
            row["measure"],
            titles[row["measure"]],
            row["fact"],
            facts[row["fact"]].label,
            facts[row["fact"]].source,
            row["people_all"],
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row.people, row.measure, row.fact))


def audience_of(run: MatchRun, *, measure: str = "", place: tuple[int, int] | None = None) -> QuerySet[AudienceRow]:
    rows = AudienceRow.objects.filter(run=run)
    if measure:
        rows = rows.filter(measure=measure)
    if place is not None:
        rows = rows.filter(region__gte=place[0], region__lt=place[1])
    return rows.order_by("measure", "region", "about_id")


def sample_of(run: MatchRun) -> list[AudienceRow]:
    """Some of each measure, so that a wrong rule is seen before anybody is told."""
    each = max(SAMPLE // max(len(run.measures), 1), 3)
    found = [row for name in run.measures for row in audience_of(run, measure=name)[:each]]
    return found[: SAMPLE * 2]


def delivery_counts(run: MatchRun) -> list[tuple[str, str, str, int]]:
    """(channel, outcome, reason, of how many) in words, as far as messages are written."""
    rows = Delivery.objects.filter(run=run).values_list("channel", "outcome", "reason").annotate(all=Count("id"))
    return [
        (states.CHANNELS[channel], states.DELIVERY_LABELS[outcome], states.REASONS.get(reason, reason), number)
        for channel, outcome, reason, number in rows.order_by("channel", "outcome", "reason")
    ]


def night_until(run: MatchRun) -> int | None:
    """The hour at which text messages that wait for the morning go on; None where nothing waits for that."""
    said = quiet.rule()
    waits = run.state == states.SENDING and run.told_all_at is not None and quiet.is_quiet(calendar.now(), said)
    return said.quiet_to if waits else None


def untold_counts(run: MatchRun) -> list[tuple[str, int]]:
    """Why what was found was not told of, with its number, as far as messages are written."""
    with connection.cursor() as cursor:
        cursor.execute(UNTOLD, [run.pk, run.told_to])
        return [(states.REASONS[why], number) for why, number in cursor.fetchall()]
