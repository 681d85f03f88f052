"""Signing in, signing out, and being somebody else in the demo."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guiyan.accounts.demo import demo_user
from guiyan.accounts.forms import SignInForm
from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_of
from guiyan.accounts.web import ActingRequest
from guiyan.kernel import audit, releases

BACKEND = "django.contrib.auth.backends.ModelBackend"


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: ActingRequest) -> HttpResponse:
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and form.user:
        return enter(request, form.user, "account.sign_in")
    context = {"form": form, "next": wanted_page(request), "advice": releases.current().city.contacts.get("advice")}
    return render(request, "accounts/sign_in.html", context)


@require_POST
def sign_out(request: ActingRequest) -> HttpResponse:
    if request.actor.user_id is not None:
        audit.record(request.actor, "account.sign_out", f"user:{request.actor.user_id}")
    logout(request)
    return redirect("/")


@require_POST
def demo_as(request: ActingRequest) -> HttpResponse:
    """Become a demo account (demo only)."""
    user = demo_user(request.POST.get("role") or request.POST.get("username", ""))
    return enter(request, user, "account.demo_switch")


def enter(request: ActingRequest, user: User, action: str) -> HttpResponse:
    """Sign `user` in and go on to the page wanted, or to their own first page."""
    login(request, user, backend=BACKEND)
    actor = actor_of(user)
    audit.record(actor, action, f"user:{user.pk}")
    return redirect(wanted_page(request) or ("/desk/" if actor.grants else "/"))


def wanted_page(request: ActingRequest) -> str:
    """The address asked for, if it is one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else ""
