"""Personal numbers stay out of addresses: one typed into a search box is sealed before the page that answers it.

The address that browsers keep, that links pass on and that proxies write down then holds a sealed text. Whoever may
search opens it by using it: what it finds is decided by the walls, as ever.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect, QueryDict

from guiyan.kernel import crypto
from guiyan.kernel.errors import GuiyanError
from guiyan.kernel.texts import masked_numbers

PURPOSE = "address"
MARK = "~"
FREE_TEXT = ("opinion", "reason", "text", "answer", "message", "note", "reply")
# An identity number, a mobile phone or a bank card. Numbers of cases and regions are broken by hyphens or shorter.
PERSONAL = re.compile(r"(?<![\w-])(?:\d{17}[\dXx]|1[3-9]\d{9}|\d{15,19})(?![\w-])")


class DiscreetAddress:
    """Before any view: seals what must not stand in the address, opens what was sealed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and request.GET:
            if is_personal(request.GET):
                answer = HttpResponseRedirect(f"{request.path}?{changed(request.GET, sealed).urlencode()}")
                answer.headers["Cache-Control"] = "no-store"
                return answer
            request.GET = changed(request.GET, opened)  # type: ignore[assignment]
        return self.get_response(request)


def is_personal(query: QueryDict) -> bool:
    return any(PERSONAL.search(one.replace(" ", "")) for _, values in query.lists() for one in values)


def changed(query: QueryDict, change: Callable[[str], str]) -> QueryDict:
    found = query.copy()
    for name, values in query.lists():
        found.setlist(name, [change(one) for one in values])
    return found


def sealed(text: str) -> str:
    if not PERSONAL.search(text.replace(" ", "")):
        return text
    return MARK + base64.urlsafe_b64encode(crypto.encrypt(PURPOSE, text)).decode()


def opened(text: str) -> str:
    """What was sealed here; anything else as it is, without the zero bytes that no database takes."""
    text = text.replace("\0", "")
    if not text.startswith(MARK):
        return text
    try:
        return crypto.decrypt(PURPOSE, base64.urlsafe_b64decode(text[1:]))
    except (ValueError, GuiyanError):
        return text


def typed_words(request: HttpRequest) -> str:
    """What somebody wrote in a form that could not be taken, for copying; numbers of persons are masked."""
    written = (request.POST.get(name, "").strip() for name in FREE_TEXT) if request.method == "POST" else ()
    return masked_numbers(next((words for words in written if words), ""))[:600]
