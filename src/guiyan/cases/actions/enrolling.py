"""The decision to recognise (认定): after the notice, by another person; whoever is recognised enters the register."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import answers, declared, states
from guiyan.cases.actions.batching import subjects_in
from guiyan.cases.actions.moving import locked, locked_batch, move, move_batch
from guiyan.cases.actions.publication import lines_in
from guiyan.cases.actions.reporting import fixed_values
from guiyan.cases.actions.settling import settled_if_done
from guiyan.cases.actions.telling import tell_recognised
from guiyan.cases.models import Batch, Case, Certificate
from guiyan.cases.numbering import recognition_number
from guiyan.cases.permissions import refuse_own
from guiyan.engine.rules.dates import years_after
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most
from guiyan.packs.outcome import Membership
from guiyan.registers import actions as registering
from guiyan.registers import queries as registers


@transaction.atomic
def enrol_batch(actor: Actor, *, batch: Batch, opinion: str = "") -> Batch:
    """Recognise every line whose notice is over without an open objection; later ones by doing it again.

    Each becomes a member of the item's register, or a member for longer, and gets its certificate.
    """
    require(actor, "membership.decide", batch)
    batch = locked_batch(batch)
    refuse_own(actor, subjects_in(batch), "认定")
    lines = lines_in(batch, states.DECIDABLE)
    if not lines:
        raise Refused("本批现在没有可以认定的：公示要期满，异议要办完。", "nothing-decidable")
    batch = move_batch(actor, batch, "enrol", reason=at_most(opinion, 300, "意见"))
    for line in lines:
        enrol(actor, locked(line.case), batch.number)
    return settled_if_done(batch)


def enrol(actor: Actor, case: Case, reason: str) -> Certificate:
    """Enter one decided case, write its certificate, and let another request for the same follow when it is due."""
    rule = _membership(case)
    with entered(Scope.system()):
        holder = registers.lock_canonical(case.beneficiary_id)
        standing = member_to_be(case, rule, holder)
        number = standing.number if standing and standing.number else _new_number(case, rule)
        valid_to = end_of(rule, standing)
        member = _enter(case, rule, standing, number, valid_to)
        certificate = _certificate(actor, case, rule, member, number, valid_to)
    case.once_key = ""
    case.save(update_fields=["once_key"])
    moved = move(actor, case, "enrol", reason=reason)
    tell_recognised(moved, certificate)
    audit.record(actor, "certificate.issue", f"certificate:{certificate.pk}", region=case.region)
    return certificate


def _membership(case: Case) -> Membership:
    rule = declared.item_of(case).membership
    if rule is None:
        raise Refused(f"“{case.title}”不是认定事项。", "outcome")
    return rule


def member_to_be(case: Case, rule: Membership, holder: int) -> registers.Recognition | None:
    """The entry that is renewed; or one of this name that the firm runs and nobody has recognised yet."""
    run_by_it = registers.run_by(holder, rule.register_id)
    same = [one for one in run_by_it if one.code == rule.recognises]
    if same:
        return max(same, key=lambda one: one.valid_to or date.max)
    name = declared.member_name(case)
    return next((one for one in run_by_it if not one.code and one.name == name), None)


def end_of(rule: Membership, standing: registers.Recognition | None) -> date:
    """The last day: whole years from today, or from the end of what stands still."""
    begins = calendar.today()
    if standing is not None and standing.code and standing.stands(begins) and standing.valid_to is not None:
        begins = standing.valid_to + timedelta(days=1)
    return date.fromordinal(years_after(begins.toordinal(), rule.years)) - timedelta(days=1)


def _new_number(case: Case, rule: Membership) -> str:
    return recognition_number(declared.number_prefix(), case.unit.region, rule.mark)


def _enter(case: Case, rule: Membership, standing: registers.Recognition | None, number: str, valid_to: date) -> int:
    """The register's entry, under the source that the item names. The decider's permission is the action's own."""
    register = declared.pack_of(case).registers[rule.register_id]
    known = answers.typed_values(case)
    values = {name: known[field] for name, field in rule.answers.items() if field in known}
    values |= fixed_values(rule.values, register.fields)
    values.setdefault(register.region_field, case.region)
    values |= {
        "number": number,
        "recognition": rule.recognises,
        "recognised_on": calendar.today(),
        "valid_to": valid_to,
        "operator_name": case.firm,
        "operator_credit_code": credit_code_of(case),
    }
    return registering.record(
        SYSTEM,
        register=rule.register_id,
        values=values,  # type: ignore[arg-type]
        source=rule.source,
        at=calendar.today(),
        basis=case.number,
        subject_id=standing.subject_id if standing else None,
        region=case.region,
    )


def credit_code_of(case: Case) -> str:
    """The firm's code as the form has it. Refused without one: nobody could be told to run what is recognised."""
    form = declared.form_of(case)
    field = next((name for name, one in form.fields.items() if one.prefill == "firm.credit_code"), "")
    code = str(answers.typed_values(case).get(field, ""))
    if not code:
        raise Refused(f"{case.number}没有统一社会信用代码，不能入库。请退回审核，补上再认定。", "credit-code")
    return code


def _certificate(actor: Actor, case: Case, rule: Membership, member: int, number: str, valid_to: date) -> Certificate:
    today = calendar.today()
    return Certificate.objects.create(
        case=case,
        number=number,
        item=case.item,
        register=rule.register_id,
        title=rule.title,
        member_id=member,
        member=declared.member_name(case),
        operator_id=case.beneficiary_id,
        operator=case.firm,
        credit_code=credit_code_of(case),
        basis=declared.pack_of(case).clause_words(rule.clause),
        unit=case.unit,
        unit_name=case.unit.name,
        valid_from=today,
        valid_to=valid_to,
        renews=Certificate.objects.filter(number=number).order_by("-id").first(),
        issued_on=today,
        issued_by_id=actor.user_id,
        issued_by_label=actor.label,
        region=case.region,
        subject_id=case.subject_id,
    )
