"""Errors as pages: plain words, the right status, and for who must sign in the way back to what they were doing."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from guiyan.kernel.errors import GuiyanError, SignInNeeded

TEMPLATES = {403: "errors/403.html", 404: "errors/404.html"}
EXPIRED = "登录已过期。登录后会回到刚才的页面，已存的草稿还在。"


def answer(request: HttpRequest, error: GuiyanError) -> HttpResponse:
    if isinstance(error, SignInNeeded):
        return ask_to_sign_in(request, error)
    template = TEMPLATES.get(error.status, "errors/400.html")
    return render(request, template, {"message": error.message}, status=error.status)


def ask_to_sign_in(request: HttpRequest, error: SignInNeeded) -> HttpResponse:
    """To the sign-in page and back. What a signed-out form sent is not kept: its draft was saved while signed in."""
    target = f"{reverse('sign-in')}?{urlencode({'next': way_back(request)})}"
    asked_by_script = request.headers.get("HX-Request") or request.headers.get("X-Requested-With")
    if asked_by_script:
        return HttpResponse(EXPIRED, status=401, headers={"HX-Redirect": target})
    messages.info(request, error.message if request.method == "GET" else EXPIRED)
    return redirect(target)


def way_back(request: HttpRequest) -> str:
    """The page to return to: a form is returned to where it was filled in, not to where it was sent."""
    if request.method == "GET" and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host():
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return "/"
