"""The unpaired by town; the preview of a round, its confirmation, the round and its undoing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import local_paths, region_name, region_paths
from guiyan.accounts.web import ActingRequest
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.numbers import whole
from guiyan.kernel.regions import subtree
from guiyan.registers import actions
from guiyan.registers import queries as registers
from guiyan.registers.queries import PlaceCount, Proposal

SHOWN_PAIRS = 200
SHOWN_PEOPLE = 50
COUNTY = 1_000_000


@require_safe
def index(request: ActingRequest) -> HttpResponse:
    """To the first kind that the city declares."""
    require(request.actor, "relation.assign")
    kinds = list(releases.current().relations_for_all)
    if not kinds:
        raise NotFound("城市包没有声明对接关系。")
    return redirect("pairing:list", kind=kinds[0])


@require_safe
def unserved(request: ActingRequest, kind: str) -> HttpResponse:
    """Town by town, how many have nobody; the first of them by name, of the town asked for."""
    require(request.actor, "relation.assign")
    declared = registers.relation_of(kind)
    towns = registers.unserved_by_town(request.actor, kind)
    roots = places_of(request.actor)
    asked = whole(request.GET.get("region", ""))
    region = asked if asked in {town.region for town in towns} else None
    people = [
        one
        for root in ([region] if region else roots)
        for one in registers.unserved_people(request.actor, kind, root, most=SHOWN_PEOPLE)
    ][:SHOWN_PEOPLE]
    audit.record_read(request.actor, "pairing", [f"subject:{one.subject_id}" for one in people], "未配对名单")
    names = region_paths({town.region for town in towns} | set(roots))
    places = local_paths(request.actor, {one.region for one in people})
    context = {
        "declared": declared,
        "tabs": tabs(kind),
        "counties": by_county(towns, names),
        "total": sum(town.total for town in towns),
        "missing": sum(town.unserved for town in towns),
        "roots": [{"region": root, "name": names[root]} for root in roots],
        "people": [{"one": one, "place": places[one.region]} for one in people],
        "town": names.get(region, "") if region else "",
        "runs": registers.runs_of(request.actor, kind),
        "most": SHOWN_PEOPLE,
    }
    return render(request, "desk/pairing/list.html", context)


def places_of(actor: Actor) -> list[int]:
    """The roots of where the actor gives helpers."""
    held = {low for grant in actor.grants if "relation.assign" in grant.permissions for low, _ in grant.regions}
    return sorted(held)


def tabs(kind: str) -> list[dict[str, Any]]:
    return [
        {"label": one.label, "href": reverse("pairing:list", args=[name]), "current": name == kind}
        for name, one in releases.current().relations_for_all.items()
    ]


def by_county(towns: list[PlaceCount], names: dict[int, str]) -> list[dict[str, Any]]:
    """Counties with their towns; those with somebody unpaired come first within a county."""
    found: dict[int, list[PlaceCount]] = {}
    for town in towns:
        found.setdefault(town.region - town.region % COUNTY, []).append(town)
    return [
        {
            "region": county,
            "name": region_name(county),
            "missing": sum(town.unserved for town in rows),
            "towns": [
                # The county stands above its towns.
                {
                    "count": town,
                    "name": names[town.region].removeprefix(region_name(county)) or names[town.region],
                    "served": town.total - town.unserved,
                }
                for town in sorted(rows, key=lambda one: (-one.unserved, one.region))
            ],
        }
        for county, rows in found.items()
    ]


@require_http_methods(["GET", "POST"])
def preview(request: ActingRequest, kind: str, region: int) -> HttpResponse:
    """What would happen, pair by pair; confirming carries out exactly that, or nothing."""
    require(request.actor, "relation.assign")
    subtree_of(region)
    if request.method == "POST":
        try:
            done = actions.assign_many(request.actor, kind=kind, region=region, digest=request.POST.get("digest", ""))
        except Refused as refusal:
            messages.error(request, refusal.message)
            return redirect("pairing:preview", kind=kind, region=region)
        messages.success(
            request, f"已指派{done.count}人。", extra_tags=f"undo:{reverse('pairing:run', args=[done.pk])}"
        )
        return redirect("pairing:run", run_id=done.pk)
    proposal = registers.propose_helpers(request.actor, kind=kind, region=region)
    audit.record_read(
        request.actor,
        "pairing",
        [f"subject:{pair.subject_id}" for pair in proposal.pairs[:SHOWN_PAIRS]],
        "预览批量指派",
        region=region,
    )
    return render(request, "desk/pairing/preview.html", preview_context(proposal))


def subtree_of(region: int) -> tuple[int, int]:
    """An address may hold any number: what is no region is not found."""
    try:
        return subtree(region)
    except ValueError:
        raise NotFound from None


def preview_context(proposal: Proposal) -> dict[str, Any]:
    shown = proposal.pairs[:SHOWN_PAIRS]
    left = proposal.left[:SHOWN_PEOPLE]
    names = registers.names_of_subjects({pair.subject_id for pair in shown} | {subject for subject, _ in left})
    shares = proposal.by_helper()
    places = region_paths(
        {pair.region for pair in shown}
        | {region for _, region in left}
        | {one.area for one, _ in shares}
        | {proposal.region}
    )
    return {
        "declared": proposal.declared,
        "proposal": proposal,
        "place": places[proposal.region],
        "shares": [
            {"helper": one, "more": more, "after": one.load + more, "place": places[one.area]} for one, more in shares
        ],
        "pairs": [
            {
                "name": names.get(p.subject_id, ""),
                "place": places[p.region],
                "helper": proposal.helpers[p.helper_id],
                "pair": p,
            }
            for p in shown
        ],
        "left": [{"subject_id": s, "name": names.get(s, ""), "place": places[region]} for s, region in left],
        "shown": len(shown),
        "crumbs": [("对接指派", reverse("pairing:list", args=[proposal.declared.id])), ("预览", "")],
    }


@require_http_methods(["GET", "POST"])
def run(request: ActingRequest, run_id: int) -> HttpResponse:
    """One round: how many, by whom; POST takes back what of it still stands."""
    found = registers.run_by_id(request.actor, run_id)
    if request.method == "POST":
        try:
            found = actions.undo_run(request.actor, run_id=run_id)
            messages.success(request, f"已撤销，{found.undone_count}人回到未配对名单。")
        except Refused as refusal:
            messages.error(request, refusal.message)
        return redirect("pairing:run", run_id=run_id)
    context = {
        "run": found,
        "declared": registers.relation_of(found.kind),
        "place": region_paths([found.region])[found.region],
        "crumbs": [("对接指派", reverse("pairing:list", args=[found.kind])), ("批量指派", "")],
    }
    return render(request, "desk/pairing/run.html", context)
