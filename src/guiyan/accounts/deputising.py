"""Making and ending deputies (AB角): by the head of the unit, in writing, for a colleague of the same unit."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from guiyan.accounts.models import Deputy, Post, User
from guiyan.accounts.offices import acts_for_unit
from guiyan.accounts.queries import valid_on
from guiyan.kernel import audit, calendar, files
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.texts import at_most

PAPER = frozenset({"pdf", "jpg", "png"})
MOST_BYTES = 10 * 1024 * 1024
LONGEST_DAYS = 366


@transaction.atomic
def give_deputy(
    actor: Actor,
    *,
    post_id: int,
    user_id: int,
    document: str,
    reason: str,
    valid_from: date,
    valid_to: date,
    name: str,
    content: bytes,
) -> Deputy:
    """Let `user_id` stand in for whoever holds the post. The deputy gets what the post is granted, and nothing else."""
    post = Post.objects.select_related("unit", "user").filter(valid_on(calendar.today()), pk=post_id).first()
    if post is None:
        raise NotFound
    if not acts_for_unit(actor, "deputy.manage", post.unit_id):
        raise NotAllowed("只有本单位负责人可以登记代岗授权。")
    stand_in = _colleague(post, user_id)
    if actor.user_id == stand_in.pk:
        raise Refused("不能授权自己代岗，请由上级负责人登记。", "self")
    _refuse_dates(valid_from, valid_to)
    document, reason = at_most(document, 120, "授权书").strip(), at_most(reason, 200, "代岗的原因").strip()
    if not document or not reason:
        raise Refused("请写明授权书的文号或名称，以及代岗的原因。", "words")
    mine = Deputy.objects.select_for_update().filter(post=post, user=stand_in, ended_at=None)
    if mine.filter(valid_to__gte=valid_from, valid_from__lte=valid_to).exists():
        raise Refused(f"这段时间已经授权{stand_in.name}代岗，不用再登记。", "double")
    paper = files.store(
        actor,
        name=name,
        content=content,
        purpose="deputy",
        region=post.unit.region,
        unit_id=post.unit_id,
        allowed=set(PAPER),
        max_bytes=MOST_BYTES,
    )
    row = Deputy.objects.create(
        principal=post.user,
        post=post,
        user=stand_in,
        document=document,
        file=paper,
        reason=reason,
        valid_from=valid_from,
        valid_to=valid_to,
        given_at=calendar.now(),
        given_by_id=actor.user_id,
        given_by_label=actor.label,
    )
    detail: dict[str, str | int | bool | None] = {"for": post.user_id, "by": stand_in.pk, "to": valid_to.isoformat()}
    audit.record(actor, "deputy.give", f"deputy:{row.pk}", region=post.unit.region, detail=detail)
    return row


@transaction.atomic
def end_deputy(actor: Actor, *, deputy: Deputy, reason: str = "") -> Deputy:
    """End it at once: the head, the officer herself, or the deputy who gives it up. The next click is refused."""
    row = Deputy.objects.select_for_update(of=("self",)).select_related("post__unit").filter(pk=deputy.pk).first()
    if row is None or not may_see(actor, row):
        raise NotFound
    if row.ended_at is None:
        row.ended_at, row.ended_by_label = calendar.now(), actor.label
        row.end_reason = at_most(reason, 200, "终止的原因").strip()
        row.save(update_fields=["ended_at", "ended_by_label", "end_reason"])
        audit.record(actor, "deputy.end", f"deputy:{row.pk}", region=row.post.unit.region)
    return row


def may_see(actor: Actor, row: Deputy) -> bool:
    """Those it binds, and the head of the unit; nobody through a deputy's hands."""
    if actor.stands_in_for is not None:
        return False
    return actor.user_id in (row.principal_id, row.user_id) or acts_for_unit(actor, "deputy.manage", row.post.unit_id)


def _colleague(post: Post, user_id: int) -> User:
    """Somebody else with a post in the same unit today."""
    held = Post.objects.filter(valid_on(calendar.today()), unit_id=post.unit_id, user_id=user_id)
    if user_id == post.user_id or not held.exists():
        raise Refused("代岗人应是同一单位里在岗的另一名同事。", "colleague")
    return User.objects.get(pk=user_id)


def _refuse_dates(valid_from: date, valid_to: date) -> None:
    if valid_to < valid_from:
        raise Refused("到期日应在开始日以后。", "dates")
    if valid_to < calendar.today():
        raise Refused("到期日已经过去，请填今天或以后的日子。", "dates")
    if (valid_to - valid_from).days > LONGEST_DAYS:
        raise Refused("代岗授权最长一年，到期可以重新授权。", "dates")


def units_managed(actor: Actor) -> frozenset[int]:
    """The units for which the actor gives deputies."""
    return frozenset(
        grant.unit_id for grant in actor.grants if "deputy.manage" in grant.permissions and grant.unit_id is not None
    )


def posts_managed(actor: Actor) -> list[Post]:
    """The posts of those units today, with who holds them."""
    rows = Post.objects.filter(valid_on(calendar.today()), unit_id__in=units_managed(actor), user__is_active=True)
    return list(rows.select_related("user", "unit").order_by("user__name", "pk")[:200])


def deputies_for(actor: Actor) -> list[Deputy]:
    """Authorisations that bind the actor, or stand in the units the actor answers for; the newest first."""
    if actor.stands_in_for is not None or actor.user_id is None:
        return []
    mine = Q(user_id=actor.user_id) | Q(principal_id=actor.user_id) | Q(post__unit_id__in=units_managed(actor))
    return list(Deputy.objects.filter(mine).select_related("principal", "user", "post__unit").order_by("-id")[:100])
