"""Acting for a colleague (代岗办理): the grants of her post and no others, and a name that says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from guiyan.accounts.models import Deputy, User
from guiyan.accounts.queries import actor_of
from guiyan.kernel.actors import Actor, FixedActor
from guiyan.kernel.calendar import today
from guiyan.kernel.errors import NotAllowed, NotFound

SESSION = "standing_in"
# What nobody passes on: making deputies, moving the clock, reading the audit log, acting on a personal mandate.
NOT_PASSED_ON = frozenset({"deputy.manage", "delegation.manage", "clock.move", "audit.view", "case.help"})


class DeputyEnded(NotAllowed):
    """The authorisation is over, or its officer has left the post. Whoever used it goes on as himself."""


def acting_as(user: User, deputy_id: int, on: date | None = None) -> Actor:
    """The user as deputy, with the grants the officer's post has today. Raises DeputyEnded in plain words."""
    day = on or today()
    row = Deputy.objects.select_related("principal", "user", "post").filter(pk=deputy_id, user=user).first()
    if row is None:
        raise NotFound("没有这份代岗授权。")
    if why := row.why_not_usable(day):
        raise DeputyEnded(f"{why}您现在以本人身份办理。")
    behind = actor_of(row.principal, day)
    grants = tuple(
        replace(grant, permissions=grant.permissions - NOT_PASSED_ON)
        for grant in behind.grants
        if grant.post_id == row.post_id
    )
    if not row.principal.is_active or not grants:
        raise DeputyEnded(f"{row.principal.name}已经不在这个岗位，不能再代岗办理。您现在以本人身份办理。")
    me = actor_of(user, day)
    return FixedActor(
        kind="user",
        label=f"{row.principal.name}（由{user.name}代）",
        user_id=user.pk,
        subject_id=me.subject_id,
        grants=grants,
        username=user.username,
        earlier_ids=tuple(sorted(me.subject_ids - {me.subject_id})),
        stands_in_for=row.principal_id,
        her_subject_ids=behind.subject_ids,
    )


def usable_by(user_id: int, on: date | None = None) -> list[Deputy]:
    """The authorisations somebody may act under today."""
    day = on or today()
    rows = Deputy.objects.filter(user_id=user_id, ended_at=None, valid_from__lte=day, valid_to__gte=day)
    return list(rows.select_related("principal", "post__unit").order_by("id")[:20])
