"""本人填报: the registers that ask residents, what one has reported, and the form."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.packs.register import Register
from guiyan.portal.reports import flow as flows
from guiyan.portal.reports.flow import Flow
from guiyan.registers import actions, queries
from guiyan.registers.showing import shown
from guiyan.registers.values import Value

NEWCOMER = 0
CLOSED = "现在不在网上填报，请到村（社区）或窗口登记。"


@require_safe
@sign_in_required
def report_list(request: ActingRequest) -> HttpResponse:
    """What one may report, about oneself and one's firms, and when one did."""
    actor = request.actor
    rows = []
    for register in queries.open_to_residents():
        for who in queries.own_subjects(actor, register):
            last = queries.own_report(actor, register, who)
            rows.append({"register": register, "of": who, "last": last, "who": who.pk})
        if queries.is_newcomer(actor) and register.subject == "person":
            rows.append({"register": register, "of": None, "last": None, "who": NEWCOMER})
    context = {"rows": rows, "is_staff": actor.subject_id is None and not queries.is_newcomer(actor)}
    return render(request, "portal/reports/list.html", context)


@require_safe
@sign_in_required
def report(request: ActingRequest, register: str, who: int) -> HttpResponse:
    """What one said, when, what the register says today; and who says otherwise."""
    declared, subject = asked(request, register, who)
    last = queries.own_report(request.actor, declared, subject) if subject is not None else None
    values = [{said.field.id: said.mine for said in last.rows}, {x.field.id: x.now for x in last.rows}] if last else []
    fields = [said.field for said in last.rows] if last else []
    places = region_paths(
        {code for row in values for one in fields if one.type == "region" and isinstance(code := row[one.id], int)}
    )
    context = {
        "register": declared,
        "who": who,
        "of": subject,
        "last": last,
        "rows": [
            {"said": one, "mine": shown(one.field, one.mine, places), "now": shown(one.field, one.now, places)}
            for one in (last.rows if last else ())
        ],
        "draft": queries.own_draft(request.actor, register, who),
    }
    return render(request, "portal/reports/report.html", context)


@require_http_methods(["GET", "POST"])
@sign_in_required
def fill(request: ActingRequest, register: str, who: int) -> HttpResponse:
    return flows.fill(request, flow_for(request, register, who))


@require_http_methods(["GET", "POST"])
@sign_in_required
def check(request: ActingRequest, register: str, who: int) -> HttpResponse:
    def send(values: Mapping[str, Value]) -> str:
        told = actions.self_report(request.actor, register=register, subject_id=who or None, values=values)
        messages.success(request, "已提交，下面是您报的和名录现在的。")
        return reverse("portal:report", args=[register, told.subject_id])

    return flows.check(request, flow_for(request, register, who), send)


@require_POST
@sign_in_required
def save(request: ActingRequest, register: str, who: int) -> HttpResponse:
    return flows.save(request, flow_for(request, register, who))


@require_POST
@sign_in_required
def sections(request: ActingRequest, register: str, who: int) -> HttpResponse:
    return flows.sections(request, flow_for(request, register, who))


def asked(request: ActingRequest, register: str, who: int) -> tuple[Register, queries.Subject | None]:
    """The register and whom it is about: herself, a firm of hers, or nobody yet. Raises NotFound for anybody else."""
    declared = releases.current().registers.get(register)
    if declared is None or declared.subject not in ("person", "organisation"):
        raise NotFound
    if queries.portal_source(declared) is None:
        raise NotFound(f"“{declared.label}”{CLOSED}")
    if who == NEWCOMER and queries.is_newcomer(request.actor) and declared.subject == "person":
        return declared, None
    mine = next((one for one in queries.own_subjects(request.actor, declared) if one.pk == who), None)
    if mine is None:
        raise NotFound("只能填报本人和自己单位的情况。")
    return declared, mine


def flow_for(request: ActingRequest, register: str, who: int) -> Flow:
    declared, subject = asked(request, register, who)
    pack = releases.current()
    held = queries.known_of(pack, declared, subject.pk) if subject is not None else {}
    if subject is None:
        held = {declared.title_field: request.actor.label}
    arguments = [register, who]
    about = f"：{subject.display_name}" if subject is not None and declared.subject != "person" else ""
    return Flow(
        declared,
        who,
        f"{declared.label}{about}",
        "已经登记的先填在里面，不对就改；改了以后按来源可信的程度采用。",
        "提交填报",
        ("我报的", reverse("portal:report", args=arguments)),
        reverse("portal:report-fill", args=arguments),
        reverse("portal:report-check", args=arguments),
        reverse("portal:report-save", args=arguments),
        reverse("portal:report-sections", args=arguments),
        held,
    )
