"""Keys of the API: made once, shown once, limited by the minute, ended by hand or by their day."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from guiyan.accounts.models import ApiKey, ApiUse, Unit
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import visible

MANAGE = "api.manage"
MARK = "gy_"
SCOPES: Mapping[str, str] = {
    "measures": "读政策措施",
    "facts": "读事实目录",
    "screen": "逐个测算",
    "screen-file": "按文件批量测算",
    "registrations": "报送注册登记",
    "registers": "读名录",
    "register-report": "报送名录",
}
OF_REGISTERS = frozenset({"registers", "register-report"})
LONGEST = timedelta(days=366)
MOST_A_MINUTE = 6_000
KEPT = timedelta(hours=1)


@dataclass(frozen=True)
class NewKey:
    """secret: shown this once; nobody can read it again."""

    key: ApiKey
    secret: str


def keys() -> QuerySet[ApiKey]:
    """All keys, those that still work first, each with when it was last used."""
    return ApiKey.objects.annotate(last_used=Max("apiuse__minute")).order_by("revoked_at", "-pk")


@transaction.atomic
def create_key(
    actor: Actor,
    *,
    name: str,
    holder: str,
    scopes: Sequence[str],
    per_minute: int,
    expires_on: date,
    registers: Sequence[str] = (),
    region: int | None = None,
    unit_id: int | None = None,
) -> NewKey:
    """Give a key to another system. Refused in words for what can't be.

    registers, region: whose entries it may read or report; both are needed for that, and mean nothing without.
    unit_id: instead of the region, the unit outside government whose own entries alone it is for.
    """
    require(actor, MANAGE)
    name, holder, today = visible(name), visible(holder), calendar.today()
    if not name or not holder:
        raise Refused("请写明用途和使用单位。", "name")
    if not scopes or set(scopes) - SCOPES.keys():
        raise Refused("请至少选一项可以调用的范围。", "scopes")
    if not 1 <= per_minute <= MOST_A_MINUTE:
        raise Refused(f"每分钟次数在1到{MOST_A_MINUTE}之间。", "per_minute")
    if not today <= expires_on <= today + LONGEST:
        raise Refused("到期日在今天以后、一年以内。", "expires_on")
    of_registers = bool(OF_REGISTERS & set(scopes))
    if of_registers and not registers:
        raise Refused("读或报送名录的密钥，要选是哪些名录。", "registers")
    unit = Unit.objects.filter(pk=unit_id).first() if unit_id is not None else None
    if unit_id is not None:
        refuse_sender(unit, scopes, registers, region)
    elif of_registers and region is None:
        raise Refused("读或报送名录的密钥，要选是哪个地方的。", "region")
    secret = MARK + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        name=name,
        holder=holder,
        prefix=secret[: len(MARK) + 6],
        digest=digest_of(secret),
        scopes=[one for one in SCOPES if one in scopes],
        registers=list(registers) if of_registers else [],
        region=region if of_registers else None,
        unit=unit,
        per_minute=per_minute,
        expires_on=expires_on,
        created_at=calendar.now(),
        created_by_label=actor.label,
    )
    detail = {"scopes": ",".join(key.scopes), "registers": ",".join(key.registers)}
    audit.record(actor, "api.key.create", f"api_key:{key.pk}", detail=detail)
    return NewKey(key, secret)


def refuse_sender(unit: Unit | None, scopes: Sequence[str], registers: Sequence[str], region: int | None) -> None:
    """A unit outside government asks for its own entries, in registers that it sends into, and for nothing else."""
    declared = releases.current().registers
    if unit is None or region is not None:
        raise Refused("报送单位的密钥只管它自己报送的，不再选地方。", "unit_id")
    if set(scopes) - OF_REGISTERS:
        raise Refused("报送单位的密钥只能读和报送名录。", "scopes")
    others = [one for one in registers if one not in declared or unit.kind not in declared[one].senders]
    if others:
        names = "、".join(declared[one].label if one in declared else one for one in others)
        raise Refused(f"{unit.name}不报送这些名录：{names}。", "registers")


@transaction.atomic
def revoke_key(actor: Actor, *, key_id: int) -> ApiKey:
    """End a key at once; ending it again changes nothing."""
    require(actor, MANAGE)
    key = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    if key is None:
        raise NotFound("没有这把密钥。")
    if key.revoked_at is None:
        key.revoked_at, key.revoked_by_label = calendar.now(), actor.label
        key.save(update_fields=["revoked_at", "revoked_by_label"])
        audit.record(actor, "api.key.revoke", f"api_key:{key.pk}")
    return key


def key_of(secret: str) -> ApiKey | None:
    """The key that works today with this secret."""
    if not secret.startswith(MARK) or not secret.isascii():
        return None
    rows = ApiKey.objects.filter(digest=digest_of(secret), revoked_at=None)
    return rows.filter(expires_on__gte=calendar.today()).first()


def take_turn(key: ApiKey) -> bool:
    """Count one request in this minute of the real clock; whether the key may still send it."""
    minute = timezone.now().replace(second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_api_use (key_id, minute, count) VALUES (%s, %s, 1)"
            " ON CONFLICT (key_id, minute) DO UPDATE SET count = accounts_api_use.count + 1 RETURNING count",
            [key.pk, minute],
        )
        (count,) = cursor.fetchone()
    return int(count) <= key.per_minute


def forget_old_use() -> None:
    """Counts are kept for the limit; of each key the last one stays and says when it was used."""
    later = ApiUse.objects.filter(key=OuterRef("key"), minute__gt=OuterRef("minute"))
    ApiUse.objects.filter(Exists(later), minute__lt=timezone.now() - KEPT).delete()


def digest_of(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
