"""References of items: to measures, forms, flows and registers; and whether each has what its outcome needs."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.packs.finding import References
from guiyan.packs.item import Item
from guiyan.packs.outcome import BELONGS, MEMBERSHIP_FIELDS, NEEDS, LoanRule, Membership
from guiyan.packs.yamltree import Path_

VERBS_NEED = {
    "add_to_batch": "batch_flow",
    "publish": "notice",
    "request_payment": "payment",
    "enrol": "membership",
    "refer": "loan",
    "refuse": "appeal",
    "refuse_acceptance": "appeal",
}
"""Verbs of a flow that only an item with this part can carry out."""


def items(found: References) -> None:
    pack = found.pack
    for name, item in pack.items.items():
        owner = ("items", name)
        found.find(owner, ("measure",), "measure", item.measure or None, pack.measures)
        found.find(owner, ("form",), "form", item.form, pack.forms)
        for key in ("flow", "batch_flow", "objection_flow"):
            found.find(owner, (key,), "flow", getattr(item, key), pack.flows)
        for place, list_id in enumerate(item.comparisons):
            found.find(owner, ("comparisons", place), "list", list_id, pack.lists)
        found.unit_kind(owner, ("unit_kind",), item.unit_kind)
        if item.payment is not None:
            found.unit_kind(owner, ("payment", "payer_unit_kind"), item.payment.payer_unit_kind)
        for check in item.checks.values():
            found.unit_kind(owner, ("checks", check.id, "unit_kind"), check.unit_kind)
        for material in item.materials.values():
            known = [*item.checks, *item.comparisons]
            found.find(owner, ("materials", material.id, "replaces"), "check or list", material.replaces, known)
        spared(found, owner, item)
        outcomes(found, item)
        limits(found, item)
        tells(found, owner, item)
        measure, form = pack.measures.get(item.measure), pack.forms.get(item.form)
        for other, kind in (("measure", measure and measure.kind), ("form", form and form.kind)):
            if kind and kind != item.kind:
                found.reading.blame(*owner, (other,), f"the {other} is for {kind}, this item for {item.kind}")


def spared(found: References, owner: tuple[str, str], item: Item) -> None:
    """What a register can spare names a field of the form that is filled from one."""
    form = found.pack.forms.get(item.form)
    if form is None:
        return
    flow = found.pack.flows.get(item.flow)
    if flow is not None and flow.groups and all(check.unless_held for check in item.checks.values()):
        message = f"flow `{flow.id}` opens checks: at least one must be asked whatever registers know"
        found.reading.blame(*owner, ("checks",), message)
    known = [name for name, field in form.fields.items() if field.prefill]
    for part, rows in (("checks", item.checks), ("materials", item.materials)):
        for name, one in rows.items():
            found.find(owner, (part, name, "unless_held"), "prefilled form field", one.unless_held, known)


def limits(found: References, item: Item) -> None:
    """An item and its flows must promise the same days."""
    promised: dict[str, tuple[Path_, int]] = {
        "acceptance": (("acceptance_days",), item.acceptance_days),
        "promise": (("promise_days",), item.promise_days),
    }
    if item.notice is not None:
        promised["notice"] = (("notice", "days"), item.notice.days)
    if item.payment is not None:
        promised["payment"] = (("payment", "days"), item.payment.days)
    for flow_id in filter(None, (item.flow, item.batch_flow)):
        flow = found.pack.flows.get(flow_id)
        for name, clock in (flow.clocks if flow is not None else {}).items():
            path, days = promised.get(name, ((), clock.days))
            if days != clock.days:
                message = f"{days} days here, but clock `{name}` of flow `{flow_id}` has {clock.days}"
                found.reading.blame("items", item.id, path, message)


def tells(found: References, owner: tuple[str, str], item: Item) -> None:
    """What approved cases report must fit the register and the form."""
    form = found.pack.forms.get(item.form)
    for place, told in enumerate(item.tells):
        here: Path_ = ("tells", place)
        found.find(owner, (*here, "into"), "register", told.into, found.pack.registers)
        register = found.pack.registers.get(told.into)
        if register is None or form is None:
            continue
        found.find(owner, (*here, "source"), "source", told.source, register.sources)
        fields_told(found, owner, (*here, "answers"), told.answers, register.fields, form.fields)
        fields_told(found, owner, (*here, "if_new"), told.if_new, register.fields, form.fields)
        fields_told(found, owner, (*here, "values"), told.values, register.fields, None)


def outcomes(found: References, item: Item) -> None:
    """What the outcome and the flow's verbs need is there, and nothing that belongs to another outcome."""
    owner = ("items", item.id)
    for part in NEEDS[item.outcome]:
        if not getattr(item, part):
            found.reading.blame(*owner, ("outcome",), f"an item with outcome `{item.outcome}` needs `{part}`")
    for part, outcome in BELONGS.items():
        if getattr(item, part) and item.outcome != outcome:
            message = f"`{part}` belongs to outcome `{outcome}`; this item's is `{item.outcome}`"
            found.reading.blame(*owner, (part,), message)
    flow = found.pack.flows.get(item.flow)
    for verb in VERBS_NEED.keys() & (flow.verbs.keys() if flow is not None else set()):
        part = VERBS_NEED[verb]
        if not getattr(item, part) and part not in NEEDS[item.outcome]:
            message = f"flow `{item.flow}` has the verb `{verb}`: the item needs `{part}`"
            found.reading.blame(*owner, ("flow",), message)
    if item.membership is not None:
        membership(found, item, item.membership)
    if item.towns is not None and item.towns.authorise and item.appeal and not item.appeal.towns_review_unit:
        message = "a township decides in its own name here: say in `appeal.towns_review_unit` who reviews that"
        found.reading.blame(*owner, ("towns", "authorise"), message)
    if item.loan is not None:
        loan(found, item, item.loan)


