"""Systems that entries are exchanged with: made known by their card, ended with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from guiyan.accounts.permissions import require
from guiyan.exchange.cards import Card, card_of, read_card
from guiyan.exchange.keys import own_keys
from guiyan.exchange.models import Partner
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered

MANAGE = "exchange.manage"
LONGEST = 200


def own_card() -> Card:
    return card_of(releases.current().city.name, own_keys())


@transaction.atomic
def add_partner(actor: Actor, *, card: str, region: int, registers: Sequence[str]) -> Partner:
    """Know another system by the card it sent. region: the place whose entries go to and fro."""
    require(actor, MANAGE)
    given = read_card(card)
    if given.fingerprint == own_card().fingerprint:
        raise Refused("这是本系统自己的名片，请填对方发来的。", "card")
    known = releases.current().registers
    if not registers or any(one not in known for one in registers):
        raise Refused("请至少选一个名录。", "registers")
    with entered(Scope.system()):
        try:
            with transaction.atomic():
                partner = Partner.objects.create(
                    name=given.name,
                    region=region,
                    registers=sorted(set(registers)),
                    signing_key=given.signing,
                    sealing_key=given.sealing,
                    fingerprint=given.fingerprint,
                    made_at=now(),
                    made_by_label=actor.label[:80],
                )
        except IntegrityError as error:
            raise Refused("这张名片登记过了。停用过的，请让对方换一对密钥再发名片。", "card") from error
        detail = {"fingerprint": given.fingerprint, "registers": ",".join(partner.registers)[:400]}
        audit.record(actor, "exchange.partner.add", f"partner:{partner.pk}", region=region, detail=detail)
    return partner


@transaction.atomic
def end_partner(actor: Actor, *, partner_id: int, reason: str) -> Partner:
    """From now on nothing goes there and nothing comes from there. What came stays."""
    require(actor, MANAGE)
    if not reason.strip() or len(reason) > LONGEST:
        raise Refused(f"请写明为什么停用，不超过{LONGEST}字。", "reason")
    with entered(Scope.system()):
        partner = Partner.objects.select_for_update().filter(pk=partner_id).first()
        if partner is None:
            raise NotFound
        if partner.ended_at is not None:
            raise Refused("这个往来单位已经停用了。", "ended")
        partner.ended_at, partner.ended_by_label, partner.end_reason = now(), actor.label[:80], reason.strip()
        partner.save(update_fields=["ended_at", "ended_by_label", "end_reason"])
        audit.record(actor, "exchange.partner.end", f"partner:{partner.pk}", region=partner.region)
    return partner


def card_of_partner(partner: Partner) -> Card:
    return Card(partner.name, bytes(partner.signing_key), bytes(partner.sealing_key))
