"""Large type, light or dark, keys on or off: kept in cookies, so that they work without JavaScript or an account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from guiyan.config.ui.context import KEYS_COOKIE, LARGE_COOKIE, THEME_COOKIE

A_YEAR = 365 * 24 * 3600
CHOICES = {
    "large": (LARGE_COOKIE, ("1", "0")),
    "theme": (THEME_COOKIE, ("dark", "light")),
    "keys": (KEYS_COOKIE, ("1", "0")),
}


# Exempt from CSRF: it sets how a page looks and nothing else, and public pages stay free of tokens.
@csrf_exempt
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Set one preference and go back to the page it was asked from."""
    response = HttpResponseRedirect(_way_back(request))
    for name, (cookie, allowed) in CHOICES.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(cookie, value, max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
    return response


def _way_back(request: HttpRequest) -> str:
    target = request.POST.get("next", "/")
    hosts = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, hosts, require_https=request.is_secure()) else "/"
