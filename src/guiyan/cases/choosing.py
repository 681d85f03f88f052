"""The items of a bundle as somebody chooses among them: offered to her or not, applied for already or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiyan.cases import answers, declared, together
from guiyan.cases.actions.once import refuse_second
from guiyan.cases.models import Joint
from guiyan.cases.spelling import problem_with, typed
from guiyan.kernel import calendar, releases
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.bundle import Bundle, Bundled
from guiyan.packs.item import Item
from guiyan.packs.pack import Pack
from guiyan.registers import queries as registers


@dataclass(frozen=True)
class Choice:
    """One item as it is chosen: offered (None: not known yet), why she may not apply, whether it is chosen now."""

    item: Item
    bundled: Bundled
    offered: bool | None
    why_not: str
    chosen: bool

    @property
    def open(self) -> bool:
        return self.offered is not False and not self.why_not


def choices(joint: Joint) -> list[Choice]:
    """Every item of the bundle, in its order, as it stands for this person now."""
    bundle, pack, drafts = declared.bundle_of(joint), declared.pack_of(joint), together.drafts_of(joint)
    return [
        Choice(
            pack.items[name],
            bundled,
            together.offered(joint, name, drafts),
            why_not(pack, pack.items[name], joint.subject_id),
            name in joint.chosen,
        )
        for name, bundled in bundle.items.items()
    ]


def why_not(pack: Pack, item: Item, holder: int) -> str:
    """Why this person may not apply for the item (again); empty when she may."""
    try:
        refuse_second(item, pack.measures.get(item.measure), registers.canonical(holder))
    except Refused as refusal:
        return refusal.message
    return ""


def first_choices(bundle: Bundle, pack: Pack, subject_id: int, known: Mapping[str, object]) -> list[Choice]:
    """The same before anything is begun: what is clearly for her is chosen beforehand, the unsure is hers to choose.

    known: form field → value, of what registers hold and what she told.
    """
    found = []
    for name, bundled in bundle.items.items():
        offered = together.offered_by(bundle, pack, name, known)
        reason = why_not(pack, pack.items[name], subject_id)
        found.append(Choice(pack.items[name], bundled, offered, reason, offered is True and not reason))
    return found


def known_values(bundle: Bundle, pack: Pack, facts: Mapping[str, object]) -> dict[str, object]:
    """form field → value, of facts that registers hold or somebody told; what does not fit a field is left out."""
    known: dict[str, object] = {}
    for name in bundle.items:
        for field in pack.forms[pack.items[name].form].fields.values():
            value = answers.as_answer(facts[field.fact]) if field.fact and field.fact in facts else ""
            if value and not problem_with(field, value):
                known[field.id] = typed(field, value)
    return known


def likely(bundle: Bundle, subject_id: int) -> list[str]:
    """What an officer begins with for somebody: the items clearly for her, else all she may apply for."""
    pack = releases.current()
    with entered(Scope.system()):
        facts = {row.fact: row.value for row in registers.facts_with_sources(subject_id, calendar.today())}
    known = known_values(bundle, pack, {name: value for name, value in facts.items() if value is not None})
    found = first_choices(bundle, pack, subject_id, known)
    return [one.item.id for one in found if one.chosen] or [one.item.id for one in found if one.open]
