"""审计: who did or read what, newest first, and up to where it is sealed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import names_of
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.finding import about, done_by, on_day, one_of_actions, page_of
from guiyan.desk.ops.forms import AuditFilter
from guiyan.desk.ops.naming import listed, names_for
from guiyan.desk.ops.words import action_words, choices_of, readings_of, secrets_of, verbs_of
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.audit.queries import SealedEntry
from guiyan.packs.pack import Pack

OTHERS = {"system": "系统", "public": "访客"}
FOLDED = ("account.sign_in", "account.sign_out", "account.demo_switch")
"""Nobody reads these one by one: of one person in a row they are one line with their number."""


@dataclass(frozen=True)
class ShownEntry:
    """times: how many entries the line stands for. stored: what is stored, for whoever compares with the log itself."""

    entry: AuditEntry
    who: str
    done: str
    about: str
    sealed: bool
    times: int
    stored: str


@require_safe
def audit_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "audit.view")
    pack = releases.current()
    choices = choices_of(verbs_of(pack.flows), secrets_of(pack))
    form = AuditFilter(request.GET, words=[words for words, _ in choices])
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(narrowed(request.actor, asked, dict(choices)), asked.get("before"))
    kept = {name: asked[name] for name in asked if name != "before" and asked[name]}
    context = {
        "form": form,
        "rows": shown(request.actor, pack, page.entries),
        "seal": page.last_seal,
        "waiting": sum(not item.sealed for item in page.entries),
        "older": f"?{urlencode({**kept, 'before': page.next_before})}" if page.next_before else "",
        "filtered": bool(kept),
    }
    return render(request, "desk/ops/audit.html", context)


def narrowed(actor: Actor, asked: Mapping[str, Any], choices: Mapping[str, list[str]]) -> Any:
    """The entries the address asks for; `target` and `action` are of older addresses, and still narrow."""
    rows = AuditEntry.objects.all()
    if asked.get("who"):
        rows = rows.filter(done_by(asked["who"]))
    if asked.get("day"):
        rows = rows.filter(on_day(asked["day"]))
    if asked.get("done"):
        rows = rows.filter(one_of_actions(choices[asked["done"]]))
    if asked.get("q"):
        rows = rows.filter(about(actor, asked["q"]))
    if asked.get("target"):
        rows = rows.filter(target=asked["target"])
    if asked.get("action"):
        rows = rows.filter(action__startswith=asked["action"])
    return rows


def shown(actor: Actor, pack: Pack, items: Sequence[SealedEntry]) -> list[ShownEntry]:
    """The page's lines, in a fixed number of queries."""
    people = names_of({item.entry.actor_id for item in items if item.entry.actor_id is not None})
    names = names_for(actor, [targets_of(item.entry) for item in items])
    verbs, readings = verbs_of(pack.flows), readings_of(pack)
    households = {name for name, register in pack.registers.items() if register.subject == "organisation"}
    lines = []
    for _, group in groupby(enumerate(items), key=lambda pair: fold_key(*pair)):
        run = [item for _, item in group]
        entry = run[0].entry
        done = action_words(entry.action, verbs, readings)
        times = len(run)
        lines.append(
            ShownEntry(
                entry=entry,
                who=who_of(entry, people),
                done=f"{done}{times}次" if times > 1 else done,
                about="" if of_self(entry) else listed(targets_of(entry), names, unit_of(entry, households)),
                sealed=all(item.sealed for item in run),
                times=times,
                stored="，".join([entry.action, *targets_of(entry)[:10]]),
            )
        )
    return lines


def fold_key(place: int, item: SealedEntry) -> tuple[object, ...]:
    """The same for neighbours that are one line: logins of one person on one day."""
    entry = item.entry
    if entry.action not in FOLDED or entry.actor_id is None:
        return (place,)
    return ("folded", entry.action, entry.actor_id, localdate(entry.at))


def targets_of(entry: AuditEntry) -> list[str]:
    return [entry.target] if entry.target else list(entry.targets)


def of_self(entry: AuditEntry) -> bool:
    """Signing in is about nobody else."""
    return entry.action in FOLDED and entry.target == f"user:{entry.actor_id}"


def who_of(entry: AuditEntry, people: Mapping[int, str]) -> str:
    nameless = "居民" if entry.actor_id is None else "已停用的账号"
    return OTHERS.get(entry.actor_kind) or people.get(entry.actor_id or 0, nameless)


def unit_of(entry: AuditEntry, households: Iterable[str]) -> str:
    """家 where a register of organisations was read."""
    what = entry.action.removeprefix("read:register.").partition(".")[0]
    return "家" if what in households else ""
