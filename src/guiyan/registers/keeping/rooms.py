"""Whether whoever is booked may have one more: helpers take so many people, met by the hour or given for good."""

from __future__ import annotations

from django.db.models import Model

from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.packs.relation import StandingRelation
from guiyan.registers.models import Relation, Subject
from guiyan.registers.models.relation import CURRENT
from guiyan.registers.queries.slots import held
from guiyan.registers.queries.subjects import same_as
from guiyan.registers.relations.helpers import helpers_for, relation_of

OFFICE = "主管部门"


def refuse_full(register: Register, answered: Model, asker: int | None) -> None:
    """Refused in words where `asker` would be one more than the helper takes; None: somebody without a file."""
    if why := full_words(register, answered, asker):
        raise Refused(why, "full")


def full_words(register: Register, answered: Model, asker: int | None) -> str:
    """Why nobody new can be booked; empty where there is room, and for whom she has or is to meet already.

    A helper who says no capacity takes nobody.
    """
    rule = register.answers
    if rule is None or rule.slots is None or rule.slots.room is None:
        return ""
    declared = relation_of(rule.slots.room)
    ids = same_as(answered.subject_id)  # type: ignore[attr-defined]
    helper = next(iter(helpers_for(declared, only=ids)), None)
    if helper is None or not helper.capacity:
        return f"这位{declared.label}还没有写明最多带几人，现在不能约，请联系{OFFICE}。"
    with entered(Scope.system()):
        people = people_of(register, declared, answered, ids)
        if asker is not None and not people.isdisjoint(same_as(asker)):
            return ""
    if len(people) < helper.capacity:
        return ""
    return f"{helper.name}最多带{helper.capacity}人，名额已满，现在不能约。请换一位{declared.label}。"


def people_of(register: Register, declared: StandingRelation, answered: Model, ids: list[int]) -> set[int]:
    """Whom the helper has, and who is still to be met: each person once, under the id that leads."""
    rule = register.answers
    assert rule is not None
    given = Relation.objects.filter(CURRENT, kind=declared.id, from_subject_id__in=ids)
    coming = held(register, answered).exclude(level__in=rule.ended).exclude(holder_id=None)
    found = {*given.values_list("to_subject_id", flat=True), *coming.values_list("holder_id", flat=True)}
    return set(Subject.objects.filter(pk__in=found).values_list("canonical_id", flat=True))
