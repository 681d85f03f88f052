"""Who somebody is: subjects by id, by number, by account; what is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guiyan.accounts.models import User
from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import Interval
from guiyan.kernel.scope import Scope, entered, peeking
from guiyan.registers import states
from guiyan.registers.models import Hat, Relation, Subject, SubjectKey
from guiyan.registers.rights.shutting import blocked_among
from guiyan.registers.sealing import digest_of
from guiyan.registers.tables import table_of

BIRTH_DATE = "birth_date"


def subject(subject_id: int) -> Subject:
    """The subject, if the entered scope covers it. Raises NotFound."""
    found = Subject.objects.filter(pk=subject_id).first()
    if found is None:
        raise NotFound
    return found


def canonical(subject_id: int) -> int:
    """The subject that this one was merged into, or itself; in all regions, because who is who has none."""
    with entered(Scope.system()):
        return subject(subject_id).canonical_id


def lock_canonical(subject_id: int) -> int:
    """`canonical`, its row locked until the transaction ends: what must happen once for a person takes turns here."""
    with entered(Scope.system()):
        found = subject(subject_id)
        while True:
            root = Subject.objects.select_for_update().get(pk=found.canonical_id)
            if root.canonical_id == root.pk:
                return root.pk
            # It was merged while this waited for the lock: go on to where it went.
            found = root


def same_as(subject_id: int) -> list[int]:
    """All ids under which this person or organisation is known, the canonical one first. Raises NotFound."""
    found = ids_of(subject_id)
    if not found:
        raise NotFound
    return found


def known_as(subject_id: int) -> tuple[int, ...]:
    """`same_as` for every request of a resident; an id nobody registered is itself alone."""
    return tuple(ids_of(subject_id)) or (subject_id,)


def ids_of(subject_id: int) -> list[int]:
    """In one query; empty for an id nobody registered."""
    root = Subject.objects.filter(pk=subject_id).values("canonical_id")
    with peeking(Scope.system()):
        found = list(Subject.objects.filter(canonical_id__in=root).values_list("pk", "canonical_id").order_by("pk"))
    return [found[0][1], *(pk for pk, canonical_id in found if pk != canonical_id)] if found else []


def subject_by_id_number(text: str) -> int | None:
    """Whose ID number this is (canonical), through its keyed digest; in all regions."""
    return subject_by_key(states.KEY_ID_NUMBER, text)


def subject_by_key(kind: str, text: str) -> int | None:
    """kind: id_number or credit_code."""
    with entered(Scope.system()):
        key = SubjectKey.objects.filter(kind=kind, digest=digest_of(kind, text)).first()
        return canonical(key.subject_id) if key else None


def known_by_keys(kind: str, texts: Iterable[str]) -> dict[str, int]:
    """Number → the subject whose it is (canonical), of those that somebody has; in all regions, in two queries."""
    digests = {digest_of(kind, text): text for text in texts}
    with entered(Scope.system()):
        rows = SubjectKey.objects.filter(kind=kind, digest__in=list(digests)).values_list("digest", "subject_id")
        found = {digests[bytes(digest)]: subject_id for digest, subject_id in rows}
        roots = dict(Subject.objects.filter(pk__in=found.values()).values_list("pk", "canonical_id"))
    return {text: roots[subject_id] for text, subject_id in found.items()}


def entered_in(register: str, subject_ids: Iterable[int]) -> set[int]:
    """Which of these (canonical) have an entry in a register, under whichever id; within the entered scope."""
    same = dict(Subject.objects.filter(canonical_id__in=list(subject_ids)).values_list("pk", "canonical_id"))
    return {
        same[one]
        for one in Hat.objects.filter(register=register, subject_id__in=same).values_list("subject_id", flat=True)
    }


def stood_in(kind: str, subject_ids: Iterable[int]) -> set[int]:
    """Which of these (canonical) ever stood in a relation to somebody (founded a firm); within the entered scope."""
    same = dict(Subject.objects.filter(canonical_id__in=list(subject_ids)).values_list("pk", "canonical_id"))
    rows = Relation.objects.filter(kind=kind, from_subject_id__in=same, assigned_at=None)
    return {same[one] for one in rows.values_list("from_subject_id", flat=True)}


def firms_of(subject_id: int) -> list[Subject]:
    """The organisations somebody founded and still runs, the newest first; within the entered scope."""
    firms = Relation.objects.filter(kind=states.FOUNDER, from_subject_id__in=same_as(subject_id), valid_to=None)
    since = {row.to_subject_id: (row.valid_from is not None, row.valid_from, row.pk) for row in firms}
    found = Subject.objects.filter(pk__in=since)
    return sorted(found, key=lambda firm: since[firm.pk], reverse=True)


def hats_of(subject_id: int) -> list[Hat]:
    """The registers somebody is in, within the entered scope."""
    return list(Hat.objects.filter(subject_id__in=same_as(subject_id)).order_by("register"))


def self_subject_for(user: User) -> int | None:
    """The canonical subject of a resident's account."""
    return canonical(user.subject_id) if user.subject_id is not None else None


