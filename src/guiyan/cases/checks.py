"""What must hold in cases whatever happened: `bin/guiyan check` asks."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from guiyan.cases import states
from guiyan.kernel.checks import Finding


def quoted(names: Iterable[str]) -> str:
    """State names as an SQL list; they are constants of this module."""
    return ", ".join(f"'{name}'" for name in names)


LOGGED = """SELECT '{type}:' || o.id, o.state, coalesce(l.to_state, '（没有记录）') FROM {table} o
  LEFT JOIN LATERAL (SELECT to_state FROM workflow_log w
    WHERE w.object_type = '{type}' AND w.object_id = o.id ORDER BY w.id DESC LIMIT 1) l ON true
  WHERE o.state IS DISTINCT FROM l.to_state"""
BROKEN = """SELECT object_type || ':' || object_id, from_state, before FROM (
    SELECT w.object_type, w.object_id, w.from_state,
           lag(w.to_state, 1, '') OVER (PARTITION BY w.object_type, w.object_id ORDER BY w.id) AS before
      FROM workflow_log w WHERE w.object_type IN ('case', 'batch')) played
  WHERE from_state <> before"""

RULES = {
    "state": (LOGGED.format(type="case", table="cases_case"), "{0}的状态是“{1}”，经过记录的最后一步是“{2}”"),
    "batch-state": (LOGGED.format(type="batch", table="cases_batch"), "{0}的状态是“{1}”，经过记录的最后一步是“{2}”"),
    "log": (BROKEN, "{0}的经过接不上：从“{1}”开始的一步，前一步到的是“{2}”"),
    "batch-sum": (
        """SELECT b.number, b.line_count, b.total_fen, count(l.id), coalesce(sum(l.amount_fen), 0)
             FROM cases_batch b LEFT JOIN cases_batchline l ON l.batch_id = b.id AND l.removed_at IS NULL
            GROUP BY b.id HAVING b.line_count <> count(l.id) OR b.total_fen <> coalesce(sum(l.amount_fen), 0)""",
        "批次{0}写着{1}件、{2}分，明细合计{3}件、{4}分",
    ),
    "batch-line": (
        f"""SELECT 'case:' || c.id, c.state FROM cases_case c
             LEFT JOIN cases_batchline l ON l.case_id = c.id AND l.removed_at IS NULL
            WHERE c.state IN ({quoted(states.IN_A_BATCH)}) AND l.id IS NULL
                  AND NOT (c.state = '{states.CLOSED}' AND c.measure = '')
               OR c.state NOT IN ({quoted((*states.IN_A_BATCH, states.REFUSED))}) AND l.id IS NOT NULL""",
        "{0}的状态是“{1}”，与它在不在批次里不一致",
    ),
    "line-amount": (
        """SELECT 'case:' || c.id, l.amount_fen, c.amount_fen FROM cases_batchline l
             JOIN cases_case c ON c.id = l.case_id
            WHERE l.removed_at IS NULL AND (l.amount_fen <> c.amount_fen OR l.subject_id <> c.subject_id)""",
        "{0}在批次里是{1}分，办件是{2}分，或者申请人不一致",
    ),
    "twice": (
        f"""SELECT c.measure, s.canonical_id, string_agg('case:' || c.id, '、' ORDER BY c.id) FROM cases_case c
             JOIN registers_subject s ON s.id = c.beneficiary_id
            WHERE c.once_key <> '' AND c.state NOT IN ({quoted(states.ENDED_WITHOUT_MONEY)})
            GROUP BY 1, 2 HAVING count(*) > 1""",
        "{0}：同一主体（{1}）有几件同时在办或已发：{2}",
    ),
    "certificate": (
        f"""SELECT 'case:' || c.id, c.state FROM cases_case c LEFT JOIN cases_certificate t ON t.case_id = c.id
            WHERE (c.state = '{states.RECOGNISED}') <> (t.id IS NOT NULL)""",
        "{0}的状态是“{1}”，与有没有认定证书不一致",
    ),
    "decision": (
        f"""SELECT 'case:' || c.id, c.state FROM cases_case c LEFT JOIN cases_writtendecision d
               ON d.case_id = c.id AND d.kind = c.state
            WHERE c.state IN ('{states.REFUSED}', '{states.NOT_ACCEPTED}') AND d.id IS NULL""",
        "{0}的状态是“{1}”，没有决定书",
    ),
    "loan": (
        f"""SELECT 'case:' || c.id, c.state FROM cases_case c LEFT JOIN lending_loan l ON l.case_ref = 'case:' || c.id
            WHERE (c.state IN ('{states.LENT}', '{states.SETTLED}')) <> (l.id IS NOT NULL)""",
        "{0}的状态是“{1}”，与有没有登记放款不一致",
    ),
    "lenders": (
        f"""SELECT 'case:' || c.id, c.state, count(r.id) FROM cases_case c LEFT JOIN lending_referral r
               ON r.case_ref = 'case:' || c.id
              AND (r.decision = 'approved' OR r.decision = '' AND c.state = '{states.DECIDING}')
            WHERE c.state IN ({quoted(states.WITH_THE_BANK)}) GROUP BY c.id HAVING count(r.id) <> 2""",
        "{0}的状态是“{1}”，银行和担保机构的送审有{2}份，应为2份",
    ),
    "entitlement": (
        f"""SELECT 'case:' || c.id, c.state, coalesce(e.amount_fen, 0), c.amount_fen FROM cases_case c
             LEFT JOIN ledger_entitlement e ON e.case_ref = 'case:' || c.id AND e.ended_at IS NULL
            WHERE c.measure <> '' AND c.state IN ({quoted(states.WITH_ENTITLEMENT)})
                  AND e.amount_fen IS DISTINCT FROM c.amount_fen
               OR c.state NOT IN ({quoted(states.WITH_ENTITLEMENT)}) AND e.id IS NOT NULL
                  AND NOT (c.state = '{states.RECOVERED}' AND EXISTS (SELECT FROM ledger_recovery r
                           WHERE r.entitlement_id = e.id AND r.amount_fen < e.amount_fen))""",
        "{0}的状态是“{1}”，资金台账占用{2}分，办件是{3}分",
    ),
}


def findings() -> Iterable[Finding]:
    """States against their logs, batches against their lines, approvals against entitlements; in the system's scope."""
    with connection.cursor() as cursor:
        for code, (sql, words) in RULES.items():
            cursor.execute(sql)
            for row in cursor.fetchall():
                yield Finding(f"cases.{code}", str(row[0]), words.format(*row))
