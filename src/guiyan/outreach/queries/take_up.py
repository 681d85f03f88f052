"""Take-up of measures as they are today (政策实施效果): told, applied, paid; and where the others stopped.

Reckoned from messages, cases and the treasury's answers each time it is looked at, over all runs and over those who
came by themselves. A person or firm counts once for a measure, under whichever of its entries it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from guiyan.cases import states as cases
from guiyan.kernel.regions import Interval

TOLD = """
SELECT same.canonical_id AS whom, t.measure, bool_or(m.opened_at IS NOT NULL) AS opened,
  bool_or(t.answer = 'declines') AS declined, bool_or(t.answer = 'applies') AS wants
FROM outreach_telling t JOIN outreach_message m ON m.id = t.message_id
JOIN registers_subject same ON same.id = t.about_id
WHERE t.measure = ANY(%(measures)s) AND m.told_at IS NOT NULL AND t.region >= %(low)s AND t.region < %(high)s
GROUP BY whom, t.measure
"""
ASKED = """
SELECT DISTINCT ON (whom, measure) same.canonical_id AS whom, c.measure, c.state,
  EXISTS (SELECT FROM ledger_paymentline l JOIN ledger_lineresult r ON r.line_id = l.id AND r.outcome = 'paid'
    WHERE l.case_ref = 'case:' || c.id) AS paid
FROM cases_case c JOIN registers_subject same ON same.id = c.beneficiary_id
WHERE c.measure = ANY(%(measures)s) AND c.submitted_at IS NOT NULL AND c.region >= %(low)s AND c.region < %(high)s
ORDER BY whom, measure, paid DESC, (c.state = ANY(%(over)s)), c.id DESC
"""
COUNTS = f"""
SELECT coalesce(told.measure, asked.measure) AS measure, told.whom IS NOT NULL AS told, coalesce(told.opened, false),
  coalesce(told.declined, false), coalesce(told.wants, false), coalesce(asked.state, ''), coalesce(asked.paid, false),
  count(*)
FROM ({TOLD}) told FULL JOIN ({ASKED}) asked ON asked.whom = told.whom AND asked.measure = told.measure
GROUP BY 1, 2, 3, 4, 5, 6, 7
"""
NOT_OPENED, NO_ANSWER, DECLINED, NOT_SENT = "没有打开消息", "打开了没有答复", "答复不需要", "答复要申请，还没有提交"
PAID_OUT = frozenset({cases.LENT, cases.SETTLED, cases.PAID, cases.CLOSED, cases.RECOGNISED})
TAKEN_BACK = (cases.RECOVERING, cases.RECOVERED)
# Ended without what was asked for: nobody goes on with it.
OVER = (cases.NOT_ACCEPTED, cases.REFUSED, cases.WITHDRAWN, cases.NOT_LENT, cases.DECLINED)


@dataclass(frozen=True)
class Stop:
    """Where people stopped. over: it is ended; else they may still apply or, where they did, an office goes on."""

    step: str
    people: int
    over: bool = False
    applied: bool = False


@dataclass(frozen=True)
class TakeUp:
    """One measure. by_themselves: of the applied, whom no message told. got: paid, or lent."""

    measure: str
    told: int
    applied: int
    by_themselves: int
    got: int
    stops: Sequence[Stop]


def take_up(measures: Sequence[str], within: Interval) -> dict[str, TakeUp]:
    """Measure → its take-up of people and firms whose entries or cases lie in the place, in one query."""
    values: dict[str, Any] = {"measures": list(measures), "low": within[0], "high": within[1], "over": list(OVER)}
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, values)
        rows = [Group(*row) for row in cursor.fetchall()]
    return {name: summed(name, [row for row in rows if row.measure == name]) for name in measures}


@dataclass(frozen=True)
class Group:
    """People of whom the same is true. state: of their case, empty where they did not apply."""

    measure: str
    told: bool
    opened: bool
    declined: bool
    wants: bool
    state: str
    paid: bool
    people: int

    @property
    def got(self) -> bool:
        return (self.paid and self.state not in TAKEN_BACK) or self.state in PAID_OUT

    @property
    def stop(self) -> tuple[str, bool]:
        """The step they stopped at, and whether that is the end."""
        if self.state:
            return cases.LABELS[self.state], self.state in OVER
        if self.declined:
            return DECLINED, True
        if self.wants:
            return NOT_SENT, False
        return (NO_ANSWER if self.opened else NOT_OPENED), False


def summed(measure: str, rows: Sequence[Group]) -> TakeUp:
    stops: dict[tuple[str, bool], int] = {}
    for row in rows:
        if not row.got:
            stops[row.stop] = stops.get(row.stop, 0) + row.people
    order = [NOT_OPENED, NO_ANSWER, NOT_SENT, DECLINED, *cases.LABELS.values()]
    applied = [row for row in rows if row.state]
    return TakeUp(
        measure,
        told=sum(row.people for row in rows if row.told),
        applied=sum(row.people for row in applied),
        by_themselves=sum(row.people for row in applied if not row.told),
        got=sum(row.people for row in applied if row.got),
        stops=[
            Stop(step, people, over, step in cases.LABELS.values())
            for (step, over), people in sorted(stops.items(), key=lambda one: order.index(one[0][0]))
        ],
    )
