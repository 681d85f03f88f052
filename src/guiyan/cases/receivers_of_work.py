"""Who may take a step over, or be asked for an opinion: people by post, from what their grants reach."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db.models import Q

from guiyan.accounts.models import Grant, User
from guiyan.accounts.queries import valid_on
from guiyan.cases.models import Case, CaseCheck, Delegation
from guiyan.cases.offices import chain
from guiyan.kernel import calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.registers import queries as registers

MOST = 200
CONSULTED = frozenset({"case.accept", "case.check", "case.review"})
"""Whoever does one of these somewhere may be asked for an opinion."""


@dataclass(frozen=True)
class Receiver:
    """A person in a post, or a whole unit (`user_id` None). key: how a form names it, `12.345` or `12.`."""

    unit_id: int
    unit: str
    user_id: int | None = None
    name: str = ""
    title: str = ""

    @property
    def key(self) -> str:
        return f"{self.unit_id}.{self.user_id or ''}"

    @property
    def label(self) -> str:
        """How the log names it: 周敏（县人社局）, 县人社局."""
        return f"{self.name}（{self.unit}）" if self.name else self.unit

    @property
    def words(self) -> str:
        return f"{self.name}，{self.unit}{self.title}" if self.name else f"{self.unit}，谁办都行"


def for_case(case: Case, actor: Actor) -> list[Receiver]:
    """Who may take the present step over: of units of the same kind (or the delegated township) that reach the place.

    Whoever accepted the case is not offered its review, nor the one who has it in hand already.
    """
    agents = Delegation.objects.filter(principal=case.unit, ended_at=None, items__contains=[case.item])
    of_units = Q(post__unit__kind=case.unit.kind) | Q(post__unit__in=agents.values("agent_id"))
    barred = {case.accepted_by_id, case.accepted_for_id} if permissions_now(case) == {"case.review"} else set()
    found = holders(of_units, permissions_now(case), case.region, case.unit_id)
    return with_units([one for one in found if one.user_id not in barred and one.user_id != case.handler_id])


def for_check(check: CaseCheck) -> list[Receiver]:
    """Who may answer the check instead: of units of the same kind whose officers reach the place."""
    found = holders(Q(post__unit__kind=check.unit.kind), {"case.check"}, check.region, None)
    return with_units(found)


def for_opinion(case: Case, actor: Actor) -> list[Receiver]:
    """Whom to ask: officers of the place, of its county and of the city, of any bureau."""
    low_to_high = chain(case.region)
    found = holders(Q(post__unit__region__in=low_to_high), CONSULTED, case.region, None)
    return with_units([one for one in found if one.user_id not in actor.persons])


def for_remark(case: Case, actor: Actor) -> list[Receiver]:
    """Whose attention a remark may call: officers who may open the case and read remarks on it, never the applicant."""
    found = holders(Q(), {"case.remark"}, case.region, case.unit_id)
    own = User.objects.filter(subject_id__in=registers.same_as(case.subject_id)).values_list("pk", flat=True)
    barred = {*actor.persons, *own}
    return [one for one in found if one.user_id not in barred]


def permissions_now(case: Case) -> set[str]:
    """What a post needs for the steps of the case's present state."""
    flow = workflow.flow_of(case)
    verbs = [flow.verbs[name] for name in flow.verbs_from(case.state)]
    return {verb.permission for verb in verbs if verb.permission and not verb.undoes and not verb.automatic}


def holders(of_units: Q, permissions: AbstractSet[str], region: int, own_unit: int | None) -> list[Receiver]:
    """People with one of the permissions over that place; own_unit: of which unit a grant limited to its own must be.

    None: the thing would become the receiver's unit's, so such a grant reaches it.
    """
    roles = [name for name, role in releases.current().roles.items() if not permissions.isdisjoint(role.permissions)]
    today = calendar.today()
    limited = Q() if own_unit is None else Q(unit_scope=False) | Q(post__unit_id=own_unit)
    rows = Grant.objects.filter(
        of_units,
        limited,
        valid_on(today),
        valid_on(today, "post__"),
        role__in=roles,
        regions__overlap=chain(region),
        post__user__is_active=True,
    )
    rows = rows.select_related("post__unit", "post__user").order_by("post__unit_id", "post__user__name", "pk")
    found: dict[tuple[int, int], Receiver] = {}
    for row in rows[:MOST]:
        unit, user = row.post.unit, row.post.user
        found.setdefault(
            (unit.pk, user.pk),
            Receiver(unit.pk, unit.short_name or unit.name, user.pk, user.name, row.post.title),
        )
    return list(found.values())


def with_units(people: Iterable[Receiver]) -> list[Receiver]:
    """Each unit as a whole before its people."""
    rows: list[Receiver] = []
    for one in people:
        if not any(row.unit_id == one.unit_id for row in rows):
            rows.append(Receiver(one.unit_id, one.unit))
        rows.append(one)
    return rows