def loan(found: References, item: Item, rule: LoanRule) -> None:
    """The form asks for the amount and the months as whole numbers, and the advice is a measure for the same kind."""
    owner, form = ("items", item.id), found.pack.forms.get(item.form)
    found.find(owner, ("loan", "advice"), "measure", rule.advice or None, found.pack.measures)
    advice = found.pack.measures.get(rule.advice)
    if advice is not None and advice.kind != item.kind:
        found.reading.blame(*owner, ("loan", "advice"), f"the measure is for {advice.kind}, this item for {item.kind}")
    for key, name in (("amount", rule.amount), ("months", rule.months)):
        if form is None:
            continue
        found.find(owner, ("loan", key), "form field", name, form.fields)
        if name in form.fields and (form.fields[name].type != "int" or not form.fields[name].required):
            found.reading.blame(*owner, ("loan", key), f"form field `{name}` must be a required whole number")


def membership(found: References, item: Item, rule: Membership) -> None:
    """The register can be entered: it has the fields of a recognition, knows the code, and reads the form's answers."""
    owner, here = ("items", item.id), "membership"
    found.find(owner, (here, "opens"), "item", rule.opens or None, found.pack.items)
    found.find(owner, (here, "register"), "register", rule.register_id, found.pack.registers)
    register, form = found.pack.registers.get(rule.register_id), found.pack.forms.get(item.form)
    if register is None or form is None:
        return
    if register.subject != "project":
        found.reading.blame(*owner, (here, "register"), f"`{register.id}` is of {register.subject}s, not of projects")
    documents = {plan.document for plan in found.pack.plans.values()}
    found.find(owner, (here, "clause", "document"), "document", rule.clause.document, documents)
    found.find(owner, (here, "source"), "source", rule.source, register.sources)
    for name, kind in MEMBERSHIP_FIELDS.items():
        if name not in register.fields or register.fields[name].type != kind:
            message = f"register `{register.id}` needs the {kind} field `{name}` to be entered by a recognition"
            found.reading.blame(*owner, (here, "register"), message)
            return
    if not any(field.prefill == "firm.credit_code" for field in form.fields.values()):
        message = f"form `{form.id}` needs a field filled from `firm.credit_code`: it says who runs what is recognised"
        found.reading.blame(*owner, ("form",), message)
    found.find(owner, (here, "recognises"), "code", rule.recognises, register.fields["recognition"].codes)
    fields_told(found, owner, (here, "answers"), rule.answers, register.fields, form.fields)
    fields_told(found, owner, (here, "values"), rule.values, register.fields, None)


def fields_told(
    found: References,
    owner: tuple[str, str],
    path: Path_,
    told: Mapping[str, str],
    fields: Mapping[str, object],
    answers: Mapping[str, object] | None,
) -> None:
    """Register fields that are told exist, and so do the form fields they come from; fixed values come from none."""
    for name, value in told.items():
        found.find(owner, (*path, name), "field", name, fields)
        if answers is not None:
            found.find(owner, (*path, name), "form field", value, answers)
