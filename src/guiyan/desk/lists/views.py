"""Saved views: kept from a list, opened, renamed, shared, made the first, removed and brought back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts import saved_views
from guiyan.accounts.models import SavedView
from guiyan.accounts.web import ActingRequest
from guiyan.desk.lists.forms import ViewForm
from guiyan.desk.lists.opening import open_view
from guiyan.desk.lists.registry import VIEW, Place, place_of
from guiyan.kernel.errors import NotFound, Refused


@require_safe
def manage(request: ActingRequest) -> HttpResponse:
    """Every view the actor has, list by list, with what each is set to."""
    groups: dict[str, tuple[Place, list[dict[str, Any]]]] = {}
    for one in saved_views.views_for(request.actor):
        place = place_of(one.view.page)
        if place is None or not place.kind.may_open(request.actor):
            continue
        said = place.read(request.actor, QueryDict(one.view.query))
        row = {"one": one, "words": "；".join(f"{label}：{words}" for label, words in said.words), "gone": said.dropped}
        groups.setdefault(one.view.page, (place, []))[1].append(row)
    return render(request, "desk/lists/manage.html", {"kept": list(groups.values())})


@require_safe
def open_one(request: ActingRequest, view_id: int) -> HttpResponseBase:
    return open_view(request, saved_views.view_by_id(request.actor, view_id))


@require_http_methods(["GET", "POST"])
def save(request: ActingRequest) -> HttpResponseBase:
    """GET: the form for the filters in the address. POST: keep them and open the list with them."""
    sent = request.POST if request.method == "POST" else request.GET
    place = _place(request, sent.get("list", ""))
    asked = place.read(request.actor, QueryDict(sent.get("query", "")[:2000]))
    query = asked.query.urlencode()
    units = saved_views.units_of(request.actor)
    form = ViewForm(request.POST if request.method == "POST" else None, units=units)
    if not asked.query:
        messages.info(request, "先在列表上选好条件，再存成视图。")
        return redirect(f"{place.href}?{VIEW}=0")
    if request.method == "POST" and form.is_valid():
        try:
            row = saved_views.save_view(
                request.actor, page=place.page, name=form.cleaned_data["name"], query=query, unit_id=form.unit_id
            )
        except Refused as refusal:
            form.add_error("name" if refusal.code == "name" else None, refusal.message)
        else:
            if form.cleaned_data["is_default"]:
                saved_views.make_default(request.actor, view=row, page=row.page)
            messages.success(request, f"已存为视图“{row.name}”。")
            return open_view(request, row)
    context = {
        "form": form,
        "place": place,
        "query": query,
        "words": asked.words,
        "crumbs": [(place.title, f"{place.href}?{query}"), ("存为视图", "")],
    }
    return render(request, "desk/lists/save.html", context, status=422 if form.is_bound else 200)


def _place(request: ActingRequest, page: str) -> Place:
    place = place_of(page)
    if place is None or not place.kind.may_open(request.actor):
        raise NotFound("没有这个列表，或者您的岗位打不开。")
    return place


@require_http_methods(["GET", "POST"])
def change(request: ActingRequest, view_id: int) -> HttpResponseBase:
    """Another name, other readers, opened first or not."""
    view = saved_views.view_by_id(request.actor, view_id)
    mine = view.owner_id == request.actor.user_id
    if not mine:
        raise NotFound("这个视图是同事共享的，只有本人能改；您可以打开它再另存一份。")
    first = saved_views.default_view(request.actor, view.page)
    initial = {
        "name": view.name,
        "unit": str(view.unit_id or ""),
        "is_default": first is not None and first.pk == view.pk,
    }
    form = ViewForm(request.POST or None, units=saved_views.units_of(request.actor), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = saved_views.change_view(
                request.actor, view=view, name=form.cleaned_data["name"], unit_id=form.unit_id
            )
        except Refused as refusal:
            form.add_error("name" if refusal.code == "name" else None, refusal.message)
        else:
            _first(request, row, initial["is_default"] is True, form.cleaned_data["is_default"])
            messages.success(request, f"已改好视图“{row.name}”。")
            return redirect("views:manage")
    context = {"form": form, "view": view, "crumbs": [("我的视图", reverse("views:manage")), (view.name, "")]}
    return render(request, "desk/lists/change.html", context, status=422 if form.is_bound else 200)


def _first(request: ActingRequest, row: SavedView, was: bool, wanted: bool) -> None:
    if wanted:
        saved_views.make_default(request.actor, view=row, page=row.page)
    elif was:
        saved_views.make_default(request.actor, view=None, page=row.page)


@require_POST
def first(request: ActingRequest, view_id: int) -> HttpResponseBase:
    """The list opens with this view, or, asked a second time, with everything."""
    view = saved_views.view_by_id(request.actor, view_id)
    on = request.POST.get("on") == "1"
    saved_views.make_default(request.actor, view=view if on else None, page=view.page)
    messages.success(request, f"打开列表时先用“{view.name}”。" if on else "打开列表时看全部。")
    return redirect("views:manage")


@require_POST
def update(request: ActingRequest, view_id: int) -> HttpResponseBase:
    """The open view takes the filters of the page."""
    view = saved_views.view_by_id(request.actor, view_id)
    asked = _place(request, view.page).read(request.actor, QueryDict(request.POST.get("query", "")[:2000]))
    row = saved_views.replace_query(request.actor, view=view, query=asked.query.urlencode())
    messages.success(request, f"视图“{row.name}”已改成现在的条件。")
    return open_view(request, row)


@require_POST
def remove(request: ActingRequest, view_id: int) -> HttpResponseBase:
    """Take it away; the message says how to bring it back."""
    row = saved_views.remove_view(request.actor, view=saved_views.view_by_id(request.actor, view_id))
    messages.success(request, f"已删除视图“{row.name}”。", extra_tags=f"undo:{reverse('views:restore', args=[row.pk])}")
    return redirect("views:manage")


@require_POST
def restore(request: ActingRequest, view_id: int) -> HttpResponseBase:
    try:
        row = saved_views.restore_view(request.actor, view_id=view_id)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"视图“{row.name}”已恢复。")
    return redirect("views:manage")
