"""The request as views of this product get it: with its actor and htmx's details."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeAlias

from django.http import HttpRequest, HttpResponseBase
from django_htmx.middleware import HtmxDetails

from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import GuiyanError, SignInNeeded

P = ParamSpec("P")
View: TypeAlias = Callable[Concatenate["ActingRequest", P], HttpResponseBase]


class ActingRequest(HttpRequest):
    """Middleware has set `actor` before any view runs."""

    actor: Actor
    htmx: HtmxDetails
    guiyan_error: GuiyanError | None = None


def sign_in_required(view: View[P]) -> View[P]:
    """For pages of one's own: whoever is not signed in is asked to, and comes back."""

    @wraps(view)
    def guarded(request: ActingRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.actor.kind == "public":
            raise SignInNeeded
        return view(request, *args, **kwargs)

    return guarded
