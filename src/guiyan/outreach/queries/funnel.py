"""Take-up of a run (政策兑现漏斗): found, told, opened, answered, applied, paid, reckoned from the records each time.

Applied: a case of the measure for the same person or firm, submitted after the telling. Paid: the treasury's answer to
that case.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from guiyan.accounts.queries import region_names
from guiyan.kernel.errors import NotFound
from guiyan.outreach import states
from guiyan.outreach.models import MatchRun
from guiyan.outreach.queries.runs import titles_of

COUNTY = 10**6
TOLD = """
SELECT t.measure, t.about_id, t.region, m.told_at, m.opened_at, t.answer, later.submitted_at, later.paid_at
FROM outreach_telling t JOIN outreach_message m ON m.id = t.message_id
LEFT JOIN (
  SELECT t.id, min(asked.submitted_at) AS submitted_at, min(r.on) AS paid_at
  FROM (SELECT c.id, c.measure, c.submitted_at, same.canonical_id FROM cases_case c
    JOIN registers_subject same ON same.id = c.beneficiary_id
    WHERE c.measure = ANY(%(measures)s) AND c.submitted_at >= %(since)s) asked
  JOIN registers_subject mine ON mine.canonical_id = asked.canonical_id
  JOIN outreach_telling t ON t.about_id = mine.id AND t.measure = asked.measure AND t.run_id = %(run)s
  JOIN outreach_message m ON m.id = t.message_id AND asked.submitted_at >= m.told_at
  LEFT JOIN ledger_paymentline l ON l.case_ref = 'case:' || asked.id
  LEFT JOIN ledger_lineresult r ON r.line_id = l.id AND r.outcome = 'paid'
  GROUP BY t.id
) later ON later.id = t.id
WHERE t.run_id = %(run)s AND m.told_at IS NOT NULL
"""
COUNTS = f"""
SELECT measure, region / {COUNTY} * {COUNTY} AS county, count(*), count(opened_at),
  count(*) FILTER (WHERE answer <> '' OR submitted_at IS NOT NULL), count(*) FILTER (WHERE answer = 'declines'),
  count(submitted_at), count(paid_at)
FROM ({TOLD}) told GROUP BY measure, county ORDER BY measure, county
"""
FOUND = """
SELECT measure, county, yes FROM outreach_countycount WHERE run_id = %(run)s AND measure <> '' ORDER BY measure, county
"""
AT_STEP = {
    states.TOLD: "true",
    states.OPENED: "opened_at IS NOT NULL",
    states.ANSWERED: "(answer <> '' OR submitted_at IS NOT NULL)",
    states.APPLIED: "submitted_at IS NOT NULL",
    states.PAID: "paid_at IS NOT NULL",
}
PEOPLE = """
SELECT measure, about_id, region, told_at, opened_at, answer, submitted_at, paid_at FROM ({told}) told
WHERE {step} AND (%(measure)s = '' OR measure = %(measure)s) AND region >= %(low)s AND region < %(high)s
ORDER BY measure, region, about_id LIMIT %(most)s OFFSET %(skip)s
"""
LISTED = """
SELECT measure, about_id, region, NULL, NULL, '', NULL, NULL FROM outreach_audiencerow
WHERE run_id = %(run)s AND (%(measure)s = '' OR measure = %(measure)s) AND region >= %(low)s AND region < %(high)s
ORDER BY measure, region, about_id LIMIT %(most)s OFFSET %(skip)s
"""


@dataclass(frozen=True)
class FunnelRow:
    """One measure in one county (county 0: everywhere; measure empty: all). declined: those who said 不需要."""

    measure: str
    title: str
    county: int
    name: str
    found: int
    told: int
    opened: int
    answered: int
    declined: int
    applied: int
    paid: int

    def at(self, step: str) -> int:
        return int(getattr(self, step))


@dataclass(frozen=True)
class Funnel:
    """whole: all measures over the whole area, each (measure, person) once; measures: each over the area; rows: all."""

    whole: FunnelRow
    measures: Sequence[FunnelRow]
    rows: Sequence[FunnelRow]


def asked_of(run: MatchRun) -> dict[str, Any]:
    """What the statements are filled in with; nobody was told before the run was started."""
    return {"run": run.pk, "measures": run.measures, "since": run.started_at}


def funnel_of(run: MatchRun) -> Funnel:
    with connection.cursor() as cursor:
        values = asked_of(run)
        cursor.execute(FOUND, values)
        found = {(measure, county): yes for measure, county, yes in cursor.fetchall()}
        cursor.execute(COUNTS, values)
        told = {(row[0], row[1]): row[2:] for row in cursor.fetchall()}
    some = {key for key, yes in found.items() if yes} | told.keys()
    keys = sorted(some, key=lambda key: (run.measures.index(key[0]), key[1]))
    names, titles = region_names(county for _, county in keys), titles_of(run)
    rows = [
        FunnelRow(measure, titles[measure], county, names.get(county, str(county)), found.get((measure, county), 0),
                  *told.get((measure, county), (0,) * 6))
        for measure, county in keys
    ]  # fmt: skip
    measures = [summed([row for row in rows if row.measure == m], m, titles[m]) for m in run.measures]
    return Funnel(summed(rows, "", "全部措施"), measures, rows)


def summed(rows: Sequence[FunnelRow], measure: str, title: str) -> FunnelRow:
    steps = ("found", "told", "opened", "answered", "declined", "applied", "paid")
    return FunnelRow(measure, title, 0, "合计", *(sum(getattr(row, step) for row in rows) for step in steps))


@dataclass(frozen=True)
class FunnelPerson:
    """One person (or firm) and measure in the funnel."""

    measure: str
    about_id: int
    region: int
    told_at: object
    opened_at: object
    answer: str
    submitted_at: object
    paid_on: object

    @property
    def answer_label(self) -> str:
        return states.ANSWERS.get(self.answer, "")


def people_at(
    run: MatchRun, step: str, *, measure: str, place: tuple[int, int], most: int, skip: int = 0
) -> list[FunnelPerson]:
    """Who has come so far, of a measure (empty: any), in a place, `most` of them from `skip` on."""
    if step not in states.STEPS:
        raise NotFound("漏斗里没有这一步。")
    text = LISTED if step == states.FOUND else PEOPLE.format(told=TOLD, step=AT_STEP[step])
    page: dict[str, int | str] = {"measure": measure, "low": place[0], "high": place[1], "most": most, "skip": skip}
    with connection.cursor() as cursor:
        cursor.execute(text, {**asked_of(run), **page})
        return [FunnelPerson(*row) for row in cursor.fetchall()]
