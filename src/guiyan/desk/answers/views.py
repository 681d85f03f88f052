"""The list of what was asked, one with its turns and the reply, and the phone to call back, for a purpose."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.offices import unit_by_id
from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.answers.forms import DealForm, ReplyForm
from guiyan.desk.answers.many_views import KEPT, list_address
from guiyan.desk.answers.nav import HANDLE
from guiyan.desk.paging import words_of
from guiyan.desk.registers.views import parameters, places_of, region_asked
from guiyan.desk.revealing import reveal_page
from guiyan.kernel import audit
from guiyan.kernel.errors import NotFound, Refused
from guiyan.registers import actions, queries
from guiyan.registers.cursor import read_cursor
from guiyan.registers.keeping.conditions import sections_shown
from guiyan.registers.showing import regions_in, shown

KEYS = (("J K", "上下移动"), ("Enter", "打开"), ("X", "选择"))


@require_safe
def answer_list(request: ActingRequest) -> HttpResponse:
    """One page of what this office answers. The address holds view, kind, place and search: it can be sent on."""
    require(request.actor, HANDLE)
    query = request.GET.dict()
    view = query.get("view", "") if query.get("view") in queries.ANSWER_VIEWS else "open"
    search = words_of(request)
    kinds = [(one.id, one.label) for one in queries.answer_registers()]
    kind = query.get("kind", "") if query.get("kind") in dict(kinds) else ""
    found = queries.answer_list(
        request.actor,
        view=view,
        register=kind,
        region=region_asked(query.get("region", "")),
        search=search,
        cursor=read_cursor(query.get("after", "")),
    )
    places = region_paths(line.region for line in found.lines)
    others = parameters(request, without=("view", "after"))
    context = {
        "rows": [{"line": line, "place": places.get(line.region, "")} for line in found.lines],
        "pager": pager_of(request, found),
        "tabs": [
            {
                "label": label,
                "href": address(others, view=key),
                "current": key == view,
            }
            for key, label in queries.ANSWER_VIEWS.items()
        ],
        "kinds": kinds,
        "kind": kind,
        "places": places_of(request.actor, HANDLE),
        "search": search,
        "kept": parameters(request, without=("q", "after")),
        "query": urlencode(parameters(request, without=("after",))),
        "narrowed": bool(search or kind or query.get("region")),
        "view": view,
        "keys": KEYS,
    }
    return render(request, "desk/answers/list.html", context)


def pager_of(request: ActingRequest, found: queries.AnswerList) -> dict[str, str]:
    base = parameters(request, without=("after",))

    def at(cursor: object) -> str:
        return address(base, after=str(cursor)) if cursor is not None else ""

    return {"next_href": at(found.next), "previous_href": at(found.previous), "summary": f"本页{len(found.lines)}条"}


def address(kept: list[tuple[str, str]], **more: str) -> str:
    return f"?{urlencode([*kept, *more.items()])}"


@require_http_methods(["GET", "POST"])
def answer_page(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    view = queries.handled_answer(request.actor, register, subject_id)
    declared = view.line.register
    if request.method == "GET":
        audit.record_read(
            request.actor,
            f"register.{register}.entry",
            [f"subject:{view.line.subject_id}"],
            "答复",
            region=view.line.region,
        )
        return draw(request, view, ReplyForm(declared, view.line.level), DealForm(declared, None, view.values))
    form = ReplyForm(declared, view.line.level, request.POST)
    deal = DealForm(declared, with_source(request, view), view.values)
    is_deal = view.rule.deal is not None and request.POST.get("to") == view.rule.deal.level
    if form.is_valid() and (not is_deal or deal.is_valid()):
        try:
            actions.reply(
                request.actor,
                register=register,
                subject_id=subject_id,
                text=form.cleaned_data["text"],
                to=form.cleaned_data["to"],
                was=form.cleaned_data["was"],
                deal=deal.deal() if is_deal else None,
            )
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            messages.success(request, "已回复，对方会收到消息。")
            return redirect(request.get_full_path())
    return draw(request, view, form, deal if is_deal else DealForm(declared, None, view.values), status=422)


def with_source(request: ActingRequest, view: queries.AnswerView) -> QueryDict:
    """The form of the office's own source."""
    data = request.POST.copy()
    data["entry_source"] = view.line.register.sources_by("form")[0].id
    return data


def draw(
    request: ActingRequest, view: queries.AnswerView, form: ReplyForm, deal: DealForm, status: int = 200
) -> HttpResponse:
    register = view.line.register
    context = {
        "view": view,
        "register": register,
        "place": region_path(view.line.region),
        "sections": rows_of(view),
        "form": form,
        "deal": deal.bound_fields(),
        "deal_form": deal,
        "deal_level": register.levels.get(view.rule.deal.level, "") if view.rule.deal is not None else "",
        "unit": unit_by_id(view.unit_id).short_name if view.unit_id is not None else "",
        "entry_href": entry_href(view),
        "back_href": list_address([(name, request.GET[name]) for name in KEPT if request.GET.get(name)]),
    }
    return render(request, "desk/answers/page.html", context, status=status)


def entry_href(view: queries.AnswerView) -> str:
    """Where the entry is out; empty where it is not."""
    if view.answered_id is None:
        return ""
    answered = queries.answered_of(view.line.register)
    token = queries.token_of(answered.id, view.answered_id)
    try:
        queries.public_entry(answered.id, token)
    except NotFound:
        return ""
    return reverse("portal:entry", args=[answered.id, token])


def rows_of(view: queries.AnswerView) -> list[dict[str, object]]:
    register = view.line.register
    places = region_paths(regions_in(register.fields.values(), [view.values]))
    found: list[dict[str, object]] = []
    for section in sections_shown(register, view.values):
        rows = [
            {
                "label": register.fields[name].label,
                "shown": shown(register.fields[name], view.values[name], places),
                "is_phone": name == view.rule.phone,
            }
            for name in section.fields
            if view.values.get(name) not in (None, (), "")
        ]
        if rows:
            found.append({"title": section.title, "rows": rows})
    return found


@require_http_methods(["GET", "POST"])
def phone(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    """Asks what for, then shows the number once; the reading is logged before it is shown."""
    view = queries.handled_answer(request.actor, register, subject_id)

    def read(purpose: str) -> str:
        # She gave it to be called back about this: whoever answers may see it, wherever her own file lies.
        who, field = view.line.subject_id, view.rule.phone
        return queries.reveal(request.actor, who, field, purpose, register=register, through=True)

    back_href = reverse("answers:page", args=[register, view.line.subject_id])
    return reveal_page(request, read, title="查看手机号", whose=view.line.who, back=(view.line.about, back_href))
