"""One step of an officer on a case: its page (where an opinion isn't enough, or without JavaScript) and doing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.web import ActingRequest
from guiyan.cases import actions, declared, queries
from guiyan.cases.money_words import yuan
from guiyan.cases.queries import Case
from guiyan.desk.cases import forms
from guiyan.desk.cases.handing_forms import ConsultForm, ReceiverForm, TransferForm, UrgeForm
from guiyan.desk.cases.lending_forms import EndUnlentForm, ReferForm
from guiyan.desk.cases.offers import Offer, applicant_offers, offers_for
from guiyan.kernel import workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotAllowed, NotFound, Refused

SEEN = "seen"
"""Under a letter: which reason and grounds it was seen with."""
READ_FIRST = "请先看一遍决定书，再作出决定。"
CHANGED_SINCE = "看过以后改了内容，请再看一遍决定书。"
DONE_BEFORE = "这一步您刚才已经办好，以第一次提交的为准，不用再点。"

Doing = Callable[[Actor, Case, forms.StepForm], str]


def _accept(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.accept_case(actor, case=case, opinion=form.words)
    return f"已受理{case.applicant}的申请，核验已同时发出。"


def _pass_review(actor: Actor, case: Case, form: forms.StepForm) -> str:
    amount = form.amount_fen if isinstance(form, forms.ApprovalForm) else None
    done = actions.pass_review(actor, case=case, opinion=form.words, amount_fen=amount)
    what = f"{case.applicant}的{yuan(done.amount_fen)}" if done.measure else f"{case.applicant}的申请"
    return f"已同意，{what}等待汇总签批。"


def _resume(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.resume_case(actor, case=case, reason=form.words)
    return "补充核查已结束，时限接着算。"


def _refer(actor: Actor, case: Case, form: forms.StepForm) -> str:
    values = form.cleaned_data
    actions.refer_case(actor, case=case, bank_id=values["bank"], guarantor_id=values["guarantor"], opinion=form.words)
    return "已送银行和担保机构，两家同时审批。"


def _recall(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.recall_case(actor, case=case, reason=form.words)
    return "已收回，可以改送别的银行。"


def _end_unlent(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.end_unlent(actor, case=case, reason=form.words)
    return f"已告诉{case.applicant}这次没有贷到和原因。"


def _suspend(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.suspend_case(actor, case=case, reason=form.words)
    return "已转补充核查，时限暂停，原因已告诉申请人。"


def _supplement(actor: Actor, case: Case, form: forms.StepForm) -> str:
    values = form.cleaned_data
    actions.request_supplement(
        actor,
        case=case,
        materials=values["materials"],
        fields=values["columns"],
        message=values["opinion"],
        due_on=values["due_on"],
    )
    return f"已一次性告知{case.applicant}要补的内容。"


def _refuse_acceptance(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.refuse_acceptance(actor, case=case, reason=form.words)
    return "已作出不予受理决定，决定书可以打印。"


def _refuse(actor: Actor, case: Case, form: forms.StepForm) -> str:
    grounds = form.grounds_chosen if isinstance(form, forms.RefusalForm) else []
    actions.refuse_case(actor, case=case, grounds=grounds, reason=form.words)
    return f"已作出{forms.refusal_words(case)}决定，决定书可以打印。"


def _recover(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.start_recovery(actor, case=case, amount_fen=form.cleaned_data["amount_fen"], reason=form.words)
    return "已开始追回，等财政入库回单。"


def _correct_account(actor: Actor, case: Case, form: forms.StepForm) -> str:
    values, upload = form.cleaned_data, form.cleaned_data.get("picture")
    picture = actions.Picture(upload.name, upload.read()) if upload else None
    actions.correct_account(actor, case=case, bank=values["bank"], account_no=values["account_no"], picture=picture)
    return f"新账户已录入，等另一人确认后重新拨付，已告诉{case.applicant}。"


def _confirm_account(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.confirm_account(actor, case=case, opinion=form.words)
    return "新账户已确认，可以重新申请拨付。"


def _return_account(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.return_account(actor, case=case, reason=form.words)
    return f"已退回重新更正，原因已告诉{case.applicant}。"


def _withdraw(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.withdraw_case(actor, case=case, reason=form.words)
    return f"已撤回{case.applicant}的申请，以后可以重新申请。"


def _close(actor: Actor, case: Case, form: forms.StepForm) -> str:
    actions.close_case(actor, case=case)
    return "已办结。"


def _transfer(actor: Actor, case: Case, form: forms.StepForm) -> str:
    done = actions.transfer_case(actor, case=case, to=form.cleaned_data["to"], reason=form.words)
    return f"已转给{done.handler_label}办理，时限照算。"


def _consult(actor: Actor, case: Case, form: forms.StepForm) -> str:
    values = form.cleaned_data
    row = actions.ask_opinion(
        actor, case=case, to=values["to"], question=form.words, due_on=values["due_on"], required=values["required"]
    )
    return f"已请{row.asked_label}加签。"


def _urge(actor: Actor, case: Case, form: forms.StepForm) -> str:
    return f"已催办，这是第{actions.urge_case(actor, case=case, words=form.words)}次。"


def _return(verb: str) -> Doing:
    def doing(actor: Actor, case: Case, form: forms.StepForm) -> str:
        done = actions.return_case(actor, case=case, verb=verb, reason=form.words)
        return f"已退回，现在是“{done.state_label}”。"

    return doing


def _take_back(verb: str) -> Doing:
    def doing(actor: Actor, case: Case, form: forms.StepForm) -> str:
        done = actions.take_back(actor, case=case, verb=verb, reason=form.words)
        return f"已撤回，现在是“{done.state_label}”。"

    return doing


def declared_step(case: Case, verb: str) -> tuple[type[forms.StepForm], Doing] | None:
    """What the case's own flow declares as a way back, under whatever name."""
    declared = workflow.flow_of(case).verbs.get(verb)
    if declared is None or not (declared.back or declared.undoes):
        return None
    return (forms.BackForm, _return(verb)) if declared.back else (forms.TakeBackForm, _take_back(verb))


