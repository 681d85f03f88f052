"""What must hold in the ledger whatever happened: `bin/guiyan check` asks."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.db import connection

from guiyan.kernel.checks import Finding
from guiyan.ledger.exchange import outbox_folder
from guiyan.ledger.models import PaymentFile

RULES = {
    "balance": (
        """SELECT a.code, a.balance_fen, coalesce(m.net, 0) FROM ledger_account a LEFT JOIN (
             SELECT id, sum(net) AS net FROM (SELECT credit_id AS id, amount_fen AS net FROM ledger_transfer
               UNION ALL SELECT debit_id, -amount_fen FROM ledger_transfer) legs GROUP BY id) m ON m.id = a.id
           WHERE a.balance_fen <> coalesce(m.net, 0)""",
        "账户{0}的余额是{1}分，按流水应为{2}分",
    ),
    "floor": ("SELECT code, balance_fen FROM ledger_account WHERE balance_fen < floor_fen", "账户{0}低于下限：{1}分"),
    "twice": (
        """SELECT e.measure_id || e.step, s.canonical_id, count(*) FROM ledger_entitlement e
             JOIN registers_subject s ON s.id = e.subject_id
            WHERE e.ended_at IS NULL AND e.once_key NOT LIKE 'case:%%'
            GROUP BY 1, 2 HAVING count(*) > 1""",
        "{0}对同一人（主体{1}）审定了{2}次",
    ),
    "paid-twice": (
        """SELECT l.case_ref, count(*) FROM ledger_paymentline l JOIN ledger_lineresult r ON r.line_id = l.id
            WHERE r.outcome = 'paid' GROUP BY 1 HAVING count(*) > 1""",
        "{0}拨付成功了{1}次",
    ),
    "claim": (
        """SELECT e.id, e.case_ref, e.amount_fen, coalesce(t.amount_fen, 0) FROM ledger_entitlement e
             LEFT JOIN ledger_transfer t ON t.idempotency_key = 'commit:' || e.id AND t.kind = 'commit'
            WHERE e.amount_fen IS DISTINCT FROM t.amount_fen""",
        "审定{0}（{1}）是{2}分，记账是{3}分",
    ),
    "void": (
        """SELECT e.id, e.case_ref FROM ledger_entitlement e
             LEFT JOIN ledger_transfer t ON t.idempotency_key = 'void:' || e.id AND t.amount_fen = e.amount_fen
            WHERE (e.ending = 'void') <> (t.id IS NOT NULL)""",
        "审定{0}（{1}）的撤销与记账不一致",
    ),
    "line": (
        """SELECT l.id, l.case_ref, l.amount_fen, e.amount_fen, coalesce(t.amount_fen, 0) FROM ledger_paymentline l
             JOIN ledger_entitlement e ON e.id = l.entitlement_id
             LEFT JOIN ledger_transfer t ON t.idempotency_key = 'request:' || l.id
            WHERE l.amount_fen <> e.amount_fen OR l.amount_fen IS DISTINCT FROM t.amount_fen""",
        "支付行{0}（{1}）是{2}分，审定是{3}分，记账是{4}分",
    ),
    "request-sum": (
        """SELECT r.number, r.line_count, r.total_fen, count(l.id), coalesce(sum(l.amount_fen), 0)
             FROM ledger_paymentrequest r LEFT JOIN ledger_paymentline l ON l.request_id = r.id
            GROUP BY r.id HAVING r.line_count <> count(l.id) OR r.total_fen <> coalesce(sum(l.amount_fen), 0)""",
        "支付申请{0}写着{1}行、{2}分，明细合计{3}行、{4}分",
    ),
    "result-file": (
        """SELECT f.id, f.paid + f.returned, count(r.id) FROM ledger_resultfile f
             LEFT JOIN ledger_lineresult r ON r.source_id = f.id
            GROUP BY f.id HAVING f.paid + f.returned <> count(r.id)""",
        "财政结果文件{0}当时记了{1}行，现在有{2}行",
    ),
    "receipt": (
        """SELECT r.receipt_no, r.amount_fen, coalesce(t.amount_fen, 0) FROM ledger_recoveryreceipt r
             LEFT JOIN ledger_transfer t ON t.idempotency_key = 'recover:' || r.receipt_no
            WHERE r.amount_fen IS DISTINCT FROM t.amount_fen""",
        "退款凭证{0}是{1}分，记账是{2}分",
    ),
    "receipt-twice": (
        """SELECT r.receipt_no, count(*) FROM ledger_lineresult r WHERE r.outcome = 'paid' AND r.receipt_no <> ''
            GROUP BY 1 HAVING count(*) > 1""",
        "回单号{0}用于{1}笔拨付",
    ),
    "unposted": (
        """SELECT l.id, l.case_ref FROM ledger_paymentline l JOIN ledger_lineresult r ON r.line_id = l.id
             LEFT JOIN ledger_transfer t ON t.idempotency_key = 'result:' || l.id AND t.amount_fen = l.amount_fen
              AND t.kind = r.outcome WHERE t.id IS NULL""",
        "支付行{0}（{1}）有财政结果，但没有记账",
    ),
}


def findings() -> Iterable[Finding]:
    """Balances against transfers, floors, nothing held or paid twice, results posted, payment files unchanged."""
    with connection.cursor() as cursor:
        for code, (sql, words) in RULES.items():
            cursor.execute(sql)
            for row in cursor.fetchall():
                yield Finding(f"ledger.{code}", str(row[0]), words.format(*row))
    yield from _files()


def _files() -> Iterable[Finding]:
    for sent in PaymentFile.objects.all().iterator():
        path = outbox_folder() / sent.name
        if not path.exists():
            yield Finding("ledger.file-missing", sent.name, f"支付文件{sent.name}不见了")
        elif hashlib.sha256(path.read_bytes()).hexdigest() != sent.sha256:
            yield Finding("ledger.file-changed", sent.name, f"支付文件{sent.name}的内容被改过")
