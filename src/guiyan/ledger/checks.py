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
        """SELECT e.measure_id, s.canonical_id, count(*) FROM ledger_entitlement e
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
    "unposted": (
        """SELECT l.id, l.case_ref FROM ledger_paymentline l JOIN ledger_lineresult r ON r.line_id = l.id
             LEFT JOIN ledger_transfer t ON t.idempotency_key = 'result:' || l.id WHERE t.id IS NULL""",
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
