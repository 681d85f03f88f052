"""The demonstration: accounts to try the product as. Nothing here answers unless GUIYAN_DEMO is on."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from guiyan.accounts.models import User
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound

PASSWORD = "guiyan-demo"


def switcher(actor: Actor) -> dict[str, object]:
    """The role switcher: every demo account in the pack's order, with what it is for."""
    declared = releases.current().demo
    known = set(User.objects.filter(is_demo=True, is_active=True).values_list("username", flat=True))
    items = [
        {"value": name, "label": account.name, "note": account.title or account.note}
        for name, account in declared.items()
        if name in known
    ]
    return {"action": reverse("demo-as"), "current": actor.label, "items": items}


def demo_user(username: str) -> User:
    """The account to switch to; outside the demo there is none."""
    if not settings.GUIYAN_DEMO:
        raise NotFound
    user = User.objects.filter(username=username, is_demo=True, is_active=True).first()
    if user is None:
        raise NotFound("没有这个示例账号。")
    return user
