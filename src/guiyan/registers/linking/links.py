"""Making two subjects one person and two again, each with its row of what was thought of the pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.regions import contains, parent
from guiyan.kernel.texts import masked_numbers
from guiyan.registers import states
from guiyan.registers.declared import home_register
from guiyan.registers.linking.colliding import collisions
from guiyan.registers.linking.rows import as_int
from guiyan.registers.merging import below, merge_into, take_apart
from guiyan.registers.models import Hat, LinkageRow, PersonLink, Subject, SubjectKey

NUMBERS_DIFFER = "身份证号不一样"
LONGEST_FINDING = 300
OPEN = (states.LINK_WAITING, states.LINK_ASIDE)


@dataclass(frozen=True)
class Told:
    """What the weights said of a pair: probability, parts ([what, in words, points or null]), why it is for review."""

    probability: float | None = None
    settings: str = ""
    parts: list[list[object]] = field(default_factory=list)
    note: str = ""


NOTHING_TOLD = Told()


def locked_pair(one: int, other: int) -> tuple[Subject, Subject]:
    """The canonical subjects of both, locked in the order of ids. Raises NotFound, or Refused when they are one."""
    ids = sorted({one, other})
    while True:
        roots = dict(Subject.objects.filter(pk__in=ids).values_list("pk", "canonical_id"))
        if len(roots) < len(ids):
            raise NotFound
        wanted = sorted(set(roots.values()))
        held = {s.pk: s for s in Subject.objects.select_for_update().filter(pk__in=wanted).order_by("pk")}
        if all(subject.canonical_id == subject.pk for subject in held.values()):
            break  # otherwise one was merged while this waited for the lock
    if len(held) == 1:
        raise Refused("这两条已经是同一个档案。", "already-merged")
    return held[roots[one]], held[roots[other]]


def ids_of(root: int) -> list[int]:
    return list(Subject.objects.filter(canonical_id=root).order_by("pk").values_list("pk", flat=True))


def kept_first(one: Subject, other: Subject) -> tuple[Subject, Subject]:
    """(whose file goes on, who leads to it): the one in the home register, else the one known for longer."""
    home = home_register(releases.current(), states.PERSON) or ""
    hats = Hat.objects.filter(register=home, subject_id__in=[*ids_of(one.pk), *ids_of(other.pk)])
    there = Subject.objects.filter(pk__in=hats.values("subject_id")).values_list("canonical_id", flat=True)
    kept, merged = sorted((one, other), key=lambda each: (each.pk not in set(there), each.pk))
    return kept, merged


def verified_numbers(ids: Sequence[int]) -> set[int]:
    """Digests of the identity numbers that these subjects are known by, from wherever one is known."""
    keys = SubjectKey.objects.filter(subject_id__in=ids, kind=states.KEY_ID_NUMBER).values_list("digest", flat=True)
    rows = LinkageRow.objects.filter(pk__in=ids).exclude(id_number=None).values_list("id_number", flat=True)
    return {as_int(bytes(one)) for one in keys} | {one for one in rows if one is not None}


def have_two_numbers(one: Sequence[int], other: Sequence[int]) -> bool:
    return len(verified_numbers(one) | verified_numbers(other)) > 1


def were_told_apart(one: Sequence[int], other: Sequence[int]) -> bool:
    ids = [*one, *other]
    rows = PersonLink.objects.filter(first_id__in=ids, second_id__in=ids, verdict=states.LINK_APART)
    return any((first in one) != (second in one) for first, second in rows.values_list("first_id", "second_id"))


def refuse_two_numbers(one: Sequence[int], other: Sequence[int]) -> None:
    if have_two_numbers(one, other):
        words = "两边的身份证号都核验过，号码不一样，不能合并。号码登记错的，请先到来源单位更正。"
        raise Refused(words, "two-numbers")


def join(
    actor: Actor,
    kept: Subject,
    merged: Subject,
    *,
    how: str,
    told: Told = NOTHING_TOLD,
    new_id: int = 0,
    import_id: int | None = None,
    reason: str = "",
) -> PersonLink:
    """Make them one, both locked and canonical; what one may have once and both have is kept with the link."""
    if kept.kind != states.PERSON:
        merge_into(kept, merged)
        audit.record(actor, "subject.merge", f"subject:{merged.pk}", region=merged.region, detail={"into": kept.pk})
        return PersonLink()
    found = "；".join(collisions(ids_of(kept.pk), ids_of(merged.pk)))[:LONGEST_FINDING]
    merge_into(kept, merged)
    link = row_of(kept, merged, told, new_id=new_id or merged.pk, import_id=import_id)
    link.verdict, link.how, link.merged_id, link.finding = states.LINK_SAME, how, merged.pk, found
    signed(link, actor, reason)
    answered(ids_of(kept.pk), besides=link)
    detail: dict[str, audit.Value] = {"into": kept.pk, "how": how, "link": link.pk}
    if told.probability is not None:
        detail |= {"probability": f"{told.probability:.6f}", "settings": told.settings}
    audit.record(actor, "subject.merge", f"subject:{merged.pk}", region=merged.region, detail=detail)
    return link


def answered(ids: Sequence[int], *, besides: PersonLink) -> None:
    """Nothing is left to ask of pairs whose two sides were answered by another pair."""
    open_ones = PersonLink.objects.filter(verdict__in=OPEN, first_id__in=ids, second_id__in=ids)
    open_ones.exclude(pk=besides.pk).update(verdict=states.LINK_VOID)


def answered_between(ones: Sequence[int], others: Sequence[int], *, besides: PersonLink) -> None:
    """That these two people are two answers every other pair between them."""
    crossing = Q(first_id__in=ones, second_id__in=others) | Q(first_id__in=others, second_id__in=ones)
    open_ones = PersonLink.objects.filter(crossing, verdict__in=OPEN)
    open_ones.exclude(pk=besides.pk).update(verdict=states.LINK_VOID)


def part_again(actor: Actor, merged: Subject, *, verdict: str, reason: str) -> PersonLink | None:
    """Take it out with whatever was merged into it before; `verdict` is what is thought of the pair from now on."""
    before = merged.canonical_id
    take_apart(merged)
    link = PersonLink.objects.select_for_update().filter(merged_id=merged.pk, verdict=states.LINK_SAME).first()
    if link is None and merged.kind == states.PERSON:
        link = row_of(Subject.objects.get(pk=before), merged, NOTHING_TOLD, new_id=merged.pk)
        link.how = states.BY_HAND
    if link is not None:
        link.verdict, link.merged_id, link.finding = verdict, 0, ""
        signed(link, actor, reason)
    audit.record(actor, "subject.unmerge", f"subject:{merged.pk}", region=merged.region, detail={"from": before})
    return link


def row_of(one: Subject, other: Subject, told: Told, *, new_id: int, import_id: int | None = None) -> PersonLink:
    """The row of the pair, locked, or a new one that is not saved yet."""
    first, second = sorted((one.pk, other.pk))
    link = PersonLink.objects.select_for_update().filter(first_id=first, second_id=second).first()
    if link is None:
        link = PersonLink(first_id=first, second_id=second, new_id=new_id, found_at=now(), import_id=import_id)
        link.verdict, link.how = states.LINK_WAITING, states.BY_SYSTEM
    link.region = place_of_both(one.region, other.region)
    if told.probability is not None:
        link.probability, link.settings, link.parts = told.probability, told.settings, told.parts
        link.note = told.note
    return link


def signed(link: PersonLink, actor: Actor, reason: str) -> None:
    link.decided_at, link.decided_by, link.decided_by_label = now(), actor.user_id, actor.label[:80]
    link.reason = masked_numbers(reason.strip())[:200]
    link.save()


def place_of_both(one: int, other: int) -> int:
    """The smallest place that both lie in: whoever's range covers it covers both."""
    place: int | None = one
    while place is not None and not contains(place, other):
        place = parent(place)
    return place or 0


def forget(actor: Actor, gone: Iterable[int], stands_on: Callable[[int], bool]) -> int:
    """People no register speaks of any more: open questions about them fall away, and what they lead to lets them go,
    unless something stands on them. How many came apart."""
    ids = set(gone)
    if not ids:
        return 0
    open_ones = PersonLink.objects.filter(verdict__in=OPEN)
    open_ones.filter(Q(first_id__in=ids) | Q(second_id__in=ids)).update(verdict=states.LINK_VOID)
    merged = Subject.objects.select_for_update().filter(pk__in=ids).exclude(merged_into_id=None).order_by("pk")
    loose = [one for one in merged if set(below(one.pk)) <= ids and not stands_on(one.pk)]
    for subject in loose:
        part_again(actor, subject, verdict=states.LINK_VOID, reason="名录里已经没有这个人的登记")
    return len(loose)
