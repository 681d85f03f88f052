"""Finding subjects by the beginning of a name, a given name, pinyin, initials, or the end of a phone."""

from __future__ import annotations

from guiyan.accounts.permissions import visible
from guiyan.kernel.actors import Actor
from guiyan.registers.id_numbers import normalise
from guiyan.registers.models import SearchTerm, Subject
from guiyan.registers.queries.subjects import subject_by_id_number
from guiyan.registers.rights.shutting import blocked
from guiyan.registers.terms import range_of_prefix

ID_LENGTH = 18
MOST = 20


def search(
    actor: Actor, text: str, *, kind: str = "", limit: int = MOST, permission: str = "register.view"
) -> list[Subject]:
    """Subjects the actor may see. A whole ID number finds its owner; nothing shorter of it finds anybody.

    kind: person, organisation or project; empty for all. permission: where it holds, subjects may be found.
    """
    if len(normalise(text)) == ID_LENGTH and (owner := subject_by_id_number(text)):
        found_by_number = Subject.objects.filter(pk=owner).exclude(pk__in=blocked())
        return list(visible(actor, permission, found_by_number, subject=None, unit=None))
    low, high = range_of_prefix(text)
    if not low:
        return []
    terms = SearchTerm.objects.filter(term__gte=low, term__lt=high)
    if kind:
        terms = terms.filter(subject_kind=kind)
    seen = visible(actor, permission, terms, subject=None, unit=None)
    # A few more than wanted, because one subject may answer by several terms.
    ids = list(dict.fromkeys(seen.order_by("term", "subject_id").values_list("subject_id", flat=True)[: limit * 6]))
    found = Subject.objects.in_bulk(ids[:limit])
    return [found[i] for i in ids[:limit] if i in found]
