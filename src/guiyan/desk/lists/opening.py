"""Opening a saved view: to its list with the filters that are still known; and the view a bare address opens with."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect

from guiyan.accounts import saved_views
from guiyan.accounts.models import SavedView
from guiyan.accounts.web import ActingRequest
from guiyan.desk.lists.registry import VIEW, place_at, place_of
from guiyan.kernel.actors import PUBLIC, Actor
from guiyan.kernel.errors import NotFound

GetResponse = Callable[[HttpRequest], HttpResponseBase]


class OpenDefaultView:
    """A list asked for without any filter opens with the view that its reader chose; `?v=0` shows everything."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: ActingRequest, *_: object) -> HttpResponseBase | None:
        actor: Actor = getattr(request, "actor", PUBLIC)
        if request.method != "GET" or request.GET or not actor.grants or actor.kind != "user":
            return None
        place = place_at(request.resolver_match)
        if place is None or not place.kind.may_open(actor):
            return None
        chosen = saved_views.default_view(actor, place.page)
        return open_view(request, chosen) if chosen is not None else None


def open_view(request: ActingRequest, view: SavedView) -> HttpResponseBase:
    """To the list; what it no longer knows is left out, and said."""
    place = place_of(view.page)
    if place is None or not place.kind.may_open(request.actor):
        raise NotFound("这个视图的列表已经没有了，或者您的岗位打不开。")
    asked = place.read(request.actor, QueryDict(view.query))
    if asked.dropped:
        gone = "、".join(asked.dropped)
        messages.info(request, f"视图“{view.name}”里的“{gone}”现在没有这个条件了，已略过。")
    query = asked.query
    query[VIEW] = str(view.pk)
    return redirect(f"{place.href}?{query.urlencode()}")
