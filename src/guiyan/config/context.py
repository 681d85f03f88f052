"""What every page knows: who acts, the menu they may open, and in the demo whom they may be."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from guiyan.accounts.demo import switcher
from guiyan.accounts.queries import face_of
from guiyan.cases.queries import unread_mentions
from guiyan.desk.lists.bar import bar_for
from guiyan.desk.nav import menu_for
from guiyan.kernel.actors import PUBLIC, Actor, holds
from guiyan.portal.nav import portal_menu, portal_tabs


def acting(request: HttpRequest) -> dict[str, Any]:
    """Lazy where it costs a query, so that pages without a menu do not pay for one."""
    actor: Actor = getattr(request, "actor", PUBLIC)
    return {
        "acting": actor,
        "actor": SimpleLazyObject(lambda: {**face_of(actor), **inbox_of(actor)}),
        "account": account(actor),
        "portal_nav": SimpleLazyObject(lambda: portal_menu(request.path_info)),
        "portal_tabs": SimpleLazyObject(lambda: portal_tabs(request.path_info)),
        "help_href": "/about/",
        "search_href": "/desk/cases/" if holds(actor, "case.view") else "",
        "search_text": request.GET.get("q", "") if request.path_info == "/desk/cases/" else "",
        "nav": SimpleLazyObject(lambda: menu_for(actor, request.path_info)),
        "listing": SimpleLazyObject(lambda: bar_for(request, actor)),
        "roles": SimpleLazyObject(lambda: switcher(actor)) if settings.GUIYAN_DEMO else None,
        "demo": settings.GUIYAN_DEMO,
        "error_shell": "desk/base.html" if at_the_desk(request, actor) else "portal/base.html",
    }


def at_the_desk(request: HttpRequest, actor: Actor) -> bool:
    return bool(actor.grants) and request.path_info.startswith("/desk/")


def inbox_of(actor: Actor) -> dict[str, Any]:
    """The bell of the desk: what calls this officer by name."""
    if not holds(actor, "case.remark") or actor.kind != "user":
        return {}
    return {"inbox_href": "/desk/mentions/", "inbox_count": unread_mentions(actor)}


def account(actor: Actor) -> dict[str, str]:
    """The portal's corner: who is signed in, or the way to sign in."""
    if actor.kind != "user":
        return {"login_href": "/sign-in/"}
    return {"name": actor.label, "href": "/desk/" if actor.grants else "/my/"}