STEPS: dict[str, tuple[type[forms.StepForm], Doing]] = {
    "accept": (forms.OpinionForm, _accept),
    "pass_review": (forms.ApprovalForm, _pass_review),
    "resume": (forms.OpinionForm, _resume),
    "refer": (ReferForm, _refer),
    "recall": (forms.ReasonForm, _recall),
    "end_unlent": (EndUnlentForm, _end_unlent),
    "close": (forms.OpinionForm, _close),
    "suspend": (forms.ReasonForm, _suspend),
    "request_supplement": (forms.SupplementForm, _supplement),
    "refuse_acceptance": (forms.ReasonForm, _refuse_acceptance),
    "refuse": (forms.RefusalForm, _refuse),
    "start_recovery": (forms.RecoveryForm, _recover),
    "correct_account": (forms.AccountForm, _correct_account),
    "confirm_account": (forms.AccountCheckForm, _confirm_account),
    "return_account": (forms.ReasonForm, _return_account),
    "withdraw": (forms.WithdrawalForm, _withdraw),
    "transfer": (TransferForm, _transfer),
    "consult": (ConsultForm, _consult),
    "urge": (UrgeForm, _urge),
}


@require_http_methods(["GET", "POST"])
def step(request: ActingRequest, number: str, verb: str) -> HttpResponse:
    """GET: what the step needs and what it does. POST: do it; a refusal keeps what was written.

    Whoever sends a step a second time is told that it is done, not that somebody else was faster.
    """
    case = queries.case_by_number(request.actor, number)
    known = STEPS.get(verb) or declared_step(case, verb)
    if known is None:
        raise NotFound
    form_class, doing = known
    form = _form(request, form_class, case)
    if request.method == "POST" and form.is_valid():
        if isinstance(form, forms.RefusalForm) and request.POST.get(SEEN) != form.digest:
            return _page(request, case, verb, form, letter=True)
        try:
            done = doing(request.actor, case, form)
        except Refused as refusal:
            if queries.just_did(request.actor, case, verb):
                messages.info(request, DONE_BEFORE)
                return redirect("cases:page", number=number)
            form.add_error(None, refusal.message)
        else:
            messages.success(request, done)
            return redirect("cases:page", number=number)
    return _page(request, case, verb, form)


def _form(request: ActingRequest, form_class: type[forms.StepForm], case: Case) -> forms.StepForm:
    sent = (request.POST or None, request.FILES or None)
    if issubclass(form_class, ReceiverForm):
        return form_class(*sent, case=case, actor=request.actor)
    return form_class(*sent, case=case)


def _page(request: ActingRequest, case: Case, verb: str, form: forms.StepForm, *, letter: bool = False) -> HttpResponse:
    """letter: the form is a refusal that can be read before it is made."""
    page = queries.case_page(request.actor, case)
    offer = next((one for one in offers_for(request.actor, page) if one.verb == verb), None)
    if offer is None:
        kind = "danger" if verb == "withdraw" else "primary"
        mine = [label for name, label in applicant_offers(request.actor, page) if name == verb]
        offer = Offer(verb, mine[0], kind, "", True, "", "", "") if mine else None
    if offer is None and (letter or not form.is_bound):
        raise NotAllowed(f"这件现在是“{case.state_label}”，不能办这一步。")
    if offer is not None and not form.is_bound:
        form.initial["opinion"] = offer.opinion
    context = {
        "case": case,
        "form": form,
        **(_letter(request, case, form) if letter and isinstance(form, forms.RefusalForm) else {}),
        "letter_first": isinstance(form, forms.RefusalForm),
        "offer": offer,
        "effect": form.effect_words(case),
        "crumbs": [
            ("办件", reverse("cases:list")),
            (case.number, reverse("cases:page", args=[case.number])),
            (offer.label if offer else "办理", ""),
        ],
    }
    return render(request, "desk/cases/step.html", context, status=409 if form.is_bound and not letter else 200)


def _letter(request: ActingRequest, case: Case, form: forms.RefusalForm) -> dict[str, Any]:
    """The written decision as it would read with what stands in the form, and what its button has to repeat."""
    letter = actions.preview_decision(request.actor, case=case, grounds=form.grounds_chosen, reason=form.words)
    return {
        "letter": letter,
        "letter_said": forms.refusal_words(case),
        "letter_note": CHANGED_SINCE if request.POST.get(SEEN) else READ_FIRST,
        "seen": form.digest,
        "clause": declared.clause_words(case),
    }
