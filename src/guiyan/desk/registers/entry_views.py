"""One entry with the source and age of every value; a number in full, for a stated purpose."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import decide, require
from guiyan.accounts.queries import region_path, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.edit_views import may_edit
from guiyan.desk.registers.journals import behind_href, journals_of
from guiyan.desk.registers.level_views import history
from guiyan.desk.revealing import reveal_page
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import holds
from guiyan.kernel.errors import NotFound
from guiyan.kernel.numbers import decimal_words
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Field, Register
from guiyan.registers import queries
from guiyan.registers.keeping.conditions import sections_shown
from guiyan.registers.pictures import picture_path
from guiyan.registers.queries import Hat, rights
from guiyan.registers.showing import days_since, marks, regions_in, shown

MOST_NAMED = 20


@require_safe
def entry_page(request: ActingRequest, register: str, subject_id: int) -> HttpResponse:
    view = queries.entry_view(request.actor, register, subject_id)
    person = queries.subject(view.subject_id)
    pack, today = releases.current(), calendar.today()
    audit.record_read(
        request.actor, f"register.{register}.entry", [f"subject:{view.subject_id}"], "查看档案", region=view.region
    )
    values = {cell.field.id: cell.value for cell in view.cells}
    places = region_paths(regions_in([cell.field for cell in view.cells], [values]))
    hats = queries.hats_of(view.subject_id)
    context = {
        "view": view,
        "register": view.register,
        "subject": person,
        "place": region_path(view.region),
        "sender": queries.sender_names([view.sender_id]).get(view.sender_id or 0, ""),
        "hats": [{"register": pack.registers[h.register], "hat": h} for h in hats if h.register in pack.registers],
        "firms": linked(queries.firms_of(view.subject_id)),
        "related": [
            *related(view.register, queries.people_of(view.subject_id)),
            *named_by(view.register, view.subject_id, hats),
        ],
        "marks": marks(view.register, queries.sources_of(register, view.subject_id)),
        "days": days_since(view.checked_on, today),
        "back_href": reverse("registers:list", args=[register]),
        "may_reveal": any(cell.can_reveal for cell in view.cells),
        "sections": sections_of(view, places, may_list=bool(decide(request.actor, "register.view"))),
        "journals": journals_of(request, view, hats),
        "may_void": view.register.journal is not None and may_edit(request, view),
        "may_edit": may_edit(request, view),
        "may_print": bool(decide(request.actor, "register.edit", view, unit=None, subject=None)),
        "level": queries.level_words(view.register, view.level),
        "may_level": may_level(request, view),
        "history": history(view.register, queries.levels_of(request.actor, register, view.subject_id)),
        "claims": claims_on(request, view),
        "answers": answers_of(request, view),
        "may_list": bool(decide(request.actor, "register.view")),
        "may_open_file": person.kind == "person" and bool(decide(request.actor, "dossier.view")),
    }
    return render(request, "desk/registers/entry.html", context)


def claims_on(request: ActingRequest, view: queries.EntryView) -> list[dict[str, object]]:
    """What the person herself says is wrong here and nobody answered yet; for those who may see such requests."""
    if not holds(request.actor, rights.VIEW):
        return []
    fields = view.register.fields
    return [
        {"asked": one, "field": fields[one.field]}
        for one in rights.open_requests(view.register.id, view.subject_id)
        if one.field in fields
    ]


def sections_of(
    view: queries.EntryView, places: Mapping[int, str], *, may_list: bool = False
) -> list[dict[str, object]]:
    """The sections that this entry has, each with its values; what is not for this reader is not there."""
    cells = {cell.field.id: cell for cell in view.cells}
    values = {name: cell.value for name, cell in cells.items()}
    return [
        {
            "title": one.title,
            "rows": [
                {
                    "cell": cells[name],
                    "shown": shown(cells[name].field, cells[name].value, places),
                    "has_value": cells[name].value not in (None, ""),
                    "behind_href": behind_href(view, cells[name].field) if may_list else "",
                }
                for name in one.fields
                if name in cells
            ],
        }
        for one in sections_shown(view.register, values)
    ]


def answers_of(request: ActingRequest, view: queries.EntryView) -> list[dict[str, object]]:
    """Who asked about this entry, by kind, with the hours booked this year; for those who answer there."""
    if not decide(request.actor, "answer.handle", view, unit=None, subject=None):
        return []
    found: list[dict[str, object]] = []
    for register in queries.answering(view.register.id):
        row = queries.entry_row(view.register.id, view.subject_id)
        assert register.answers is not None
        hours = queries.hours_held(register, row, calendar.today().year) if register.answers.slots is not None else 0
        lines = queries.answers_of_entry(register, row)
        found.append({"register": register, "lines": lines, "hours": decimal_words(hours) if hours else ""})
    return found


def may_level(request: ActingRequest, view: queries.EntryView) -> bool:
    if view.register.ladder is None:
        return False
    return bool(decide(request.actor, "register.promote", view, unit=None, subject=None))


def related(register: Register, named: list[tuple[str, queries.Subject]]) -> list[tuple[str, list[dict[str, str]]]]:
    """Those named by an entry under what its register calls them: 创办人, 运营单位."""
    found = []
    referring = {one.refers_to.relation: one for one in register.fields.values() if one.refers_to is not None}
    for kind in dict.fromkeys(kind for kind, _ in named):
        field = referring.get(kind) or register.fields.get(f"{kind}_name")
        found.append((heading_of(register, field), linked([one for each, one in named if each == kind])))
    return found


def heading_of(register: Register, field: Field | None) -> str:
    if field is None:
        return "创办人"
    if register.journal is not None and register.journal.about == field.id and field.refers_to is not None:
        return releases.current().registers[field.refers_to.register_].label
    return field.label


def named_by(register: Register, subject_id: int, hats: list[Hat]) -> list[tuple[str, list[dict[str, str]]]]:
    """What refers to this entry, under what the referring register calls it: 在家乡投资的项目."""
    mine = {hat.register for hat in hats} | {register.id}
    found = []
    for other in releases.current().registers.values():
        for field in other.fields.values():
            is_journal = other.journal is not None and other.journal.about == field.id
            if field.refers_to is not None and field.refers_to.register_ in mine and not is_journal:
                subjects = queries.naming(subject_id, field.refers_to.relation, MOST_NAMED)
                if subjects:
                    found.append((field.refers_to.reverse, linked(subjects)))
    return found


def linked(subjects: list[queries.Subject]) -> list[dict[str, str]]:
    """Names with the address of their entry, where a register has one."""
    hats = queries.hats_by_subject([one.pk for one in subjects])
    return [
        {
            "name": one.display_name,
            "href": reverse("registers:entry", args=[hats[one.pk][0], one.pk]) if hats.get(one.pk) else "",
        }
        for one in subjects
    ]


@require_safe
def picture(request: ActingRequest, register: str, subject_id: int, field: str) -> FileResponse:
    """The picture of an entry, for whoever may see the entry."""
    view = queries.entry_view(request.actor, register, subject_id)
    digest = next((one.value for one in view.cells if one.field.id == field and one.field.type == "picture"), None)
    if not isinstance(digest, str):
        raise NotFound
    with entered(Scope.system()):
        path = picture_path(digest)
    return FileResponse(path.open("rb"), content_type="image/jpeg")


@require_http_methods(["GET", "POST"])
def reveal(request: ActingRequest, register: str, subject_id: int, field: str) -> HttpResponse:
    """Asks what for, then shows the number once; the reading is logged before it is shown."""
    view = queries.entry_view(request.actor, register, subject_id)
    require(request.actor, "person.reveal", view)
    cell = next((one for one in view.cells if one.field.id == field and one.can_reveal), None)
    if cell is None:
        raise NotFound
    name = queries.subject(view.subject_id).display_name
    return reveal_page(
        request,
        lambda purpose: queries.reveal(request.actor, view.subject_id, field, purpose, register=register),
        title=f"{name}的{cell.field.label}",
        back=(name, reverse("registers:entry", args=[register, subject_id])),
        return_words="返回档案",
    )
