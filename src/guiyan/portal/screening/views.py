"""The pages of 我能享受什么. Anybody may use them; nothing of it is stored beyond the session."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.web import ActingRequest
from guiyan.cases.money_words import yuan
from guiyan.engine.rules import ScreenResult
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.portal.calls import advice
from guiyan.portal.measures.words import measure_words
from guiyan.portal.screening.cards import card_of
from guiyan.portal.screening.questions import UNSURE, QuestionForm
from guiyan.portal.screening.screening import Screening, fact_of, firms_of, screening_for
from guiyan.portal.screening.told import ORGANISATION, PERSON, Told, forget, turn_to
from guiyan.portal.screening.words import amount_words, fact_words, plain_words
from guiyan.portal.whom import region_of


@require_safe
def next_page(request: ActingRequest) -> HttpResponse:
    """To the next question worth asking, or to the result when there is none."""
    found = screening_for(request.actor, Told.of(request.session))
    if not found.live:
        return render(request, "portal/screening/nothing.html", {"advice": advice(), "about": about(found)})
    if found.next is None:
        return redirect("portal:screening-result")
    return redirect("portal:question", fact=found.next)


@require_http_methods(["GET", "POST"])
def question(request: ActingRequest, fact: str) -> HttpResponse:
    """One question; answering it again changes the answer."""
    told = Told.of(request.session)
    found = screening_for(request.actor, told)
    wanted = fact_of(fact)
    if wanted is None or not found.may_ask(fact):
        raise NotFound("没有这一题，可能政策有了变化。请从头再看一次。")
    if request.method == "GET":
        return ask(request, found, QuestionForm(wanted, initial=earlier(told, fact)))
    if request.POST.get("skip"):
        told.answer(fact, None)
    else:
        form = QuestionForm(wanted, request.POST)
        if not form.is_valid():
            return ask(request, found, form, status=422)
        told.answer(fact, form.value)
    told.keep_in(request.session)
    return redirect("portal:screening")


def earlier(told: Told, fact: str) -> str | list[str]:
    """The answer given before, as the form has it."""
    if fact in told.unsure:
        return UNSURE
    value = told.answers.get(fact, "")
    if isinstance(value, list):
        return value
    return str(value).lower() if isinstance(value, bool) else str(value)


def ask(request: ActingRequest, found: Screening, form: QuestionForm, status: int = 200) -> HttpResponse:
    name, told = form.fact.id, found.told
    again = name in told.answers or name in told.unsure
    number = ([*told.answers, *told.unsure].index(name) if again else told.number) + 1
    still = len([fact for fact in found.open if fact != name])
    before = told.before(name)
    context = {
        "form": form,
        "fact": form.fact,
        "number": number,
        "total": max(told.number, number) + still,
        "settled": found.settled or None,
        "settles": [{"title": one.title, "amount": sum_of(found, one)} for one in found.waiting_for(name)],
        "back_href": reverse("portal:question", args=[before]) if before else reverse("portal:home"),
        "back": "上一题" if before else "首页",
        "told": told_rows(found, besides=name),
        "signed_in": request.actor.subject_id is not None,
        "about": about(found),
    }
    return render(request, "portal/screening/question.html", context, status=status)


def sum_of(found: Screening, one: ScreenResult) -> str:
    said = measure_words(found.live[one.id], found.on)
    return said.amount if said.beside else amount_words(one)


def told_rows(found: Screening, besides: str = "") -> list[dict[str, Any]]:
    """What was told, each with a way to change it, and what is held, each with its source."""
    rows: list[dict[str, Any]] = []
    for name in [*found.told.answers, *found.told.unsure]:
        fact = fact_of(name)
        if fact is None or name == besides or not found.may_ask(name):
            continue
        value = found.told.answers.get(name)
        words = "不清楚" if value is None else fact_words(fact, value)
        href = reverse("portal:question", args=[name])
        words = f"{fact.label}：{words}"
        rows.append({"label": fact.label, "words": words, "source": "您填写的", "checked_on": None, "href": href})
    for name, row in found.held.items():
        fact = fact_of(name)
        if fact is not None and name in found.asked:
            words = fact.told(plain_words(fact, row.value))
            rows.append({"label": fact.label, "words": words, "source": row.source, "checked_on": row.checked_on})
    return rows


@require_safe
def result(request: ActingRequest) -> HttpResponse:
    """Three groups: 初步符合, 再答几题就能确定, 暂不符合."""
    found = screening_for(request.actor, Told.of(request.session))
    if not found.live:
        return redirect("portal:screening")
    groups: dict[str, list[dict[str, Any]]] = {"yes": [], "unknown": [], "no": []}
    region = region_of(request.actor)
    for one in found.results:
        key = one.verdict if one.verdict in groups else "no"
        groups[key].append(card_of(found, one, found.own.get(one.id), region))
    last = [*found.told.answers, *found.told.unsure]
    context = {
        "on": found.on,
        "groups": groups,
        "questions": len({fact for one in found.results for fact in one.missing}),
        "sums": sums_of(found),
        "told": told_rows(found),
        "change_href": reverse("portal:question", args=[last[-1]]) if last and found.may_ask(last[-1]) else "",
        "next": found.next,
        "advice": advice(),
        "signed_in": request.actor.subject_id is not None,
        "about": about(found),
        "for_firm": found.told.kind == ORGANISATION,
    }
    return render(request, "portal/screening/result.html", context)


def sums_of(found: Screening) -> list[tuple[str, str]]:
    """Money given and money lent are never summed with each other; one measure alone says its sum on its card."""
    given, lent = list[int](), list[int]()
    for one in found.results:
        if one.verdict != "yes" or one.amount_max_fen is None:
            continue
        if kind_of(found, one) == "loan":
            lent.append(one.amount_max_fen)
        elif kind_of(found, one) in ("grant", "award", "subsidy"):
            given.append(one.amount_max_fen)
    sums = [("补贴合计", yuan(sum(given)))] if len(given) > 1 else []
    return [*sums, ("贷款额度", f"最高{yuan(max(lent))}")] if len(lent) > 1 else sums


def kind_of(found: Screening, result: ScreenResult) -> str:
    version = releases.current().compiled[result.id].version_on(found.on)
    return version.source.benefit.kind if version else ""


def about(found: Screening) -> list[dict[str, Any]]:
    """Whom it can be about: oneself, each firm of one's own, or a firm that nobody names."""
    told = found.told
    rows = [{"value": PERSON, "label": "我个人", "current": told.kind == PERSON}]
    for firm in found.firms:
        current = found.firm is not None and found.firm.pk == firm.pk
        rows.append({"value": str(firm.pk), "label": firm.display_name, "current": current})
    if not found.firms:
        rows.append({"value": ORGANISATION, "label": "企业、单位", "current": told.kind == ORGANISATION})
    return rows


@require_POST
def about_whom(request: ActingRequest) -> HttpResponse:
    """Ask about somebody else: oneself, or a firm. Only one's own firms can be named."""
    wanted = request.POST.get("about", "")
    firm = next((one.pk for one in firms_of(request.actor) if str(one.pk) == wanted), None)
    kind = ORGANISATION if firm is not None or wanted == ORGANISATION else PERSON
    turn_to(request.session, kind, firm)
    return redirect("portal:screening")


@require_POST
def again(request: ActingRequest) -> HttpResponse:
    """Forget everything told and begin anew."""
    forget(request.session)
    return redirect("portal:screening")
