"""Reading what went where; scoped to the actor's places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from guiyan.accounts.permissions import visible
from guiyan.exchange import states
from guiyan.exchange.models import ApiTraffic, Package, Partner
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.registers import states as register_states
from guiyan.registers.queries.handed import stages_of

VIEW, USE, APPROVE = "exchange.view", "exchange.use", "exchange.approve"
MENU = 200


def packages_for(
    actor: Actor, *, partner: int | None = None, direction: str = "", register: str = ""
) -> QuerySet[Package]:
    """What went out and came in, the newest first."""
    rows = visible(actor, VIEW, Package.objects.select_related("partner"), unit=None, subject=None).order_by("-pk")
    if partner is not None:
        rows = rows.filter(partner_id=partner)
    if direction in (states.OUT, states.IN):
        rows = rows.filter(direction=direction)
    return rows.filter(register=register) if register else rows


def packages_to_decide(actor: Actor) -> QuerySet[Package]:
    waiting = Package.objects.select_related("partner").filter(direction=states.OUT, decided_at=None)
    waiting = waiting.exclude(asked_by__in=actor.persons)
    return visible(actor, APPROVE, waiting, unit=None, subject=None).order_by("pk")


def packages_to_fetch(actor: Actor) -> QuerySet[Package]:
    """One's own that are made and nobody took yet."""
    mine = Package.objects.select_related("partner").filter(asked_by=actor.user_id or 0, direction=states.OUT)
    return (
        visible(actor, USE, mine, unit=None, subject=None).filter(made_at__isnull=False, fetched_at=None).order_by("pk")
    )


def package_by_id(actor: Actor, package_id: int) -> Package:
    """Raises NotFound."""
    rows = Package.objects.select_related("partner", "file").filter(pk=package_id)
    found = visible(actor, VIEW, rows, unit=None, subject=None).first()
    if found is None:
        raise NotFound
    return found


def partners_for(actor: Actor, permission: str = VIEW) -> QuerySet[Partner]:
    rows = visible(actor, permission, Partner.objects.all(), unit=None, subject=None)
    return rows.order_by("ended_at", "name", "pk")


def is_in_use(partner: Partner, register: str) -> bool:
    return partner.ended_at is None and register in partner.registers and register in releases.current().registers


def is_standing(package: Package) -> bool:
    """An incoming package whose rows are in the register or still on their way."""
    return standing_of(package, stages_of([package.import_file_id or 0])) != states.DROPPED


def standings(packages: Iterable[Package]) -> dict[int, str]:
    """Package → where it stands, in one query for all."""
    packages = list(packages)
    stages = stages_of([one.import_file_id for one in packages if one.import_file_id is not None])
    return {one.pk: standing_of(one, stages) for one in packages}


def standing_of(package: Package, stages: Mapping[int, str]) -> str:
    """One of `states.WORDS`."""
    if package.direction == states.IN:
        return standing_of_incoming(stages.get(package.import_file_id or 0, ""))
    if package.decided_at is None:
        return states.WAITING
    if not package.agreed:
        return states.REFUSED
    if package.failed:
        return states.FAILED
    if package.made_at is None:
        return states.MAKING
    return states.SENT if package.fetched_at is not None else states.READY


def standing_of_incoming(stage: str) -> str:
    if stage == register_states.FILE_DONE:
        return states.TAKEN
    if stage in ("", register_states.FILE_DROPPED, register_states.FILE_FAILED):
        return states.DROPPED
    return states.CHECKING


def traffic_for(actor: Actor, *, register: str = "") -> QuerySet[ApiTraffic]:
    """What other systems read and reported by API, the newest day first."""
    rows = visible(actor, VIEW, ApiTraffic.objects.all(), unit=None, subject=None).order_by("-day", "-pk")
    return rows.filter(register=register) if register else rows
