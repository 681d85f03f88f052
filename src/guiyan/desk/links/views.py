"""Pairs that may be one person: the list, one pair side by side, several after a preview."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths
from guiyan.accounts.web import ActingRequest
from guiyan.desk.links.compare import lines, percent_of, summed
from guiyan.desk.links.filters import file_words
from guiyan.desk.links.nav import LINK
from guiyan.desk.paging import paged
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.registers import actions, queries, states
from guiyan.registers.linking.deciding import DECISIONS, MOST
from guiyan.registers.models import PersonLink

DONE = {
    states.LINK_SAME: "已合并为一个档案，可以在档案里拆开。",
    states.LINK_APART: "已记下不是同一人，以后不再问这一对。",
    states.LINK_ASIDE: "已放到“先放着”。",
    states.LINK_VOID: "这一对不用再核对：已经是同一个档案，或者有一方已经不在名录里。",
}
KEYS = (("J K", "上下移动"), ("Enter", "打开"), ("X", "选择"))


@require_safe
def link_list(request: ActingRequest) -> HttpResponse:
    """One view of the pairs of which the officer covers both; its filters stand in the address."""
    require(request.actor, LINK)
    view, import_id = asked(request)
    rows, pager = paged(request, queries.links_for(request.actor, view=view, import_id=import_id), "对")
    counts = queries.link_counts(request.actor, import_id=import_id)
    shown = pair_rows(request.actor, rows)
    targets = [f"subject:{one['id']}" for row in shown for one in (row["new"], row["known"])]
    audit.record_read(request.actor, "register.links", targets, "同人核对列表")
    context = {
        "rows": shown,
        "pager": pager,
        "tabs": [
            {
                "label": label,
                "href": address(key, import_id),
                "count": counts.get(key),
                "current": key == view,
            }
            for key, (label, _) in queries.LINK_VIEWS.items()
        ],
        "view": view,
        "import_id": import_id,
        "import_words": file_words(request.actor, (), str(import_id)) if import_id else "",
        "query": urlencode(kept(view, import_id)),
        "may_choose": view in (states.LINK_WAITING, states.LINK_ASIDE),
        "keys": KEYS,
    }
    return render(request, "desk/links/list.html", context)


def asked(request: ActingRequest) -> tuple[str, int | None]:
    said = request.POST if request.method == "POST" else request.GET
    view = said.get("view", "")
    return (view if view in queries.LINK_VIEWS else states.LINK_WAITING), whole(said.get("import", "")) or None


def kept(view: str, import_id: int | None) -> list[tuple[str, str]]:
    return [("view", view), *([("import", str(import_id))] if import_id else [])]


def address(view: str, import_id: int | None) -> str:
    return f"?{urlencode(kept(view, import_id))}"


def pair_rows(actor: Actor, links: list[PersonLink]) -> list[dict[str, Any]]:
    """Names, places and registers of both, in three queries for all."""
    ids = [one for link in links for one in link.pair]
    names, places, hats = (
        queries.names_of_subjects(ids),
        queries.places_of_subjects(ids),
        queries.hats_by_subject(ids),
    )
    paths = local_paths(actor, places.values())
    registers = releases.current().registers

    def about(subject_id: int) -> dict[str, Any]:
        labels = [registers[name].label for name in hats.get(subject_id, []) if name in registers]
        path = paths.get(places.get(subject_id, 0), "")
        return {"id": subject_id, "name": names.get(subject_id, ""), "place": path, "registers": "、".join(labels)}

    return [
        {
            "link": link,
            "new": about(link.new_id if link.new_id in link.pair else link.second_id),
            "known": about(link.first_id if link.new_id != link.first_id else link.second_id),
            "percent": percent_of(link.probability) if link.probability is not None else "—",
        }
        for link in links
    ]


@require_http_methods(["GET", "POST"])
def link_page(request: ActingRequest, link_id: int) -> HttpResponse:
    """GET: two people side by side. POST: `decision`, then the next pair of the same list."""
    link = queries.link_by_id(request.actor, link_id)
    view, import_id = asked(request)
    problem = ""
    if request.method == "POST":
        following = queries.next_link(request.actor, link, view=view, import_id=import_id)
        try:
            settled = actions.decide_link(
                request.actor,
                link_id=link_id,
                decision=request.POST.get("decision", ""),
                reason=request.POST.get("reason", "").strip(),
            )
        except Refused as refusal:
            problem = refusal.message
            link.refresh_from_db()
        else:
            messages.success(request, DONE[settled.verdict])
            if following is None:
                return redirect(reverse("links:list") + address(view, import_id))
            return redirect(reverse("links:page", args=[following]) + address(view, import_id))
    context = pair_context(request, link) | {
        "problem": problem,
        "reason": request.POST.get("reason", ""),
        "view": view,
        "import_id": import_id,
        "back_href": reverse("links:list") + address(view, import_id),
        "following": queries.next_link(request.actor, link, view=view, import_id=import_id),
        "query": address(view, import_id),
    }
    return render(request, "desk/links/page.html", context, status=422 if problem else 200)


def pair_context(request: ActingRequest, link: PersonLink) -> dict[str, Any]:
    new_id = link.new_id if link.new_id in link.pair else link.second_id
    known_id = link.first_id if new_id == link.second_id else link.second_id
    left, right = (queries.side_of(request.actor, one) for one in (new_id, known_id))
    targets = [f"subject:{one}" for one in (new_id, known_id)]
    audit.record_read(request.actor, "register.link", targets, "核对是不是同一人", region=link.region)
    places = local_paths(request.actor, [left.subject.region, right.subject.region])
    return {
        "link": link,
        "is_open": link.verdict in (states.LINK_WAITING, states.LINK_ASIDE),
        "left": left,
        "right": right,
        "lines": lines(left, right, link.parts),
        "sum": summed(link.probability, link.parts),
        "left_place": places[left.subject.region],
        "right_place": places[right.subject.region],
    }


@require_POST
def keep(request: ActingRequest, link_id: int) -> HttpResponse:
    """What was to be looked at of two who are one was looked at: they stay one, with the reason."""
    link = queries.link_by_id(request.actor, link_id)
    try:
        actions.settle_finding(request.actor, link_id=link.pk, reason=request.POST.get("reason", "").strip())
    except Refused as refusal:
        context = pair_context(request, link) | {"problem": refusal.message, "back_href": reverse("links:list")}
        return render(request, "desk/links/page.html", context, status=422)
    messages.success(request, "已记下核对的结果，两条登记仍是一个档案。")
    return redirect(reverse("links:list") + address("finding", None))


@require_http_methods(["GET", "POST"])
def bulk(request: ActingRequest) -> HttpResponse:
    """GET: the pairs chosen (`link`), one by one, with what would become of them. POST: decided, each by itself."""
    require(request.actor, LINK)
    said = request.POST if request.method == "POST" else request.GET
    decision, (view, import_id) = said.get("decision", ""), asked(request)
    wanted = [number for text in said.getlist("link")[: MOST + 1] if (number := whole(text))]
    if decision not in DECISIONS:
        raise NotFound
    seen = queries.links_by_ids(request.actor, wanted)
    if request.method == "POST" and not seen:
        raise NotFound
    chosen = [link for link in seen if link.verdict in (states.LINK_WAITING, states.LINK_ASIDE)]
    problem = "" if chosen else "没有选中要核对的，或者别人刚核对过。请回到列表再选。"
    if len(wanted) > MOST:
        problem = f"一次最多选{MOST}对。"
    if request.method == "POST" and not problem:
        reason = request.POST.get("reason", "").strip()
        if reason:
            done, refused = actions.decide_links(
                request.actor, link_ids=[one.pk for one in chosen], decision=decision, reason=reason
            )
            messages.success(request, f"已核对{done}对：{DECISIONS[decision]}。")
            for words in dict.fromkeys(refused):
                messages.warning(request, words)
            return redirect(reverse("links:list") + address(view, import_id))
        problem = "请写明依据什么。"
    context = {
        "rows": pair_rows(request.actor, chosen),
        "decision": decision,
        "label": DECISIONS[decision],
        "problem": problem,
        "view": view,
        "import_id": import_id,
        "back_href": reverse("links:list") + address(view, import_id),
    }
    return render(request, "desk/links/bulk.html", context, status=422 if problem and request.POST else 200)
