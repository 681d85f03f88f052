"""Errors as pages: plain words, the right status, and for who must sign in the way back to what they were doing."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from guiyan.config.discreet import typed_words
from guiyan.config.ui.errors import server_fault
from guiyan.kernel.errors import GuiyanError, SignInNeeded

TEMPLATES = {403: "errors/403.html", 404: "errors/404.html", 500: "errors/500.html"}
EXPIRED = "登录已过期，刚才这一步没有办。登录后会回到原来的页面，存过的草稿还在。"
NO_DATABASE = """<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>暂时打不开</title>
<h1>系统暂时打不开</h1><p>数据库连接不上，已存的内容都在。请过几分钟再试。</p></html>"""


class Fault(GuiyanError):
    """A mistake of ours. What it was is in the log, not on the page."""

    status = 500
    default_message = "我们这边出了错，刚才这一步没有完成，存过的内容都在。请过几分钟再试。"


def answer(request: HttpRequest, error: GuiyanError) -> HttpResponse:
    """The page for an error, at the error's own status."""
    if isinstance(error, SignInNeeded):
        return ask_to_sign_in(request, error)
    template = TEMPLATES.get(error.status, "errors/400.html")
    return render(request, template, {"message": error.message}, status=error.status)


def fault(request: HttpRequest) -> HttpResponse:
    """handler500. Inside a broken transaction no page can be drawn: middleware draws it after the rollback."""
    if connection.in_atomic_block:
        request.guiyan_error = Fault()  # type: ignore[attr-defined]
        return HttpResponse(status=500)
    try:
        return server_fault(request)
    except DatabaseError:
        return HttpResponse(NO_DATABASE, status=503)


def ask_to_sign_in(request: HttpRequest, error: SignInNeeded) -> HttpResponse:
    """To the sign-in page and back. A form's draft was saved while signed in; words that were not are given back."""
    target = f"{reverse('sign-in')}?{urlencode({'next': way_back(request)})}"
    if asked_by_script(request):
        return HttpResponse(EXPIRED, status=401, headers={"HX-Redirect": target})
    typed = typed_words(request)
    kept = f"您刚才写的还没有存，可以复制下来：“{typed}”" if typed else ""
    messages.info(request, error.message if request.method == "GET" else EXPIRED + kept)
    return redirect(target)


def asked_by_script(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Requested-With"))


def way_back(request: HttpRequest) -> str:
    """The page to return to: a form is returned to where it was filled in, not to where it was sent."""
    if request.method == "GET" and not asked_by_script(request):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host():
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return "/"