def people_of(subject_id: int) -> list[tuple[str, Subject]]:
    """The people who stand in a relation to an organisation, with its kind; within the entered scope."""
    named = Relation.objects.filter(to_subject_id__in=same_as(subject_id), valid_to=None, assigned_at=None)
    rows = list(named.order_by("pk"))
    found = Subject.objects.in_bulk([row.from_subject_id for row in rows])
    return [(row.kind, found[row.from_subject_id]) for row in rows if row.from_subject_id in found]


def naming(subject_id: int, kind: str, most: int) -> list[Subject]:
    """Whoever's entry names this subject in a relation of that kind, the newest first; within the entered scope."""
    rows = Relation.objects.filter(kind=kind, from_subject_id__in=same_as(subject_id), valid_to=None, assigned_at=None)
    wanted = list(rows.order_by("-pk").values_list("to_subject_id", flat=True)[:most])
    found = Subject.objects.in_bulk(wanted)
    return [found[pk] for pk in wanted if pk in found]


def count_subjects(kind: str, within: Interval) -> int:
    """How many people (or organisations) there are of a place, whoever was merged counted once."""
    low, high = within
    return Subject.objects.filter(kind=kind, merged_into_id=None, region__gte=low, region__lt=high).count()


def readers_of(subject_ids: Iterable[int]) -> dict[int, tuple[int, str, int]]:
    """Subject → (who reads what it is told, what the subject is called, where it is); within the entered scope.

    A person reads for herself, whoever founded a firm for the firm; a firm that nobody holds is left out, and so is
    who is blocked.
    """
    subject_ids = list(subject_ids)
    found = Subject.objects.filter(pk__in=subject_ids).values_list("pk", "holder_id", "display_name", "region")
    shut = blocked_among(subject_ids)
    rows = [row for row in found if row[0] not in shut]
    holders = {holder for _, holder, _, _ in rows}
    people = dict(Subject.objects.filter(pk__in=holders, kind=states.PERSON).values_list("pk", "canonical_id"))
    return {pk: (people[holder], name, region) for pk, holder, name, region in rows if holder in people}


def names_of_subjects(subject_ids: Iterable[int]) -> dict[int, str]:
    """What people and firms are called, within the entered scope."""
    return dict(Subject.objects.filter(pk__in=list(subject_ids)).values_list("pk", "display_name"))


def hats_by_subject(subject_ids: Sequence[int]) -> dict[int, list[str]]:
    """Subject → the registers it is in, for a page of them."""
    found: dict[int, list[str]] = {}
    rows = Hat.objects.filter(subject_id__in=subject_ids).order_by("pk").values_list("subject_id", "register")
    for subject_id, register in rows:
        found.setdefault(subject_id, []).append(register)
    return found


def birth_years(subject_ids: Iterable[int]) -> dict[int, int]:
    """subject -> the year of birth in the register of persons, where it is known and the entered scope covers it.

    One query; for telling apart people of one name.
    """
    pack = releases.current()
    home = next((one for one in pack.registers.values() if one.home and one.subject == "person"), None)
    field = home.fields.get(BIRTH_DATE) if home is not None else None
    if home is None or field is None or field.type != "date":
        return {}
    rows = table_of(pack, home.id)._default_manager.filter(subject_id__in=list(subject_ids))
    known = rows.exclude(**{f"f_{BIRTH_DATE}": None}).values_list("subject_id", f"f_{BIRTH_DATE}")
    return {subject_id: day.year for subject_id, day in known}


def names_within(actor: Actor, permission: str, subject_ids: Iterable[int]) -> dict[int, str]:
    """What these are called, of those in the places where the actor holds the permission; whatever scope is entered."""
    with entered(Scope.system()):
        rows = visible(actor, permission, Subject.objects.filter(pk__in=list(subject_ids)), unit=None, subject=None)
        return dict(rows.values_list("pk", "display_name"))
