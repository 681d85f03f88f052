"""One reply to several that were chosen in the list: looked over first, then sent, each by itself."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.answers.forms import ManyForm
from guiyan.desk.answers.nav import HANDLE
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.packs.register import Register
from guiyan.registers import actions, queries

KEPT = ("view", "kind", "region", "q")
NONE_CHOSEN = "没有选中要回复的，或者别人刚答复过。请回到列表再选。"


@require_http_methods(["GET", "POST"])
def many(request: ActingRequest) -> HttpResponse:
    """GET: what was chosen (`answer`, as register:subject:level), all of one kind. POST: the same reply to each."""
    require(request.actor, HANDLE)
    said = request.POST if request.method == "POST" else request.GET
    back_href = list_address([(name, said[name]) for name in KEPT if said.get(name)])
    register, was, problem = chosen_in(said.getlist("answer"))
    if register is None:
        return draw(request, None, [], None, back_href, problem)
    lines = queries.answers_chosen(request.actor, register, list(was))
    if request.method == "POST" and not lines:
        raise NotFound
    form = ManyForm(register, request.POST if request.method == "POST" else None)
    problem = problem or ("" if lines else NONE_CHOSEN)
    if request.method == "POST" and not problem and form.is_valid():
        seen = {line.subject_id: was[line.subject_id] for line in lines}
        try:
            done, refused = actions.reply_many(
                request.actor,
                register=register.id,
                was=seen,
                text=form.cleaned_data["text"],
                to=form.cleaned_data["to"],
            )
        except Refused as refusal:
            form.add_error(refusal.code if refusal.code in form.fields else None, refusal.message)
        else:
            if done:
                messages.success(request, f"已回复{done}条，对方会收到消息。")
            for words in dict.fromkeys(refused):
                messages.warning(request, f"有没回复的：{words}")
            return redirect(back_href)
    return draw(request, register, lines, form, back_href, problem)


def chosen_in(texts: list[str]) -> tuple[Register | None, dict[int, str], str]:
    """The register of all, subject → the level where it was seen, and what is wrong with the choice."""
    found: dict[int, str] = {}
    kinds: set[str] = set()
    for text in texts[: actions.MOST_AT_ONCE + 1]:
        kind, _, rest = text.partition(":")
        number, _, level = rest.partition(":")
        if (subject_id := whole(number)) is not None:
            kinds.add(kind)
            found[subject_id] = level
    if not found:
        return None, {}, NONE_CHOSEN
    register = releases.current().registers.get(min(kinds))
    if register is None or register.answers is None:
        raise NotFound
    if len(kinds) > 1:
        return None, {}, "一次只能回复同一类的：请先按“哪一类”筛选，再选。"
    if len(found) > actions.MOST_AT_ONCE:
        return register, found, f"一次最多选{actions.MOST_AT_ONCE}条。"
    return register, found, ""


def list_address(kept: list[tuple[str, str]]) -> str:
    return reverse("answers:list") + (f"?{urlencode(kept)}" if kept else "")


def draw(
    request: ActingRequest,
    register: Register | None,
    lines: list[queries.AnswerLine],
    form: ManyForm | None,
    back_href: str,
    problem: str,
) -> HttpResponse:
    said = request.POST if request.method == "POST" else request.GET
    places = region_paths(line.region for line in lines)
    context = {
        "register": register,
        "rows": [{"line": line, "place": places.get(line.region, "")} for line in lines] if not problem else [],
        "form": form,
        "problem": problem,
        "back_href": back_href,
        "kept": [(name, said[name]) for name in KEPT if said.get(name)],
    }
    return render(request, "desk/answers/many.html", context, status=422 if request.method == "POST" else 200)
