"""Entries of the registers: read, masked, and reported in; for the registers and the place that a key is for."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router

from guiyan.accounts.models import ApiKey
from guiyan.accounts.queries import region_paths
from guiyan.accounts.scope import scope_of
from guiyan.api.access import may
from guiyan.api.measures import REFUSALS
from guiyan.api.register_schemas import EntriesOut, EntryOut, RegistersOut, ReportedOut, ReportIn
from guiyan.exchange import actions as exchange
from guiyan.exchange import states as exchange_states
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor, FixedActor, Grant
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.people import SEND
from guiyan.packs.register import Field, Register
from guiyan.registers import actions, queries
from guiyan.registers.declared import shown_fields
from guiyan.registers.values import HUNDRED, SCALED, Value

router = Router(tags=["名录"])
READ, REPORT = "registers", "register-report"
MOST = 200


def key_of(request: HttpRequest) -> ApiKey:
    key: ApiKey = request.api_key  # type: ignore[attr-defined]
    return key


def actor_of(key: ApiKey, permission: str) -> Actor:
    """The other system as somebody who may do this one thing in its place, and reveal nothing.

    A sender's may send, whatever is asked for, and so reads and reports its own entries.
    """
    who = f"{key.holder}（接口{key.prefix}）"[:80]
    if key.unit_id is not None:
        own = Grant(
            role="api", permissions=frozenset({SEND}), regions=(), unit_id=key.unit_id, own_unit_only=True
        )  # fmt: skip
        return FixedActor("user", who, grants=(own,))
    ranges = (subtree(key.region),) if key.region is not None else ()
    grant = Grant(role="api", permissions=frozenset({permission}), regions=ranges)
    return FixedActor("user", who, grants=(grant,))


def register_for(key: ApiKey, register: str) -> Register:
    """A register that the key is not for is as one that is not there."""
    found = releases.current().registers.get(register)
    if found is None or register not in key.registers:
        raise NotFound("没有这个名录，或者这把密钥不能用它。")
    return found


@router.get(
    "/registers",
    response={200: RegistersOut, **REFUSALS},
    auth=may(READ),
    url_name="registers",
    summary="名录和字段",
    description="这把密钥能读的名录，各有哪些字段、代码和来源。seen为假的字段只有部分人能看，接口里是空的。",
)
def registers(request: HttpRequest) -> dict[str, object]:
    """What the key may read, field by field."""
    key = key_of(request)
    found = [one for one in releases.current().registers.values() if one.id in key.registers]
    return {"registers": [register_told(one) for one in found]}


def register_told(register: Register) -> dict[str, object]:
    return {
        "id": register.id,
        "label": register.label,
        "subject": register.subject,
        "key": register.key_field,
        "levels": dict(register.levels),
        "sources": [one.id for one in register.sources_by("api")],
        "fields": [
            {
                "id": one.id,
                "label": one.label,
                "type": one.type,
                "required": one.required,
                "unit": "元" if one.type == "money" else one.unit,
                "codes": dict(one.codes),
                "seen": not one.seen_by,
            }
            for one in shown_fields(register)
        ],
    }


@router.get(
    "/registers/{register_id}/entries",
    response={200: EntriesOut, **REFUSALS},
    auth=may(READ),
    url_name="register-entries",
    summary="名录条目",
    description="按条目号从小到大，每页最多200条；next是下一页的after，没有了就是空。号码只有掩码。since：那一天以后核对过的。",
)
def entries(
    request: HttpRequest,
    register_id: str,
    after: int = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
    since: dt.date | None = None,
) -> dict[str, object]:
    """A page of entries by id; the reading is one row of the audit log with their ids."""
    key = key_of(request)
    declared = register_for(key, register_id)
    actor = actor_of(key, "register.view")
    with entered(scope_of(actor)):
        found = queries.entries_after(actor, register_id, after=after, limit=limit, since=since)
    with entered(Scope.system()):
        places = region_paths({line.region for line in found.lines})
        audit.record_read(
            actor, f"register.{register_id}", [f"subject:{one.subject_id}" for one in found.lines], f"接口：{key.name}"
        )
        log_call(key, register_id, exchange_states.OUT, len(found.lines))
    return {"entries": [told(declared, line, places) for line in found.lines], "next": found.next}


@router.get(
    "/registers/{register_id}/entries/{entry_id}",
    response={200: EntryOut, **REFUSALS},
    auth=may(READ),
    url_name="register-entry",
    summary="一个条目",
    description="entry_id是条目列表里的id。",
)
def entry(request: HttpRequest, register_id: str, entry_id: int) -> dict[str, object]:
    """One entry, masked; one of another place does not exist for this key."""
    key = key_of(request)
    declared = register_for(key, register_id)
    actor = actor_of(key, "register.view")
    with entered(scope_of(actor)):
        line = queries.entry_line(actor, register_id, entry_id)
    if line is None:
        raise NotFound
    with entered(Scope.system()):
        read = [f"subject:{line.subject_id}"]
        audit.record_read(actor, f"register.{register_id}.entry", read, f"接口：{key.name}")
        log_call(key, register_id, exchange_states.OUT, 1)
        return told(declared, line, region_paths({line.region}))


@router.post(
    "/registers/{register_id}/entries",
    response={200: ReportedOut, **REFUSALS},
    auth=may(REPORT),
    url_name="register-report",
    summary="报送名录",
    description=(
        "一次1至500条。按名录的编号认出是不是同一条；同样的内容再报不变（unchanged）。"
        "有错的（refused）不记，逐项说明，其余照记。金额写元，日期2026-06-08，区划写12位代码或通山县大畈镇。"
    ),
)
def report(request: HttpRequest, register_id: str, sent: ReportIn) -> dict[str, object]:
    """What became of each row, in their order."""
    key = key_of(request)
    register_for(key, register_id)
    actor = actor_of(key, "register.import")
    with entered(scope_of(actor)):
        came = actions.report_in(actor, register=register_id, source=sent.source, at=sent.at, rows=sent.entries)
    counts = Counter(one.outcome for one in came)
    log_call(key, register_id, exchange_states.IN, len(came) - counts["refused"])
    outcomes = ("created", "linked", "changed", "unchanged", "refused")
    rows = [
        {"row": one.row, "outcome": one.outcome, "id": one.subject_id, "faults": dict(one.faults or {})} for one in came
    ]
    return {**{outcome: counts[outcome] for outcome in outcomes}, "rows": rows}


def log_call(key: ApiKey, register: str, direction: str, entries: int) -> None:
    """In the log of what went where (上下交换)."""
    exchange.count_call(
        key_prefix=key.prefix,
        name=key.name,
        holder=key.holder,
        register=register,
        direction=direction,
        entries=entries,
        region=key.region or releases.current().city.region,
    )


def told(register: Register, line: queries.EntryLine, places: Mapping[int, str]) -> dict[str, object]:
    fields = {one.id: as_told(one, line.values.get(one.id)) for one in shown_fields(register)}
    return {
        "id": line.id,
        "region": line.region,
        "place": places.get(line.region, ""),
        "level": line.level,
        "checked_on": line.checked_on,
        "version": line.version,
        "fields": fields,
    }


def as_told(field: Field, value: Value) -> object:
    """Money in yuan, numbers as people write them."""
    if field.type in SCALED and isinstance(value, int):
        return value / HUNDRED
    return list(value) if isinstance(value, tuple) else value
