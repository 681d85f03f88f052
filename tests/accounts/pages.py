"""Pages for these tests alone: each does one thing a view may do."""

from __future__ import annotations

from django.db import connection
from django.http import HttpResponse
from django.urls import include, path

from guiyan.accounts.models import Region
from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.config.urls import handler400, handler403, handler404, handler500
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.scope import current

__all__ = ["handler400", "handler403", "handler404", "handler500"]

ERRORS = {
    "refused": Refused("名额已经用完。", code="full"),
    "not-allowed": NotAllowed("您没有审核的权限。"),
    "not-found": NotFound("没有这个办件。"),
}


def write() -> None:
    Region.objects.create(code=429999000000, name="样本县", level="county")


def fails(request: ActingRequest, name: str) -> HttpResponse:
    write()
    raise ERRORS[name]


def answers(request: ActingRequest, status: int) -> HttpResponse:
    write()
    return HttpResponse("answered", status=status)


def breaks_the_transaction(request: ActingRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    raise AssertionError("not reached")


def scope(request: ActingRequest) -> HttpResponse:
    return HttpResponse(repr((request.actor.label, current())))


@sign_in_required
def own(request: ActingRequest) -> HttpResponse:
    return HttpResponse(request.actor.label)


urlpatterns = [
    path("fails/<str:name>/", fails),
    path("answers/<int:status>/", answers),
    path("broken/", breaks_the_transaction),
    path("scope/", scope),
    path("own/", own),
    path("desk/scope/", scope),
    path("", include("guiyan.config.urls")),
]
