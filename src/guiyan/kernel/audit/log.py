"""Writing entries: plain inserts without a lock and without RETURNING, which row security would refuse."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.db import connection

from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar.clock import now

INSERT = """
INSERT INTO audit_entry
  (at, recorded_at, txid, actor_kind, actor_id, action, target, targets, purpose, region, detail)
VALUES (%s, clock_timestamp(), pg_current_xact_id()::text::bigint, %s, %s, %s, %s, %s, %s, %s, %s::jsonb)
"""

Value = str | int | bool | None


def record(
    actor: Actor,
    action: str,
    target: str,
    *,
    region: int | None = None,
    detail: Mapping[str, Value] | None = None,
) -> None:
    """Log one change in its own transaction. `detail` holds ids, codes and hashes, never personal data."""
    insert(actor, action, target=target, region=region, detail=detail or {})


def record_read(actor: Actor, what: str, targets: Sequence[str], purpose: str, *, region: int | None = None) -> None:
    """Log one reading of personal data: a whole list is one entry with its ids."""
    insert(actor, f"read:{what}", targets=targets, purpose=purpose, region=region)


def insert(
    actor: Actor,
    action: str,
    *,
    target: str = "",
    targets: Sequence[str] = (),
    purpose: str = "",
    region: int | None = None,
    detail: Mapping[str, Value] | None = None,
) -> None:
    packed = json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True)
    who = (actor.kind, actor.user_id)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, (now(), *who, action, target, list(targets), purpose, region, packed))
