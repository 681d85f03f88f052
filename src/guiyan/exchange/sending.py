"""A package on its way out: asked for, agreed to by another officer, made behind, fetched."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import BinaryIO

from django.db import transaction

from guiyan.accounts.models import User
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import actor_of
from guiyan.accounts.scope import scope_of
from guiyan.exchange import states
from guiyan.exchange.container import FORMAT, Manifest, new_id, seal_payload, write_container
from guiyan.exchange.keys import own_keys
from guiyan.exchange.models import Package, PackagePiece, Partner
from guiyan.exchange.partners import LONGEST, card_of_partner, own_card
from guiyan.exchange.queries import APPROVE, USE, is_in_use, package_by_id
from guiyan.kernel import audit, jobs, releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.files import open_file, store_written
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.queries.in_full import Lines, entries_in_full
from guiyan.registers.tables import register_of

MAKE = "exchange.make_package"
KIND = "gyx"


@transaction.atomic
def ask_package(actor: Actor, *, partner_id: int, register: str, since: date | None, reason: str) -> Package:
    """Ask for a package of a register's entries in the partner's place. It waits for a second officer, always:
    numbers travel in full, sealed for the partner."""
    with entered(Scope.system()):
        partner = Partner.objects.filter(pk=partner_id).first()
        if partner is None:
            raise NotFound
        require(actor, USE, partner, unit=None, subject=None)
        refuse_unfit(partner, register)
        if since is not None and since > today():
            raise Refused("起始日期不能晚于今天。", "since")
        if not reason.strip() or len(reason) > LONGEST:
            raise Refused(f"请写明发给对方做什么用，不超过{LONGEST}字。", "reason")
        if actor.user_id is None:
            raise NotAllowed("往来包要由登录的工作人员提出。")
        asked = Package.objects.create(
            partner=partner,
            direction=states.OUT,
            register=register,
            since=since,
            as_of=today(),
            reason=reason.strip(),
            asked_at=now(),
            asked_by=actor.user_id,
            asked_by_label=actor.label[:80],
            region=partner.region,
        )
        detail: dict[str, audit.Value] = {"partner": partner.pk, "since": since.isoformat() if since else ""}
        audit.record(actor, f"exchange.ask:{register}", f"package:{asked.pk}", region=partner.region, detail=detail)
    return asked


def refuse_unfit(partner: Partner, register: str) -> None:
    if partner.ended_at is not None:
        raise Refused("这个往来单位已经停用，不能再往来。", "ended")
    register_of(releases.current(), register)
    if register not in partner.registers:
        raise Refused("和这个单位没有约定这个名录的往来。", "register")


@transaction.atomic
def decide_package(actor: Actor, *, package_id: int, agreed: bool, note: str = "") -> Package:
    """A second officer agrees, and the package is made; or refuses, with the reason."""
    with entered(Scope.system()):
        asked = Package.objects.select_for_update(of=("self",)).select_related("partner").filter(pk=package_id).first()
        if asked is None or asked.direction != states.OUT:
            raise NotFound
        require(actor, APPROVE, asked, unit=None, subject=None)
        if asked.asked_by in actor.persons:
            raise NotAllowed("自己提出的往来包，要由另一个人审核。")
        if asked.decided_at is not None:
            raise Refused("这个往来包已经处理过了。", "already-decided")
        if not agreed and not note.strip():
            raise Refused("不同意要写明理由。", "note")
        if agreed:
            refuse_unfit(asked.partner, asked.register)
        asked.decided_at, asked.decided_by, asked.decided_by_label = now(), actor.user_id, actor.label[:80]
        asked.agreed, asked.decision_note = agreed, note.strip()[:LONGEST]
        asked.save(update_fields=["decided_at", "decided_by", "decided_by_label", "agreed", "decision_note"])
        action = "agree" if agreed else "refuse"
        audit.record(actor, f"exchange.{action}:{asked.register}", f"package:{asked.pk}", region=asked.region)
        if agreed:
            jobs.defer(MAKE, once_while_waiting=f"{MAKE}:{asked.pk}", package_id=asked.pk)
    return asked


def make_package(package_id: int) -> None:
    """Write the file of a package that is agreed to, as whoever asked, with the range she has now. Made once."""
    with entered(Scope.system()):
        asked = Package.objects.select_related("partner").get(pk=package_id)
        if asked.made_at is not None or asked.failed or not asked.agreed:
            return
        actor = actor_of(User.objects.get(pk=asked.asked_by))
        if not holds(actor, USE) or not is_in_use(asked.partner, asked.register):
            Package.objects.filter(pk=package_id).update(failed="提出的人现在没有权限，或者往来单位、名录已经停用。")
            return
    with tempfile.TemporaryDirectory(prefix="guiyan-package-") as folder:
        payload = Path(folder) / "payload"
        id = new_id()
        with entered(scope_of(actor)):
            pieces: list[array[int]] = []
            lines = entries_in_full(
                actor,
                asked.register,
                region=asked.partner.region,
                since=asked.since,
                note=lambda ids: pieces.append(array("q", ids)),
            )
            digest = seal_payload(payload, told(lines), id=id, reader=card_of_partner(asked.partner))
        keep(actor, package_id, lines, id, payload, digest, pieces)


def told(lines: Lines) -> Iterator[bytes]:
    return (line.encode() for line in lines)


@transaction.atomic
def keep(
    actor: Actor, package_id: int, lines: Lines, id: str, payload: Path, digest: str, pieces: list[array[int]]
) -> None:
    """Give it its number, sign and store it. The partner is locked, so that numbers follow each other.

    pieces: whose entries are in it, 8 bytes each.
    """
    with entered(Scope.system()):
        partner_id = Package.objects.values_list("partner_id", flat=True).get(pk=package_id)
        partner = Partner.objects.select_for_update().get(pk=partner_id)
        asked = Package.objects.select_for_update().get(pk=package_id)
        if asked.made_at is not None:
            return
        before = Package.objects.filter(
            partner=partner, direction=states.OUT, register=asked.register, number__isnull=False
        ).order_by("-number")
        number, chain = before.values_list("number", "chain").first() or (0, "")
        own, declared = own_card(), register_of(releases.current(), asked.register)
        manifest = Manifest(
            format=FORMAT,
            id=id,
            sender=own.fingerprint,
            sender_name=own.name,
            reader=partner.fingerprint,
            region=partner.region,
            register=asked.register,
            label=declared.label,
            fields=list(lines.fields),
            number=(number or 0) + 1,
            previous=chain,
            as_of=today().isoformat(),
            since=asked.since.isoformat() if asked.since else "",
            entries=lines.count,
            payload=digest,
        )
        path = payload.with_name("package")
        write_container(path, manifest, payload, own_keys())
        name = f"{own.name}-{declared.label}-{manifest.number:04}.{KIND}"
        asked.file = store_written(actor, name=name, path=path, kind=KIND, purpose="往来包", region=asked.region)
        asked.number, asked.chain, asked.row_count = manifest.number, manifest.chain, lines.count
        asked.as_of, asked.made_at = manifest.day, now()
        asked.save()
        PackagePiece.objects.bulk_create(
            PackagePiece(package=asked, low=min(ids), high=max(ids), subject_ids=list(ids), region=asked.region)
            for ids in pieces
        )
        audit.record_read(
            actor,
            f"register.{asked.register}.exchange",
            [f"package:{asked.pk}", f"manifest:{manifest.chain}"],
            f"发给{partner.name}：{asked.reason}",
            region=asked.region,
        )


def fetch_package(actor: Actor, *, package_id: int) -> tuple[Package, BinaryIO]:
    """The file, for officers of the place; each fetching is logged. It opens only for the partner."""
    asked = package_by_id(actor, package_id)
    require(actor, USE, asked, unit=None, subject=None)
    if asked.file is None or asked.direction != states.OUT:
        raise Refused("文件还没有生成。", "not-made")
    with entered(Scope.system()):
        Package.objects.filter(pk=asked.pk, fetched_at=None).update(fetched_at=now())
        return asked, open_file(actor, asked.file, purpose=f"往来包：{asked.reason}")
