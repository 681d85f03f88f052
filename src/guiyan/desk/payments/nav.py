"""Side-bar entries of the money pages."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds


def entries(actor: Actor) -> list[NavEntry]:
    found = []
    if holds(actor, "payment.view"):
        found.append(NavEntry("政策与资金", "拨付", "/desk/payments/", "send", 30))
    if holds(actor, "ledger.view"):
        found.append(NavEntry("政策与资金", "资金台账", "/desk/ledger/", "card", 31))
    return found
