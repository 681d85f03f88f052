"""Several requests with one form (一件事): chosen, written and sent together; each is a case of its own from then on.

The drafts are ordinary drafts; what is typed or handed in goes into each that asks for it. They are sent all or none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from guiyan.cases import answers, declared, materials, together
from guiyan.cases.actions.answering import COLUMNS, keep_answers
from guiyan.cases.actions.drafts import keep_file, open_part, put_material
from guiyan.cases.actions.moving import behalf, locked, move
from guiyan.cases.actions.submission import send
from guiyan.cases.models import Case, CaseMaterial, Joint
from guiyan.cases.numbering import joint_number
from guiyan.cases.permissions import require_applicant
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries as registers


@transaction.atomic
def open_joint(actor: Actor, *, bundle: str, subject_id: int, entry: str, chosen: Iterable[str]) -> Joint:
    """Begin the requests of a bundle for one person, or go on with the draft of the same bundle and way of entry.

    entry: self, counter or helper; a helper needs a mandate for the bundle or for each item. Refused when nothing is
    chosen, or something that she may not apply for.
    """
    wanted = declared.current_bundle(bundle)
    with entered(Scope.system()):
        # Two clicks take turns here, so that the second finds the first one's draft.
        holder = registers.lock_canonical(subject_id)
        person = registers.subject(holder)
    earlier = together.draft_of(actor, bundle=bundle, holder=holder, entry=entry)
    if earlier is not None:
        return choose_items(actor, joint=earlier, chosen=[*earlier.chosen, *chosen])
    joint = Joint.objects.create(
        bundle=bundle,
        title=wanted.title,
        release=releases.current_id(),
        subject_id=person.pk,
        applicant=person.display_name,
        region=person.region,
        entry=entry,
        entered_by_id=actor.user_id,
        submission_token=secrets.token_urlsafe(24),
        opened_at=calendar.now(),
        saved_at=calendar.now(),
    )
    audit.record(actor, "joint.open", joint.ref, region=joint.region, detail={"entry": entry, "bundle": bundle})
    return choose_items(actor, joint=joint, chosen=chosen)


@transaction.atomic
def choose_items(actor: Actor, *, joint: Joint, chosen: Iterable[str]) -> Joint:
    """Which items are applied for. What was written for others is kept, and comes with those chosen anew."""
    joint = _locked(joint)
    bundle, wanted = declared.bundle_of(joint), set(chosen)
    if not wanted or not wanted <= bundle.items.keys():
        raise Refused("请至少选一件要办的事。", "items")
    names = [one for one in bundle.items if one in wanted]
    _refuse_unoffered(joint, names)
    drafts = {case.item: case for case in together.drafts_of(joint)}
    with entered(Scope.system()):
        person = registers.subject(registers.canonical(joint.subject_id))
    for name in names:
        if name in drafts:
            require_applicant(actor, drafts[name])
            continue
        case = open_part(actor, joint=joint, item=declared.pack_of(joint).items[name], person=person)
        for other in (*drafts.values(), *together.drafts_alone(actor, case)):
            _take_over(actor, source=other, case=case)
        drafts[name] = case
    joint.chosen = names
    joint.save(update_fields=["chosen"])
    return joint


def _refuse_unoffered(joint: Joint, names: Sequence[str]) -> None:
    items = declared.pack_of(joint).items
    if no := [items[one].title for one in names if together.offered(joint, one) is False]:
        raise Refused(f"按您填的，{'、'.join(f'“{one}”' for one in no)}不适用，请去掉。", "offered")


def _take_over(actor: Actor, *, source: Case, case: Case) -> None:
    """What another draft of the same person has already is not asked again: answers with their source, and papers."""
    form, given = declared.form_of(case), answers.answers_of(case)
    values = {name: one for name, one in answers.answers_of(source).items() if one and not given.get(name)}
    if changed := answers.changes(case, form, values):
        answers.put_answers(case, form, changed)
        sources = {name: who for name, who in source.answer_sources.items() if name in changed}
        case.answer_sources = {**case.answer_sources, **sources}
        case.save(update_fields=COLUMNS)
    lacking = {row.id for row in materials.rows(case) if not row.files}
    for row in CaseMaterial.objects.filter(case=source, material__in=lacking, replaced_at=None).order_by("id"):
        put_material(actor, case, row.material, row.label, row.file_id, row.file_name, row)


@transaction.atomic
def save_joint(actor: Actor, *, joint: Joint, values: Mapping[str, object]) -> Joint:
    """Keep what was typed so far, finished or not, in every draft that asks for it."""
    joint = _locked(joint)
    for case in _drafts(actor, joint).values():
        keep_answers(actor, case, values)
    joint.saved_at = calendar.now()
    joint.save(update_fields=["saved_at"])
    return joint


@transaction.atomic
def tell_joint(actor: Actor, *, joint: Joint, told: Mapping[str, object]) -> Joint:
    """Take over what the applicant told of herself before she began (fact → value), where nothing is written yet."""
    joint = _locked(joint)
    for case in _drafts(actor, joint).values():
        if carried := answers.told_answers(case, told):
            answers.put_answers(case, declared.form_of(case), carried)
            case.answer_sources = {**case.answer_sources, **dict.fromkeys(carried, answers.TOLD)}
            case.save(update_fields=COLUMNS)
    return joint


@transaction.atomic
def add_joint_material(actor: Actor, *, joint: Joint, material: str, name: str, content: bytes) -> CaseMaterial:
    """Keep one file for a material, for every draft that asks for it."""
    joint = _locked(joint)
    drafts = _drafts(actor, joint).values()
    asking = [case for case in drafts if material in declared.item_of(case).materials]
    if not asking:
        raise Refused("这几件事都不要这份材料。", "material")
    row = keep_file(actor, asking[0], material, name, content)
    for case in asking[1:]:
        put_material(actor, case, material, row.label, row.file_id, row.file_name, row)
    return row


@transaction.atomic
def reuse_joint_material(actor: Actor, *, joint: Joint, earlier: CaseMaterial) -> None:
    """Take a paper this person gave with an earlier request, for every draft that asks for it."""
    joint = _locked(joint)
    if earlier.subject_id not in registers.same_as(joint.subject_id):
        raise NotFound
    for case in _drafts(actor, joint).values():
        if earlier.material in declared.item_of(case).materials:
            put_material(actor, case, earlier.material, earlier.label, earlier.file_id, earlier.file_name, earlier)


@transaction.atomic
def remove_joint_material(actor: Actor, *, joint: Joint, row: CaseMaterial) -> None:
    """Take a file out of every draft it is in; the file itself stays with its record."""
    joint = _locked(joint)
    drafts = list(_drafts(actor, joint).values())
    rows = CaseMaterial.objects.filter(case__in=drafts, file_id=row.file_id, material=row.material, replaced_at=None)
    if rows.update(replaced_at=calendar.now()):
        detail: dict[str, str | int | bool | None] = {"material": row.material}
        audit.record(actor, "case.material_removed", joint.ref, region=joint.region, detail=detail)


@transaction.atomic
def submit_joint(
    actor: Actor,
    *,
    joint: Joint,
    token: str,
    values: Mapping[str, object] | None = None,
    confirmed: str | None = None,
) -> Joint:
    """Send all that is chosen, or nothing. A second click with the same token gives the same requests.

    confirmed: the mark of what was looked over (`together.mark_of`); None where the form itself is what is sent.
    Refused as one request is; an item she has applied for meanwhile is named, and the others can go without it.
    """
    with entered(Scope.system()):
        # The person first, as whoever begins does: so that no two wait for each other.
        registers.lock_canonical(joint.subject_id)
    joint = _locked(joint, sent_too=True)
    if token != joint.submission_token:
        raise Refused("这一页已经过期，请重新打开草稿再提交。填过的内容都在。", "token")
    if joint.submitted_at is not None:
        for case in joint.cases.select_related("unit"):
            require_applicant(actor, case)
        return joint
    parts = _chosen(joint, _drafts(actor, joint))
    if confirmed is not None and confirmed != together.mark_of(parts):
        raise Refused("核对以后草稿又改过，还没有提交。下面是现在的内容，请重新核对，再提交。", "changed")
    if values is not None:
        for case in parts:
            keep_answers(actor, case, values)
    _refuse_unoffered(joint, joint.chosen)
    if wrong := together.unfinished(parts):
        raise Refused("；".join(wrong) + "。", "unfinished")
    joint.number, joint.submitted_at = joint_number(declared.number_prefix(), parts[0].region), calendar.now()
    joint.region = parts[0].region
    joint.save(update_fields=["number", "submitted_at", "region"])
    for case in parts:
        _send_one(actor, case)
    for case in together.drafts_of(joint):
        move(actor, locked(case), "withdraw", reason="没有选这一项", on_behalf=behalf(actor, case))
    audit.record(actor, "joint.submit", joint.ref, region=joint.region, detail={"cases": len(parts)})
    return joint


def _send_one(actor: Actor, case: Case) -> None:
    try:
        send(actor, case)
    except Refused as refusal:
        said = f"{refusal.message}其他的没有受影响：去掉“{case.title}”，再提交。"
        raise Refused(said if refusal.code == "already" else refusal.message, refusal.code) from refusal


@transaction.atomic
def drop_joint(actor: Actor, *, joint: Joint) -> None:
    """Give all the drafts up."""
    joint = _locked(joint)
    for case in together.drafts_of(joint):
        require_applicant(actor, case)
        move(actor, locked(case), "withdraw", reason="放弃草稿", on_behalf=behalf(actor, case))
    joint.dropped_at = calendar.now()
    joint.save(update_fields=["dropped_at"])
    audit.record(actor, "joint.drop", joint.ref, region=joint.region)


def _locked(joint: Joint, *, sent_too: bool = False) -> Joint:
    """The joint row as it is now, held until the transaction ends: whoever else writes the drafts takes turns."""
    row = Joint.objects.select_for_update().filter(pk=joint.pk).first()
    if row is None:
        raise NotFound
    if not row.is_draft and not (sent_too and row.submitted_at is not None):
        raise Refused("这一件已经提交或者放弃，不能再改。", "state")
    return row


def _drafts(actor: Actor, joint: Joint) -> dict[str, Case]:
    """item → its draft, locked; those chosen are the actor's to write, the others are kept alike beside them."""
    found = {case.item: locked(case) for case in together.drafts_of(joint)}
    for name, case in found.items():
        if name in joint.chosen:
            require_applicant(actor, case)
    if not set(joint.chosen) <= found.keys():
        raise Refused("这一件已经提交或者放弃，不能再改。", "state")
    return found


def _chosen(joint: Joint, drafts: Mapping[str, Case]) -> list[Case]:
    return [drafts[name] for name in joint.chosen]
