"""Candidates of new people, through the keys they share: who is compared with whom, each person once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from psycopg import sql

from guiyan.registers import states
from guiyan.registers.linking.rows import COLUMNS, Row, together
from guiyan.registers.models import PersonLink, Subject
from guiyan.registers.writing.staging import returned

KEYS_OF = "SELECT subject_id, key FROM registers_linkagekey WHERE subject_id = ANY(%s)"
# A key that more than so many have says too little and is not followed; what they have besides gives other keys.
PEOPLE_OF = """
    SELECT q.key, f.ids FROM unnest(%s::bigint[]) AS q(key) CROSS JOIN LATERAL (
      SELECT array_agg(k.subject_id) AS ids FROM (
        SELECT subject_id FROM registers_linkagekey WHERE key = q.key LIMIT %s) k) f
    WHERE cardinality(f.ids) <= %s"""
ROWS_OF = sql.SQL("""
    SELECT s.canonical_id, s.id, {columns} FROM registers_subject s JOIN registers_linkagerow r ON r.subject_id = s.id
    WHERE s.canonical_id = ANY({ids}) ORDER BY s.canonical_id, s.id <> s.canonical_id, s.id""")


@dataclass
class Person:
    """One person under all her ids; the canonical one is `id`. numbers: her verified identity numbers, as digests."""

    id: int
    ids: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def row(self) -> Row:
        return together(self.rows)

    @property
    def numbers(self) -> set[int]:
        return {row["id_number"] for row in self.rows if row["id_number"] is not None}


def people(subject_ids: Iterable[int]) -> dict[int, Person]:
    """Canonical id → who it is, of whoever of these has a row under one of her ids. Two queries."""
    roots = set(Subject.objects.filter(pk__in=set(subject_ids)).values_list("canonical_id", flat=True))
    if not roots:
        return {}
    columns = sql.SQL(", ").join(sql.Identifier("r", name) for name in COLUMNS)
    found: dict[int, Person] = {}
    for root, subject_id, *values in returned(ROWS_OF.format(columns=columns, ids=sql.Literal(sorted(roots)))):
        person = found.setdefault(root, Person(root))
        person.ids.append(subject_id)
        person.rows.append(dict(zip(COLUMNS, values, strict=True)))
    return found


def sharing_a_key(subject_ids: Collection[int], most: int) -> dict[int, set[int]]:
    """Subject → the subjects who share a key with her that at most `most` have."""
    keys: dict[int, list[int]] = defaultdict(list)
    for subject_id, key in returned(KEYS_OF, [list(subject_ids)]):
        keys[key].append(subject_id)
    found: dict[int, set[int]] = defaultdict(set)
    for key, ids in returned(PEOPLE_OF, [list(keys), most + 1, most]):
        for subject_id in keys[key]:
            found[subject_id].update(ids)
    return found


def pairs_to_compare(subject_ids: Collection[int], most: int) -> tuple[dict[int, Person], set[tuple[int, int]]]:
    """All people concerned, and (her, another) in canonical ids: not herself, nobody of another verified number,
    nobody of whom an officer said that they are two."""
    shared = sharing_a_key(subject_ids, most)
    known = people({*subject_ids, *(other for others in shared.values() for other in others)})
    root_of = {subject_id: person.id for person in known.values() for subject_id in person.ids}
    pairs = {
        (root_of[me], root_of[other])
        for me, others in shared.items()
        for other in others
        if me in root_of and other in root_of and root_of[me] != root_of[other]
    }
    mine = {me for me, _ in pairs}
    apart = told_apart([i for me in mine for i in known[me].ids], root_of)
    numbers = {root: person.numbers for root, person in known.items()}
    return known, {
        (me, other)
        for me, other in pairs
        if frozenset((me, other)) not in apart and len(numbers[me] | numbers[other]) <= 1
    }


def told_apart(subject_ids: Sequence[int], root_of: Mapping[int, int]) -> set[frozenset[int]]:
    """The pairs (in canonical ids) of which an officer said that they are two people."""
    rows = PersonLink.objects.filter(
        Q(first_id__in=subject_ids) | Q(second_id__in=subject_ids), verdict=states.LINK_APART
    )
    return {
        frozenset((root_of.get(first, first), root_of.get(second, second)))
        for first, second in rows.values_list("first_id", "second_id")
    }
