"""What several drafts written with one form have in common: what is offered, missing, looked over."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from guiyan.cases import answers, contents, declared, materials, states
from guiyan.cases.models import Case, Joint
from guiyan.engine.rules import evaluate
from guiyan.kernel.actors import Actor
from guiyan.packs.bundle import Bundle, catalogue_of
from guiyan.packs.pack import Pack
from guiyan.registers import queries as registers


def draft_of(actor: Actor, *, bundle: str, holder: int, entry: str) -> Joint | None:
    """The draft of that bundle for that person and way of entry; a clerk's or helper's own."""
    rows = Joint.objects.filter(
        bundle=bundle, subject_id__in=registers.same_as(holder), entry=entry, submitted_at=None, dropped_at=None
    )
    if entry != "self":
        rows = rows.filter(entered_by_id=actor.user_id)
    return rows.order_by("-id").first()


def drafts_of(joint: Joint) -> list[Case]:
    """Its drafts in the order of their ids, those not chosen now among them."""
    rows = Case.objects.filter(joint=joint, state=states.DRAFT).select_related("unit", "joint")
    return list(rows.order_by("id"))


def drafts_alone(actor: Actor, case: Case) -> list[Case]:
    """Drafts of the same item that the same writer began by itself: what they have need not be typed again."""
    ids = registers.same_as(case.subject_id)
    rows = Case.objects.filter(subject_id__in=ids, item=case.item, state=states.DRAFT, entry=case.entry, joint=None)
    if case.entry != "self":
        rows = rows.filter(entered_by_id=actor.user_id)
    return list(rows.order_by("-id")[:3])


def parts_of(joint: Joint) -> list[Case]:
    """The chosen drafts in the bundle's order."""
    found = {case.item: case for case in drafts_of(joint)}
    return [found[name] for name in joint.chosen if name in found]


def offered(joint: Joint, item: str, drafts: Sequence[Case] | None = None) -> bool | None:
    """Whether the item is offered by what is held and written; None while that is not known."""
    known: dict[str, object] = {}
    for case in drafts if drafts is not None else drafts_of(joint):
        known |= answers.typed_values(case)
    return offered_by(declared.bundle_of(joint), declared.pack_of(joint), item, known)


def offered_by(bundle: Bundle, pack: Pack, item: str, known: Mapping[str, object]) -> bool | None:
    """The same by values of form fields that are known before any draft is there."""
    rule = bundle.items[item].offered_when
    if rule is None:
        return True
    catalogue = catalogue_of(pack.forms[pack.items[one].form] for one in bundle.items)
    return evaluate(rule, {name: one for name, one in known.items() if name in catalogue.facts}, catalogue)


def unfinished(parts: Iterable[Case]) -> list[str]:
    """Everything that is wrong or missing in any of them, each thing once."""
    wrong: list[str] = []
    for case in parts:
        wrong += [*answers.problems(case).values(), *(f"请交{one}" for one in materials.lacking(case))]
    return list(dict.fromkeys(wrong))


def mark_of(parts: Iterable[Case]) -> str:
    """What all of them say and bring, as one mark: what somebody confirmed is what may be sent."""
    marks = "".join(contents.mark_of(case) for case in parts)
    return hashlib.sha256(marks.encode()).hexdigest()
