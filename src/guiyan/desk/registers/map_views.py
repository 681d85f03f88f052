"""Where the entries of a register lie: places coloured by their number, down to the list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import region_path
from guiyan.accounts.web import ActingRequest
from guiyan.desk.registers.views import menus_of, parameters, region_asked
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import level, parent
from guiyan.packs.pack import Pack
from guiyan.packs.places import Region
from guiyan.registers import queries
from guiyan.registers.mapping import picture
from guiyan.registers.tables import register_of


@require_safe
def entry_map(request: ActingRequest, register: str) -> HttpResponse:
    """The address holds the list's search and filters; `region` says of which place."""
    require(request.actor, "register.view")
    pack = releases.current()
    declared = register_of(pack, register)
    below = place_of(request.actor, pack, region_asked(request.GET.get("region", "")))
    kept = parameters(request, without=("region", "after", "columns", "sort"))
    counts = queries.entries_by_place(request.actor, register, dict(kept), below=below)

    def into(region: Region) -> str:
        name = "registers:map" if region.level in ("county", "zone") else "registers:list"
        return f"{reverse(name, args=[register])}?{urlencode([*kept, ('region', region.code)])}"

    drawn = picture(pack, below, counts, unit=declared.counted_in, href=into)
    above = parent(below)
    context = {
        "register": declared,
        "drawn": drawn,
        "place": region_path(below),
        "ranked": sorted(drawn.areas, key=lambda one: -one.value),
        "menus": [menu for menu in menus_of(request.actor, declared) if menu["name"] != "region"],
        "search": request.GET.get("q", ""),
        "list_href": f"{reverse('registers:list', args=[register])}?{urlencode([*kept, ('region', below)])}",
        "above_href": f"?{urlencode([*kept, ('region', above)])}" if above and covers(request.actor, above) else "",
        "above": region_path(above) if above else "",
    }
    return render(request, "desk/registers/map.html", context)


def place_of(actor: Actor, pack: Pack, asked: int | None) -> int:
    """The place asked for, if the actor looks after it; else the widest that she does."""
    if asked is not None:
        if asked not in pack.regions or level(asked) == "village":
            raise NotFound
        return asked
    roots = sorted({low for one in actor.grants if "register.view" in one.permissions for low, _ in one.regions})
    inside = [one for one in roots if one in pack.regions and level(one) != "village"]
    return inside[0] if inside else pack.city.region


def covers(actor: Actor, code: int) -> bool:
    """Whether somebody's range reaches above the place, so that going up shows more."""
    return code in releases.current().regions and any(
        low <= code < high for one in actor.grants if "register.view" in one.permissions for low, high in one.regions
    )
