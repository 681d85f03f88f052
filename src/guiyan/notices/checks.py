"""What must hold of notices: every signed batch published once, nothing unmasked in public."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from guiyan.kernel.checks import Finding
from guiyan.notices.masking import full_number_in
from guiyan.notices.models import NoticeRow

RULES = {
    "unpublished": (
        """SELECT b.number, b.state FROM cases_batch b LEFT JOIN notices_notice n ON n.batch_id = b.id
            WHERE b.state IN ('noticed', 'cleared', 'paying', 'settled') AND n.id IS NULL""",
        "批次{0}的状态是“{1}”，没有公示",
    ),
    "rows": (
        """SELECT n.number, n.row_count, n.total_fen, count(r.id), coalesce(sum(r.amount_fen), 0) FROM notices_notice n
             LEFT JOIN notices_noticerow r ON r.notice_id = n.id
            GROUP BY n.id HAVING n.row_count <> count(r.id) OR n.total_fen <> coalesce(sum(r.amount_fen), 0)""",
        "公示{0}写着{1}行、{2}分，名单合计{3}行、{4}分",
    ),
    "row-amount": (
        """SELECT n.number, r.line_no, r.amount_fen, coalesce(l.amount_fen, 0) FROM notices_noticerow r
             JOIN notices_notice n ON n.id = r.notice_id
             LEFT JOIN cases_batchline l ON l.batch_id = n.batch_id AND l.case_id = r.case_id AND l.removed_at IS NULL
            WHERE r.amount_fen IS DISTINCT FROM l.amount_fen""",
        "公示{0}第{1}行公示的是{2}分，签批的是{3}分",
    ),
    "left-behind": (
        """SELECT n.number, r.line_no FROM notices_noticerow r JOIN notices_notice n ON n.id = r.notice_id
             JOIN cases_case c ON c.id = r.case_id WHERE n.closed_at IS NOT NULL AND c.state = 'noticed'""",
        "公示{0}已经结束，第{1}行还停在公示中",
    ),
    "held-by-nothing": (
        """SELECT n.number, r.line_no FROM notices_noticerow r JOIN notices_notice n ON n.id = r.notice_id
             JOIN cases_case c ON c.id = r.case_id
            WHERE (c.state = 'held') <> EXISTS (SELECT FROM notices_objection o
                   WHERE o.row_id = r.id AND o.state NOT IN ('upheld', 'dismissed'))
              AND c.state <> 'refused'""",
        "公示{0}第{1}行是否暂停，与有没有未办结的异议不一致",
    ),
}


def findings() -> Iterable[Finding]:
    with connection.cursor() as cursor:
        for code, (sql, words) in RULES.items():
            cursor.execute(sql)
            for row in cursor.fetchall():
                yield Finding(f"notices.{code}", str(row[0]), words.format(*row))
    yield from _unmasked()


def _unmasked() -> Iterable[Finding]:
    for row in NoticeRow.objects.filter(is_public=True).select_related("notice").iterator():
        if any(full_number_in(cell) for cell in row.cells):
            yield Finding("notices.unmasked", row.notice.number, f"公示{row.notice.number}第{row.line_no}行有完整号码")
