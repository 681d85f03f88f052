"""Whether every event has reached, or is still on its way to, everyone who was to have it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from guiyan.kernel.checks import Finding
from guiyan.kernel.outbox.publish import DELIVER

LOST = """
WITH receipt AS (SELECT event_id, count(*) AS number FROM outbox_receipt GROUP BY event_id),
waiting AS (
  SELECT (job.args->>'event_id')::bigint AS event_id, count(DISTINCT job.args->>'receiver') AS number
  FROM procrastinate_jobs job
  WHERE job.task_name = %s AND job.status IN ('todo', 'doing', 'failed') AND NOT EXISTS (
    SELECT FROM outbox_receipt
    WHERE event_id = (job.args->>'event_id')::bigint AND receiver = job.args->>'receiver')
  GROUP BY 1)
SELECT event.id, event.event FROM outbox_event event
LEFT JOIN receipt ON receipt.event_id = event.id LEFT JOIN waiting ON waiting.event_id = event.id
WHERE coalesce(receipt.number, 0) + coalesce(waiting.number, 0) < event.receivers ORDER BY event.id
"""


def findings() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(LOST, [DELIVER])
        for number, name in cursor.fetchall():
            yield Finding("event_lost", f"event:{number}", f"事件“{name}”没有送达全部接收方，也没有等待的任务。")
