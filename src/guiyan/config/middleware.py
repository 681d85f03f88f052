"""Around every request: the content policy, who acts, the scope and its one transaction, and errors as pages."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.accounts.scope import scope_of
from guiyan.accounts.standing_in import SESSION as STANDING_IN
from guiyan.accounts.standing_in import DeputyEnded, acting_as
from guiyan.accounts.web import ActingRequest
from guiyan.config.error_pages import answer
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import PUBLIC, Actor
from guiyan.kernel.errors import GuiyanError, NotAllowed, NotFound, SignInNeeded
from guiyan.kernel.scope import entered

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# Pages that must answer when the database does not.
WITHOUT_DATABASE = ("/healthz",)
STAFF_PAGES = "/desk/"
RENEW_SESSION_SECONDS = 300


class ContentSecurity:
    """No script or style but our own files."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class ActingScope:
    """`request.actor`, and one transaction in the actor's scope around the whole view.

    An answer of 400 or above rolls everything back. A GuiyanError raised by a view becomes a page with its message,
    written after the rollback in a fresh transaction of the same scope.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: ActingRequest) -> HttpResponseBase:
        if request.path_info in WITHOUT_DATABASE:
            return self.get_response(request)
        with calendar.held(), releases.held():
            try:
                request.actor = actor_for(request)
            except (DeputyEnded, NotFound) as over:
                return self.go_on_as_oneself(request, over)
            renew_session(request)
            return self.respond(request)

    def go_on_as_oneself(self, request: ActingRequest, over: GuiyanError) -> HttpResponseBase:
        """Standing in for a colleague has ended: nothing is done in her name, nor in one's own by mistake."""
        request.session.pop(STANDING_IN, None)
        request.actor = actor_for(request)
        with entered(scope_of(request.actor)):
            return answer(request, over)

    def respond(self, request: ActingRequest) -> HttpResponseBase:
        scope = scope_of(request.actor)
        with entered(scope):
            response = self.get_response(request)
            if response.status_code >= 400:
                transaction.set_rollback(True)
        error: GuiyanError | None = getattr(request, "guiyan_error", None)
        if error is not None:
            with entered(scope):
                response = answer(request, error)
        if request.actor.kind != "public":
            # Counters are shared: after signing out, neither "back" nor a proxy may show what was seen.
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request: ActingRequest, *_: object) -> HttpResponse | None:
        """Pages of the desk are for people with a post."""
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None and unreadable(request):
            return self.process_exception(request, Unreadable())
        if actor is None or not request.path_info.startswith(STAFF_PAGES):
            return None
        if actor.kind == "public":
            return self.process_exception(request, SignInNeeded())
        if not actor.grants:
            return self.process_exception(request, NotAllowed("这里是工作人员的页面，您的账号没有岗位。"))
        return None

    def process_exception(self, request: ActingRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, GuiyanError):
            return None
        request.guiyan_error = exception
        return HttpResponse(status=exception.status)


class Unreadable(GuiyanError):
    """Something in the address or the form that no database keeps."""

    default_message = "地址或填写的内容里有不能用的字符，请删去后再试。"


def unreadable(request: HttpRequest) -> bool:
    sent = (value for form in (request.GET, request.POST) for _, values in form.lists() for value in values)
    return "\0" in request.path_info or any("\0" in value for value in sent if isinstance(value, str))


def actor_for(request: HttpRequest) -> Actor:
    user = request.user
    if not isinstance(user, User) or not user.is_authenticated:
        return PUBLIC
    deputy = request.session.get(STANDING_IN)
    return actor_of(user) if deputy is None else acting_as(user, deputy)


def renew_session(request: HttpRequest) -> None:
    """A session ends some time after its last use; noting each single use would write at each request."""
    if not request.user.is_authenticated:
        return
    now = int(time.time())
    if now - request.session.get("used_at", 0) > RENEW_SESSION_SECONDS:
        request.session["used_at"] = now
