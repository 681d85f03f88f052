"""One published entry: what is let out of it, what can be asked about it, which times are taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.kernel import calendar
from guiyan.kernel.errors import NotAllowed, NotFound
from guiyan.kernel.numbers import decimal_words
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.portal.reports import flow as flows
from guiyan.portal.reports.flow import Flow
from guiyan.registers import actions, queries
from guiyan.registers.keeping.rooms import full_words
from guiyan.registers.showing import regions_in, shown
from guiyan.registers.values import Value

WEEK = 7
CONSENT = "同意把填的内容和手机号交给负责这一条的经办人，只用来联系我办这件事。"


@dataclass(frozen=True)
class Offer:
    """One thing that can be done about an entry: a button, and for what is booked by the hour its days.

    full: why nobody new can have it, in place of the button. most_hours: at once.
    """

    register: Register
    title: str
    href: str
    days: list[queries.Day]
    hours: str
    full: str = ""
    most_hours: int = 0


@require_safe
def entry_page(request: ActingRequest, register: str, token: str) -> HttpResponse:
    found = queries.public_entry(register, token)
    places = region_paths(regions_in(found.fields, [found.values]))
    first = day_asked(request.GET.get("day", ""))
    pictures = [one.id for one in found.fields if one.type == "picture" and found.values[one.id]]
    context = {
        "entry": found,
        "rows": [
            {"label": one.label, "shown": shown(one, found.values[one.id], places)}
            for one in found.fields
            if one.id != found.register.title_field and one.id not in pictures
            if found.values[one.id] not in (None, "", ())
        ],
        "offers": [offer_of(found, one, first, request.actor.subject_id) for one in found.answered_by],
        "pictures": [(one, reverse("portal:entry-picture", args=[register, token, one])) for one in pictures],
        "earlier": (first - timedelta(days=WEEK)).isoformat() if first > calendar.today() else "",
        "later": (first + timedelta(days=WEEK)).isoformat(),
        "back": (found.rule.title, reverse("portal:register", args=[register])),
    }
    return render(request, "portal/registers/entry.html", context)


def day_asked(text: str) -> date:
    """The first day shown: what the address says, never before today."""
    try:
        return max(date.fromisoformat(text), calendar.today()) if text else calendar.today()
    except ValueError:
        return calendar.today()


def offer_of(found: queries.PublicEntry, register: Register, first: date, asker: int | None) -> Offer:
    assert register.answers is not None
    href = reverse("portal:ask", args=[found.register.id, found.token, register.id])
    slots = register.answers.slots
    if slots is None:
        return Offer(register, register.answers.title, href, [], "")
    with entered(Scope.system()):
        row = queries.public_row(found.register, found.subject_id)
        last = calendar.today() + timedelta(days=slots.days_ahead)
        count = max(0, min(WEEK, (last - first).days + 1))
        days = queries.days_of(register, row, first, count, now=calendar.now()) if count else []
        hours = queries.hours_held(register, row, calendar.today().year)
        full = full_words(register, row, asker)
    return Offer(
        register, register.answers.title, href, days, decimal_words(hours) if hours else "", full, slots.most_hours
    )


@require_http_methods(["GET", "POST"])
@sign_in_required
def ask(request: ActingRequest, register: str, token: str, answering: str) -> HttpResponse:
    return flows.fill(request, flow_for(request, register, token, answering))


@require_http_methods(["GET", "POST"])
@sign_in_required
def check(request: ActingRequest, register: str, token: str, answering: str) -> HttpResponse:
    answered = queries.subject_of(register, token)

    def send(values: Mapping[str, Value]) -> str:
        made = actions.ask(request.actor, register=answering, answered_id=answered, values=values)
        return reverse("portal:my-answer", args=[answering, made])

    return flows.check(request, flow_for(request, register, token, answering), send)


@require_POST
@sign_in_required
def save(request: ActingRequest, register: str, token: str, answering: str) -> HttpResponse:
    return flows.save(request, flow_for(request, register, token, answering))


@require_POST
@sign_in_required
def sections(request: ActingRequest, register: str, token: str, answering: str) -> HttpResponse:
    return flows.sections(request, flow_for(request, register, token, answering))


def flow_for(request: ActingRequest, register: str, token: str, answering: str) -> Flow:
    """Raises NotFound where the entry is out no longer, or nothing of the kind can be asked about it."""
    found = queries.public_entry(register, token)
    if request.actor.subject_id is None and not queries.is_newcomer(request.actor):
        raise NotAllowed("工作人员账号不能在这里提交，请用本人的账号。")
    declared = next((one for one in found.answered_by if one.id == answering), None)
    if declared is None or declared.answers is None:
        raise NotFound
    arguments = [register, token, answering]
    return Flow(
        declared,
        found.subject_id,
        f"{declared.answers.title}：{found.title}",
        declared.answers.note,
        "提交",
        (found.title, reverse("portal:entry", args=[register, token])),
        reverse("portal:ask", args=arguments),
        reverse("portal:ask-check", args=arguments),
        reverse("portal:ask-save", args=arguments),
        reverse("portal:ask-sections", args=arguments),
        start=started(request, declared),
        known=known(request, declared),
        consent=CONSENT,
    )


def started(request: ActingRequest, register: Register) -> dict[str, list[str]]:
    """A period chosen on the page before comes in the address."""
    assert register.answers is not None
    slots = register.answers.slots
    if slots is None or request.method != "GET":
        return {}
    names = ((slots.from_, "from"), (slots.to, "to"))
    found = {name: [request.GET[key][:16]] for name, key in names if request.GET.get(key)}
    if len(found) == len(names):
        found[slots.to] = [no_longer_than(found[slots.from_][0], found[slots.to][0], slots.most_hours)]
    return found


def no_longer_than(start: str, end: str, most_hours: int) -> str:
    """The end of what lies free, or as much of it as may be booked at once."""
    try:
        last = datetime.fromisoformat(start) + timedelta(hours=most_hours)
        return min(datetime.fromisoformat(end), last).isoformat(timespec="minutes")
    except (ValueError, TypeError, OverflowError):
        return end


def known(request: ActingRequest, register: Register) -> dict[str, list[str]]:
    """Her name, where the form asks how she is called."""
    assert register.answers is not None
    if register.answers.name is None or request.actor.subject_id is None:
        return {}
    return {register.answers.name: [queries.subject(request.actor.subject_id).display_name]}
