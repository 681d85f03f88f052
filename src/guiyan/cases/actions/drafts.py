"""Drafts: opened prefilled, saved as one types, materials added or reused. Nothing held already is asked for."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import answers, declared, offices, prefill, states, supplements
from guiyan.cases.actions.answering import keep_answers, write_answers
from guiyan.cases.actions.firms import NamedFirm, beneficiary_of
from guiyan.cases.actions.moving import locked
from guiyan.cases.actions.once import refuse_second
from guiyan.cases.models import Case, CaseMaterial, Joint, Mandate
from guiyan.cases.permissions import is_own, require_applicant, require_mandate
from guiyan.kernel import audit, calendar, files, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.item import Item
from guiyan.registers import queries as registers
from guiyan.registers.credit_codes import read_credit_code

MEBIBYTE = 1024 * 1024
EDITABLE = (states.DRAFT, states.SUPPLEMENT)


@transaction.atomic
def open_draft(actor: Actor, *, item: str, subject_id: int, entry: str, firm: int | NamedFirm | None = None) -> Case:
    """Begin a request, or go on with the draft of the same person, item, firm and way of entry.

    entry: self, counter or helper. firm: for which of her firms, where the item is for organisations.
    Refused at once, with number and day, when this person or firm may not apply again.
    """
    wanted = declared.current_item(item)
    if entry not in wanted.entries:
        raise Refused("这个事项不能用这种方式办理。", "entry")
    with entered(Scope.system()):
        # Two clicks on “申请” take turns here, so that the second finds the first one's draft.
        holder = registers.lock_canonical(subject_id)
        person = registers.subject(holder)
    mandate = require_entry(actor, entry, person, item)
    benefits = beneficiary_of(actor, wanted, person, firm)
    drafts = Case.objects.filter(subject_id__in=registers.same_as(holder), item=item, state=states.DRAFT, entry=entry)
    drafts = drafts.filter(joint=None)  # what is written with others is sent with them
    if benefits is not None:
        with entered(Scope.system()):
            drafts = drafts.filter(beneficiary_id__in=registers.same_as(benefits.pk))
    if entry != "self":
        drafts = drafts.filter(entered_by_id=actor.user_id)
    earlier = drafts.order_by("-id").first()
    if earlier is not None:
        return earlier
    beneficiary = benefits.pk if benefits is not None else holder
    refuse_second(wanted, releases.current().measures.get(wanted.measure), beneficiary)
    case = _new_case(
        actor, wanted, person, entry, mandate, named=firm if isinstance(firm, NamedFirm) else None, benefits=benefits
    )
    audit.record(actor, "case.open", case.ref, region=case.region, detail={"entry": entry})
    return case


def require_entry(actor: Actor, entry: str, person: registers.Subject, item: str) -> Mandate | None:
    if entry == "self":
        if not is_own(actor, person.pk):
            raise NotFound
        return None
    if entry == "counter":
        require(actor, "case.enter", person, unit=None, subject=None)
        return None
    require(actor, "case.help", person, unit=None, subject=None)
    return require_mandate(actor, person.pk, item)


def open_part(actor: Actor, *, joint: Joint, item: Item, person: registers.Subject) -> Case:
    """One of several drafts that are written together, pinned to their release; refused where she may not apply."""
    if joint.entry not in item.entries:
        raise Refused("这个事项不能用这种方式办理。", "entry")
    if item.kind == "organisation":
        raise Refused("由单位申请的事项请单独申请：要先说明是哪个单位。", "firm")
    mandate = require_entry(actor, joint.entry, person, item.id)
    refuse_second(item, declared.pack_of(joint).measures.get(item.measure), person.pk)
    case = _new_case(actor, item, person, joint.entry, mandate, joint=joint)
    audit.record(actor, "case.open", case.ref, region=case.region, detail={"entry": joint.entry, "joint": joint.pk})
    return case


def _new_case(
    actor: Actor,
    item: Item,
    person: registers.Subject,
    entry: str,
    mandate: Mandate | None,
    *,
    joint: Joint | None = None,
    named: NamedFirm | None = None,
    benefits: registers.Subject | None = None,
) -> Case:
    """benefits: the firm that applies, through this person; None where she applies for herself."""
    pack, now = declared.pack_of(joint) if joint is not None else releases.current(), calendar.now()
    form = pack.forms[item.form]
    with entered(Scope.system()):
        firm = benefits if benefits is not None else next(iter(registers.firms_of(person.pk)), None)
    region = firm.region if firm is not None else person.region
    beneficiary = benefits if benefits is not None else person
    held = prefill.held_values(form, person.pk, firm.pk if firm is not None else None, about=beneficiary.pk)
    if named is not None:
        held = prefill.named_values(form, beneficiary.display_name, read_credit_code(named.credit_code)) | held
    case = Case(
        item=item.id,
        measure=item.measure,
        title=item.title,
        form=form.id,
        form_version=form.version,
        subject_id=person.pk,
        applicant=beneficiary.display_name,
        firm_subject_id=firm.pk if firm is not None else None,
        firm=firm.display_name if firm is not None else "",
        beneficiary_id=beneficiary.pk,
        region=region,
        unit=offices.unit_for(item.unit_kind, region, item.unit_level),
        entry=entry,
        entered_by_id=actor.user_id,
        entered_by_label=actor.label,
        joint=joint,
        mandate=mandate,
        held=held,
        # How much of a loan is asked for is not said yet.
        amount_fen=0 if item.outcome == "loan" else declared.benefit_fen(pack.measures.get(item.measure), now.date()),
        submission_token=secrets.token_urlsafe(24),
        opened_at=now,
        saved_at=now,
    )
    return workflow.begin(case, item.flow, actor=actor, release=joint.release if joint is not None else None)


@transaction.atomic
def save_draft(actor: Actor, *, case: Case, values: Mapping[str, object]) -> Case:
    """Keep what was typed so far, finished or not; what is held already cannot be typed over.

    While supplementing only what was asked for may change.
    """
    require_applicant(actor, case)
    case = locked(case)
    _refuse_if_sent(case)
    keep_answers(actor, case, values)
    case.saved_at = calendar.now()
    case.save(update_fields=["saved_at"])
    return case


@transaction.atomic
def carry_told(actor: Actor, *, case: Case, told: Mapping[str, object]) -> Case:
    """Take over what the applicant told of herself before she began (fact → value), marked as told by her.

    Only into fields that are empty; see `answers.told_answers`.
    """
    require_applicant(actor, case)
    case = locked(case)
    _refuse_if_sent(case)
    if carried := answers.told_answers(case, told):
        write_answers(actor, case, carried)
        case.answer_sources = {**case.answer_sources, **dict.fromkeys(carried, answers.TOLD)}
        case.save(update_fields=["answer_sources"])
    return case


@transaction.atomic
def add_material(actor: Actor, *, case: Case, material: str, name: str, content: bytes) -> CaseMaterial:
    """Keep a file for one material of the item, beside the earlier ones; `remove_material` takes one out."""
    require_applicant(actor, case)
    case = locked(case)
    _refuse_if_sent(case)
    if material not in declared.item_of(case).materials:
        raise Refused("这个事项不要这份材料。", "material")
    supplements.refuse_unasked_material(case, material)
    return keep_file(actor, case, material, name, content)


def keep_file(actor: Actor, case: Case, material: str, name: str, content: bytes) -> CaseMaterial:
    """Store one file for a material of the item, on a case that the caller has locked and may change."""
    wanted = declared.item_of(case).materials[material]
    stored = files.store(
        actor,
        name=name,
        content=content,
        purpose="case.material",
        region=case.region,
        subject_id=case.subject_id,
        allowed=set(wanted.accept),
        max_bytes=wanted.max_mb * MEBIBYTE,
    )
    return put_material(actor, case, material, wanted.label, stored.pk, stored.name)


@transaction.atomic
def reuse_material(actor: Actor, *, case: Case, material: str, earlier: CaseMaterial) -> CaseMaterial:
    """Take a paper this person gave with an earlier request, instead of asking for it again."""
    require_applicant(actor, case)
    case = locked(case)
    _refuse_if_sent(case)
    if earlier.subject_id not in registers.same_as(case.subject_id) or earlier.material != material:
        raise NotFound
    if case.for_firm and earlier.case.beneficiary_id != case.beneficiary_id:
        raise NotFound
    supplements.refuse_unasked_material(case, material)
    return put_material(actor, case, material, earlier.label, earlier.file_id, earlier.file_name, earlier)


def put_material(
    actor: Actor,
    case: Case,
    material: str,
    label: str,
    file_id: int,
    name: str,
    earlier: CaseMaterial | None = None,
) -> CaseMaterial:
    """Note a stored file as this material of the case; `earlier` is the row it was taken over from."""
    audit.record(actor, "case.material", case.ref, region=case.region, detail={"material": material, "file": file_id})
    return CaseMaterial.objects.create(
        case=case,
        material=material,
        label=label,
        file_id=file_id,
        file_name=name[:200],
        added_at=calendar.now(),
        added_by_id=actor.user_id,
        reused_from=earlier,
        region=case.region,
        subject_id=case.subject_id,
    )


@transaction.atomic
def remove_material(actor: Actor, *, case: Case, row: CaseMaterial) -> None:
    """Take a file out of an unsent request, or one that was asked for anew; the file itself stays with its record."""
    require_applicant(actor, case)
    case = locked(case)
    _refuse_if_sent(case)
    supplements.refuse_unasked_material(case, row.material)
    if CaseMaterial.objects.filter(pk=row.pk, case=case, replaced_at=None).update(replaced_at=calendar.now()):
        audit.record(actor, "case.material_removed", case.ref, region=case.region, detail={"material": row.material})


def _refuse_if_sent(case: Case) -> None:
    if case.state not in EDITABLE:
        raise Refused(f"这件现在是“{case.state_label}”，不能再改。", "state")
