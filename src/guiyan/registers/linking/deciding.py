"""What officers decide: one person, two people, or not yet; merging by hand, and taking apart. All with a reason."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import states
from guiyan.registers.linking.links import (
    OPEN,
    answered_between,
    ids_of,
    join,
    kept_first,
    locked_pair,
    part_again,
    place_of_both,
    refuse_two_numbers,
    signed,
)
from guiyan.registers.models import PersonLink, Subject

LINK = "register.link"
DECISIONS = {states.LINK_SAME: "同一人", states.LINK_APART: "不是同一人", states.LINK_ASIDE: "先放着"}
MOST = 100


class At:
    """A place to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


@transaction.atomic
def decide_link(actor: Actor, *, link_id: int, decision: str, reason: str = "") -> PersonLink:
    """Settle a pair that waits. Whoever comes second is told what the first decided."""
    if decision not in DECISIONS:
        raise Refused("请选“是同一人”“不是同一人”或者“先放着”。", "decision")
    with entered(Scope.system()):
        asked = PersonLink.objects.filter(pk=link_id).first()
        if asked is None:
            raise NotFound
        require(actor, LINK, asked, unit=None, subject=None)
        try:
            one, other = locked_pair(*asked.pair)
        except Refused:
            refuse_decided(asked)
            PersonLink.objects.filter(pk=link_id, verdict__in=OPEN).update(verdict=states.LINK_VOID)
            asked.refresh_from_db()
            return asked
        require(actor, LINK, At(place_of_both(one.region, other.region)), unit=None, subject=None)
        link = PersonLink.objects.select_for_update().get(pk=link_id)
        refuse_decided(link)
        if decision == states.LINK_SAME:
            refuse_two_numbers(ids_of(one.pk), ids_of(other.pk))
            kept, merged = kept_first(one, other)
            join(actor, kept, merged, how=states.BY_REVIEW, new_id=link.new_id, reason=reason)
            if merged.pk not in link.pair or kept.pk not in link.pair:
                # Either was merged before: the pair asked about is answered by the one that was joined.
                link.verdict, link.how, link.merged_id = states.LINK_SAME, states.BY_REVIEW, 0
                signed(link, actor, reason)
            publish("subject.changed", subject_id=kept.pk, merged=merged.pk)
        else:
            link.verdict = decision
            signed(link, actor, reason)
            if decision == states.LINK_APART:
                answered_between(ids_of(one.pk), ids_of(other.pk), besides=link)
            audit.record(actor, f"subject.link_{decision}", f"subject:{link.new_id}", region=link.region)
    link.refresh_from_db()
    return link


def refuse_decided(link: PersonLink) -> None:
    if link.verdict not in OPEN:
        raise Refused(f"{link.decided_by_label}已经核对过这一对，定为“{link.get_verdict_display()}”。", "decided")


def decide_links(actor: Actor, *, link_ids: Iterable[int], decision: str, reason: str) -> tuple[int, list[str]]:
    """Several pairs after a preview, each by itself: how many were settled, and in words why others were not."""
    wanted = list(dict.fromkeys(link_ids))
    if not 0 < len(wanted) <= MOST:
        raise Refused(f"一次选1至{MOST}对。", "too-many")
    done, refused = 0, []
    for link_id in wanted:
        try:
            decide_link(actor, link_id=link_id, decision=decision, reason=reason)
            done += 1
        except Refused as refusal:
            refused.append(refusal.message)
    return done, refused


@transaction.atomic
def settle_finding(actor: Actor, *, link_id: int, reason: str) -> PersonLink:
    """What had to be looked at was: the link stays, and why is kept."""
    with entered(Scope.system()):
        link = PersonLink.objects.select_for_update().filter(pk=link_id).exclude(finding="").first()
        if link is None:
            raise NotFound
        require(actor, LINK, link, unit=None, subject=None)
        told(reason)
        link.note, link.finding = link.finding[:120], ""
        signed(link, actor, reason)
        audit.record(actor, "subject.link_kept", f"subject:{link.merged_id or link.new_id}", region=link.region)
    return link


@transaction.atomic
def merge(actor: Actor, *, kept: int, merged: int, reason: str = "") -> None:
    """Two subjects are one: `merged` from now on leads to `kept`. Both must lie in the actor's range."""
    with entered(Scope.system()):
        one, other = locked_pair(kept, merged)
        for each in (one, other):
            require(actor, LINK, each, unit=None, subject=None)
        if one.kind == states.PERSON and actor.kind != "system":
            told(reason)
            refuse_two_numbers(ids_of(one.pk), ids_of(other.pk))
        join(actor, one, other, how=states.BY_HAND, reason=reason)
        publish("subject.changed", subject_id=one.pk, merged=other.pk)


@transaction.atomic
def unmerge(actor: Actor, *, subject_id: int, reason: str = "") -> None:
    """Take a merged subject out again, with whatever had been merged into it before; the pair is not asked again."""
    with entered(Scope.system()):
        found = Subject.objects.select_for_update().filter(pk=subject_id).first()
        if found is None:
            raise NotFound
        root = Subject.objects.get(pk=found.canonical_id)
        for each in (found, root):
            require(actor, LINK, each, unit=None, subject=None)
        if actor.kind != "system":
            told(reason)
        part_again(actor, found, verdict=states.LINK_APART, reason=reason)
        publish("subject.changed", subject_id=root.pk, unmerged=subject_id)


def told(reason: str) -> None:
    if not reason.strip():
        raise Refused("请写明原因。", "no-reason")
