"""Pages for refusals: bad request, not allowed, not found, a fault of ours, a session that ended in a form."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from guiyan.config.discreet import typed_words


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", {"message": _words(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def server_fault(request: HttpRequest) -> HttpResponse:
    # Without the request: context processors may need what has just failed.
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def session_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: the form's token no longer fits, most often because the session ended meanwhile."""
    context = {"back_href": request.get_full_path(), "typed": typed_words(request)}
    return render(request, "errors/expired.html", context, status=403)


def _words(exception: Exception | None) -> str:
    """The refusal's own words, when whoever refused wrote them for people."""
    return str(getattr(exception, "message_zh", "") or "")
