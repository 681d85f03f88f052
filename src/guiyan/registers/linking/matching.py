"""A piece of people who are new or changed: their rows made, candidates found and weighed, links made or asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.packs.pack import Pack
from guiyan.registers import states
from guiyan.registers.linking import shares
from guiyan.registers.linking.candidates import Person, pairs_to_compare, people
from guiyan.registers.linking.colliding import collisions, is_stood_on
from guiyan.registers.linking.keeping import keep
from guiyan.registers.linking.links import (
    NUMBERS_DIFFER,
    Told,
    forget,
    have_two_numbers,
    ids_of,
    join,
    kept_first,
    locked_pair,
    row_of,
    were_told_apart,
)
from guiyan.registers.linking.rows import settings_in_force
from guiyan.registers.models import PersonLink, Subject

if TYPE_CHECKING:
    from guiyan.engine.linkage import Match, Part

MOST_ASKED = 3  # candidates of one person that an officer is asked about
PAIRS = 20_000  # weighed together
COLLIDE = "合并后这些会重复"
# While few people are known, nobody can say how common a name is in its town: one of the first has to agree as well, or
# two of the second.
TELLING, TELLING_TOGETHER = frozenset({"id_number", "phone"}), frozenset({"birth_year", "school", "employer"})
FEW_KNOWN = "已知人员还不多，看不出重名多少，除姓名和籍贯外相符之处不够"


def look_at(pack: Pack, subject_ids: Collection[int], imports: Mapping[int, int | None]) -> None:
    """Bring up what is kept of these people and link who is known already. imports: subject → the file it came by."""
    different, gone = keep(pack, subject_ids)
    forget(SYSTEM, gone, is_stood_on)
    if not different:
        return
    new = set(people(different))
    known, pairs = to_compare(different, new)
    for group in grouped(pairs):
        for her, found in weighed(known, group):
            if anybody_moved([her, *(other for other, _ in found)]):
                settle_again(known[her], new, imports)
            else:
                settle(known, her, found, imports)
    note_contradictions(different)


def to_compare(subject_ids: Collection[int], new: Collection[int]) -> tuple[dict[int, Person], set[tuple[int, int]]]:
    """Of two who came together the later is compared with the earlier, not the other way round too."""
    known, pairs = pairs_to_compare(subject_ids, settings_in_force().most)
    return known, {(me, other) for me, other in pairs if other not in new or other < me}


def anybody_moved(roots: Sequence[int]) -> bool:
    """Whether somebody of them was linked since they were weighed."""
    return Subject.objects.filter(pk__in=roots).exclude(merged_into_id=None).exists()


def settle_again(person: Person, new: Collection[int], imports: Mapping[int, int | None]) -> None:
    """Those who were as good as each other may be one by now."""
    known, pairs = to_compare(person.ids, new)
    for her, found in weighed(known, sorted(pairs)):
        settle(known, her, found, imports)


def grouped(pairs: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """All pairs of one person stay together."""
    by_person: dict[int, list[int]] = defaultdict(list)
    for me, other in sorted(pairs):
        by_person[me].append(other)
    group: list[tuple[int, int]] = []
    for me, others in by_person.items():
        group += [(me, other) for other in others]
        if len(group) >= PAIRS:
            yield group
            group = []
    if group:
        yield group


def weighed(
    known: Mapping[int, Person], pairs: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, list[tuple[int, Match]]]]:
    """Her canonical id with the likeliest of her candidates, best first."""
    from guiyan.engine.linkage import match_prepared

    left = sorted({me for me, _ in pairs})
    right = sorted({other for _, other in pairs})
    rows = {root: known[root].row for root in {*left, *right}}
    place_of = {root: place for place, root in enumerate(left)}, {root: place for place, root in enumerate(right)}
    matches = match_prepared(
        [rows[root] for root in left],
        [rows[root] for root in right],
        ((place_of[0][me], place_of[1][other]) for me, other in pairs),
        settings_in_force(),
        shares.shares_of(rows.values()),
    )
    found: dict[int, list[tuple[int, Match]]] = defaultdict(list)
    for match in matches:
        found[left[match.left]].append((right[match.right], match))
    yield from found.items()


def settle(
    known: Mapping[int, Person], me: int, found: Sequence[tuple[int, Match]], imports: Mapping[int, int | None]
) -> None:
    """Link the one who is sure, or ask about the likeliest."""
    import_id = next((imports[i] for i in known[me].ids if imports.get(i) is not None), None)
    for other, match in islice(found, MOST_ASKED):
        note = match.note or doubt(match)
        told = Told(match.probability, settings_in_force().version, as_parts(match.parts), note)
        try:
            pair = locked_pair(me, other)
        except Refused:
            continue  # linked a moment ago, from the other side
        kept, merged = kept_first(*pair)
        hers, others = ids_of(kept.pk), ids_of(merged.pk)
        if have_two_numbers(hers, others) or were_told_apart(hers, others):
            continue  # of somebody who was linked a moment ago
        new_id = max(me, other) if imports.keys() >= {me, other} else me
        clash = "；".join(collisions(hers, others)) if not note else ""
        if not note and not clash:
            join(SYSTEM, kept, merged, how=states.BY_SYSTEM, told=told, new_id=new_id, import_id=import_id)
            if import_id is None:
                # What came by a file was told of as a whole.
                publish("subject.changed", subject_id=kept.pk, merged=merged.pk)
            return
        link = row_of(kept, merged, told, new_id=new_id, import_id=import_id)
        if link.pk is None or link.verdict in (states.LINK_WAITING, states.LINK_VOID):
            link.verdict, link.note = states.LINK_WAITING, (f"{COLLIDE}：{clash}" if clash else told.note)[:120]
            link.save()


def doubt(match: Match) -> str:
    """Why a link that the weights would make is asked about all the same."""
    from guiyan.engine.linkage.frequencies import ENOUGH

    agreeing = {part.name for part in match.parts if part.points is not None and part.points > 0}
    enough = agreeing & TELLING or len(agreeing & TELLING_TOGETHER) > 1
    return "" if enough or shares.state().people >= ENOUGH else FEW_KNOWN


def as_parts(parts: Iterable[Part]) -> list[list[object]]:
    """As they are kept: [what, its word, what was found, points or null]."""
    return [
        [part.name, part.word, part.label, None if part.points is None else round(part.points, 2)] for part in parts
    ]


def note_contradictions(subject_ids: Collection[int]) -> None:
    """A number came that says that two who were linked are two: for an officer, who may take them apart."""
    for person in people(subject_ids).values():
        if len(person.numbers) < 2:
            continue
        links = PersonLink.objects.filter(
            first_id__in=person.ids, second_id__in=person.ids, verdict=states.LINK_SAME, finding=""
        )
        if links.update(finding=NUMBERS_DIFFER) or PersonLink.objects.filter(merged_id__in=person.ids).exists():
            continue
        other = next(i for i, row in zip(person.ids, person.rows, strict=True) if i != person.id)
        one, two = Subject.objects.filter(pk__in=[person.id, other]).order_by("pk")
        link = row_of(one, two, Told(), new_id=other)
        link.verdict, link.how, link.merged_id, link.finding = states.LINK_SAME, states.BY_HAND, other, NUMBERS_DIFFER
        link.save()


def weigh(one: int, other: int) -> Told:
    """What the weights say of two people whom an officer puts side by side, however little it is."""
    from guiyan.engine.linkage.many import part
    from guiyan.engine.linkage.scoring import judge, probability, total

    known = people([one, other])
    if len(known) < 2:
        return Told()
    settings, (first, second) = settings_in_force(), (person.row for person in known.values())
    judged = judge(settings, shares.shares_of([first, second]), first, second)
    parts = map(part, settings.comparisons, judged)
    return Told(probability(total(settings, judged)), settings.version, as_parts(parts))
