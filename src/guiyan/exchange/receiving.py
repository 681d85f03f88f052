"""A package that came: proven, opened, and handed to the register as a file to check, confirm and, if need be, undo."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from guiyan.accounts.permissions import decide, require
from guiyan.exchange import states
from guiyan.exchange.container import Manifest, open_payload, prove, read_manifest
from guiyan.exchange.keys import own_keys
from guiyan.exchange.models import Package, Partner
from guiyan.exchange.partners import card_of_partner, own_card
from guiyan.exchange.queries import USE, is_standing
from guiyan.exchange.sending import refuse_unfit
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers import actions as registers
from guiyan.registers.tables import register_of


@transaction.atomic
def receive_package(actor: Actor, *, path: Path) -> Package:
    """Believe a package that its sender signed, that is for us, and that follows the one before; then check its rows.

    Raises Refused in words otherwise, and keeps nothing. The same package again is refused with when it came.
    """
    require(actor, USE)
    manifest = read_manifest(path)
    with entered(Scope.system()):
        partner = sender_of(actor, manifest)
        prove(path, manifest, card_of_partner(partner))
        refuse_misled(partner, manifest)
        declared = register_of(releases.current(), manifest.register)
        source, fields = source_for(declared), fields_for(declared, manifest)
        row = place_for(actor, partner, manifest)
        file = registers.hand_in(
            actor,
            register=manifest.register,
            source=source,
            as_of=min(manifest.day, today()),
            name=f"{partner.name}-{declared.label}-{manifest.number:04}.csv",
            blocks=open_payload(path, manifest, own_keys()),
        )
        row.import_file_id = file.pk
        row.save()
        registers.name_columns(actor, file_id=file.pk, fields=fields)
        detail: dict[str, audit.Value] = {"partner": partner.pk, "number": manifest.number, "manifest": manifest.chain}
        audit.record(actor, f"exchange.receive:{row.register}", f"package:{row.pk}", region=row.region, detail=detail)
    return row


def sender_of(actor: Actor, manifest: Manifest) -> Partner:
    """The partner whose card it is, locked; within the actor's range."""
    partner = Partner.objects.select_for_update().filter(fingerprint=manifest.sender).first()
    if partner is None or not decide(actor, USE, partner, unit=None, subject=None):
        raise Refused(
            f"不认得发来这个包的系统（自称“{str(manifest.sender_name)[:40]}”）。请先由管理员登记它的名片。",
            "unknown-sender",
        )
    return partner


def refuse_misled(partner: Partner, manifest: Manifest) -> None:
    """Not for us, for another place, for a register not agreed on, or out of turn."""
    refuse_unfit(partner, manifest.register)
    if manifest.reader != own_card().fingerprint:
        raise Refused("这个包不是发给本系统的。请让对方核对收件单位。", "not-ours")
    if manifest.region != partner.region:
        raise Refused("包里的地方和约定的不一样。请双方核对登记的区划。", "region")
    known = Package.objects.filter(partner=partner, direction=states.IN, register=manifest.register)
    same = known.filter(number=manifest.number).first()
    if same is not None and is_standing(same):
        day = same.asked_at.strftime("%Y-%m-%d")
        raise Refused(f"第{manifest.number}号包{day}已经收过，没有再收。", "again")
    standing = [one for one in known.order_by("-number")[:50] if is_standing(one)]
    last = max((one.number or 0 for one in standing), default=0)
    if manifest.number != last + 1:
        raise Refused(
            f"这是第{manifest.number}号包，第{last + 1}号还没有收。请按顺序收，或者向对方要第{last + 1}号。", "gap"
        )
    chain = next((one.chain for one in standing if one.number == last), "")
    if manifest.previous != chain:
        raise Refused("这个包和上一个包对不上，可能有人换过。请和对方电话核对。", "chain")


def source_for(register: Register) -> str:
    sources = register.sources_by("exchange")
    if not sources:
        raise Refused(f"“{register.label}”没有可以从往来包收数据的来源，请管理员在配置里加上。", "no-source")
    return sources[0].id


def fields_for(register: Register, manifest: Manifest) -> list[str]:
    """Columns that this register has; those it has not are left aside, unless it has none of them."""
    fields = [one if one in register.fields and not register.fields[one].retired else "" for one in manifest.fields]
    if not any(fields):
        raise Refused("包里的字段本系统一个也没有，请双方核对名录的配置。", "fields")
    return fields


def place_for(actor: Actor, partner: Partner, manifest: Manifest) -> Package:
    """A new row, or that of the same number whose file was dropped before it was brought in."""
    kept = {
        "as_of": manifest.day,
        "since": manifest.since or None,
        "asked_at": now(),
        "asked_by": actor.user_id or 0,
        "asked_by_label": actor.label[:80],
        "made_at": now(),
        "row_count": manifest.entries,
        "chain": manifest.chain,
        "region": partner.region,
    }
    row, _ = Package.objects.update_or_create(
        partner=partner, direction=states.IN, register=manifest.register, number=manifest.number, defaults=kept
    )
    return row
