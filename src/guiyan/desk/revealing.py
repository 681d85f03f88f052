"""The page that asks what a number is wanted for and shows it once; the reading is logged before it is shown."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import render

from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.forms import PurposeForm


def reveal_page(
    request: ActingRequest,
    read: Callable[[str], str],
    *,
    title: str,
    whose: str = "",
    back: tuple[str, str],
    return_words: str = "返回",
) -> HttpResponse:
    """read: the number, for the purpose it is given; called for a valid form alone. back: words and address."""
    form = PurposeForm(request.POST or None)
    number = read(form.purpose()) if request.method == "POST" and form.is_valid() else None
    context = {
        "title": title,
        "whose": whose,
        "form": form,
        "number": number,
        "back_words": back[0],
        "back_href": back[1],
        "return_words": return_words,
    }
    status = 422 if request.method == "POST" and number is None else 200
    response = render(request, "desk/reveal.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
