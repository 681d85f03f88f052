"""What must hold of loans whatever happened: `bin/guiyan check` asks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import Q

from guiyan.kernel.checks import Finding
from guiyan.lending.books import owed_of, paid_of, standing_repayments
from guiyan.lending.models import Loan
from guiyan.lending.subsidising import Quarter, Share, on_time

RULES = {
    "schedule": (
        """SELECT l.number, l.principal_fen, coalesce(sum(i.principal_fen), 0) FROM lending_loan l
             LEFT JOIN lending_instalment i ON i.loan_id = l.id AND i.revision = l.revision
            GROUP BY l.id HAVING l.principal_fen <> coalesce(sum(i.principal_fen), 0)""",
        "贷款{0}本金{1}分，还款计划的本金合计{2}分",
    ),
    "repaid": (
        """SELECT l.number, l.principal_paid_fen, l.interest_paid_fen, coalesce(p.principal, 0), coalesce(p.interest, 0)
             FROM lending_loan l LEFT JOIN (
               SELECT loan_id, sum(principal_fen) AS principal, sum(interest_fen) AS interest FROM lending_repayment
                WHERE void_at IS NULL GROUP BY 1) p ON p.loan_id = l.id
            WHERE (l.principal_paid_fen, l.interest_paid_fen) <> (coalesce(p.principal, 0), coalesce(p.interest, 0))""",
        "贷款{0}记着已还本金{1}分、利息{2}分，按还款记录是{3}分、{4}分",
    ),
    "more-than-lent": (
        "SELECT number, principal_fen, principal_paid_fen FROM lending_loan WHERE principal_paid_fen > principal_fen",
        "贷款{0}本金{1}分，还了{2}分",
    ),
    "subsidy-twice": (
        "SELECT loan_id, quarter, count(*) FROM lending_subsidy GROUP BY 1, 2 HAVING count(*) > 1",
        "贷款{0}在{1}贴息{2}次",
    ),
    "subsidy-list": (
        """SELECT s.id, s.line_count, s.total_fen, count(r.id), coalesce(sum(r.amount_fen), 0)
             FROM lending_subsidylist s LEFT JOIN lending_subsidy r ON r.quarter_list_id = s.id
            GROUP BY s.id HAVING s.line_count <> count(r.id) OR s.total_fen <> coalesce(sum(r.amount_fen), 0)""",
        "贴息清单{0}写着{1}笔、{2}分，明细合计{3}笔、{4}分",
    ),
}


def findings() -> Iterable[Finding]:
    """Schedules add up, books equal their repayments, nothing is subsidised twice or beyond what was paid on time."""
    with connection.cursor() as cursor:
        for code, (sql, words) in RULES.items():
            cursor.execute(sql)
            for row in cursor.fetchall():
                yield Finding(f"lending.{code}", str(row[0]), words.format(*row))
    yield from _given_beyond()


def _given_beyond() -> Iterable[Finding]:
    """The subsidies of a loan together are at most what all its interest paid on time would earn.

    A book that changed since its last list is put right by the next one, so it is not looked at here.
    """
    for loan in Loan.objects.filter(subsidies__isnull=False).distinct().order_by("id").iterator():
        rows = list(loan.subsidies.select_related("quarter_list").order_by("quarter"))
        if changed_since(loan, rows[-1].quarter_list.prepared_at):
            continue
        met = on_time(owed_of(loan), paid_of(standing_repayments(loan)), Quarter.from_code(rows[-1].quarter).last)
        share = Share(loan.principal_fen, loan.covered_fen, loan.subsidy_percent)
        most = share.subsidy(share.covered(sum(one.interest_fen for one in met)))
        given = sum(row.amount_fen for row in rows)
        if given != most:
            yield Finding(
                "lending.subsidy-beyond", loan.number, f"贷款{loan.number}贴息{given}分，按时付息应贴{most}分"
            )


def changed_since(loan: Loan, moment: datetime) -> bool:
    return loan.repayments.filter(Q(recorded_at__gt=moment) | Q(void_at__gt=moment)).exists()
