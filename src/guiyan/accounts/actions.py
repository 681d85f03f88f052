"""Writing accounts: regions, units and demo accounts as the pack declares them; posts and grants."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from guiyan.accounts.demo import PASSWORD
from guiyan.accounts.models import Grant, Post, Region, Unit, User
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.packs.pack import Pack
from guiyan.packs.people import DemoAccount, Role


@transaction.atomic
def apply_units(actor: Actor, pack: Pack) -> None:
    """Bring regions, units and (in the demo) accounts to what the pack declares. Nothing that is gone is deleted."""
    apply_regions(pack)
    apply_offices(pack)
    if settings.GUIYAN_DEMO:
        apply_demo_accounts(pack)
    audit.record(actor, "accounts.apply_units", f"pack:{pack.city.id}", detail={"digest": pack.digest})


def apply_regions(pack: Pack) -> None:
    rows = [
        Region(
            code=region.code,
            name=region.name,
            short_name=region.short_name,
            level=region.level,
            parent_code=region.parent,
        )
        for region in pack.regions.values()
    ]
    fields = ["name", "short_name", "level", "parent_code"]
    Region.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)


def apply_offices(pack: Pack) -> None:
    """Two passes: an office may name a parent or successor that comes later."""
    rows = [
        Unit(
            code=unit.code,
            name=unit.name,
            short_name=unit.short_name,
            kind=unit.kind,
            region=unit.region,
            aliases=list(unit.aliases),
            valid_from=unit.valid_from,
            valid_to=unit.valid_to,
        )
        for unit in pack.units.values()
    ]
    fields = ["name", "short_name", "kind", "region", "aliases", "valid_from", "valid_to"]
    Unit.objects.bulk_create(rows, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    known = {unit.code: unit for unit in Unit.objects.filter(code__in=pack.units)}
    for declared in pack.units.values():
        unit = known[declared.code]
        unit.parent = known[declared.parent] if declared.parent else None
        unit.successor = known[declared.successor] if declared.successor else None
    Unit.objects.bulk_update(known.values(), ["parent", "successor"], batch_size=500)


def apply_demo_accounts(pack: Pack) -> None:
    """Make the sample accounts that are missing. Their password is known to all, so that one hash serves them all."""
    password = make_password(PASSWORD)
    for account in pack.demo.values():
        fields = {"name": account.name, "is_demo": True, "password": password}
        user, _ = User.objects.get_or_create(username=account.username, defaults=fields)
        if account.unit and not user.posts.exists():
            give_demo_post(user, account, pack)


def give_demo_post(user: User, account: DemoAccount, pack: Pack) -> None:
    unit = Unit.objects.get(code=account.unit)
    post = Post.objects.create(user=user, unit=unit, title=account.title)
    for role in account.roles:
        grant_role(post, role, pack.roles[role], account.regions or (unit.region,))


def grant_role(post: Post, role: str, declared: Role, regions: Sequence[int]) -> Grant:
    """A role declared for a unit holds for what that unit handles; one for oneself reaches nobody else's.

    A sender's is for no place: it would open the second wall to all that lies there.
    """
    reach = [] if declared.scope in ("own", "sender") else list(regions)
    by_unit = declared.scope in ("unit", "sender")
    return Grant.objects.create(post=post, role=role, regions=reach, unit_scope=by_unit)


@transaction.atomic
def give_subject(actor: Actor, *, subject_id: int) -> None:
    """A resident's own account, which had no file, has this one from now on. Two at once: the later is refused."""
    changed = User.objects.filter(pk=actor.user_id or 0, subject_id=None).update(subject_id=subject_id)
    if not changed:
        raise Refused("您的账号已经有本人档案，请刷新页面再填。", "already")
    audit.record(actor, "accounts.give_subject", f"user:{actor.user_id}", detail={"subject": subject_id})
