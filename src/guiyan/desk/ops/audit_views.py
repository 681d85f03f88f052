"""审计: who did or read what, newest first, and up to where it is sealed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.accounts.permissions import require
from guiyan.accounts.queries import names_of
from guiyan.accounts.web import ActingRequest
from guiyan.desk.ops.forms import AuditFilter
from guiyan.desk.ops.words import action_words, target_words, verbs_of
from guiyan.kernel import releases
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.audit.queries import audit_page

OTHERS = {"system": "系统", "public": "访客"}


@dataclass(frozen=True)
class ShownEntry:
    entry: AuditEntry
    who: str
    what: str
    done: str
    about: str
    sealed: bool


@require_safe
def audit_list(request: ActingRequest) -> HttpResponse:
    require(request.actor, "audit.view")
    form = AuditFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    page = audit_page(before=asked.get("before"), target=asked.get("target", ""), action=asked.get("action", ""))
    names = names_of({item.entry.actor_id for item in page.entries if item.entry.actor_id is not None})
    verbs = verbs_of(releases.current().flows)
    kept = {name: asked[name] for name in ("target", "action") if asked.get(name)}
    context = {
        "form": form,
        "rows": [shown(item.entry, item.sealed, names, verbs) for item in page.entries],
        "seal": page.last_seal,
        "waiting": sum(not item.sealed for item in page.entries),
        "older": f"?{urlencode({**kept, 'before': page.next_before})}" if page.next_before else "",
        "filtered": bool(kept),
    }
    return render(request, "desk/ops/audit.html", context)


def shown(entry: AuditEntry, sealed: bool, names: dict[int, str], verbs: dict[str, str]) -> ShownEntry:
    nameless = "居民" if entry.actor_id is None else f"账号 {entry.actor_id}"
    who = OTHERS.get(entry.actor_kind) or names.get(entry.actor_id or 0, nameless)
    reading = entry.action.startswith("read:")
    targets = [entry.target] if entry.target else entry.targets
    listed = "、".join(target_words(target) for target in targets[:3])
    more = f"等{len(targets)}条" if len(targets) > 3 else ""
    done = action_words(entry.action, verbs)
    return ShownEntry(entry, who, "查看" if reading else "办理", done, f"{listed}{more}", sealed)
