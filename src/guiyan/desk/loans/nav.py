"""Side-bar entries of loans."""

from __future__ import annotations

from guiyan.desk.nav import NavEntry
from guiyan.kernel.actors import Actor, holds
from guiyan.lending.permissions import watches_places


def entries(actor: Actor) -> list[NavEntry]:
    """Banks and guarantors get their requests first; offices follow loans and subsidies of their place."""
    if not holds(actor, "loan.view"):
        return []
    found = [NavEntry("政策与资金", "贷款台账", "/desk/loans/", "bank", 33)]
    if watches_places(actor):
        found.append(NavEntry("政策与资金", "贷款贴息", "/desk/loan-subsidies/", "yuan", 35))
    if holds(actor, "loan.decide") or holds(actor, "loan.guarantee"):
        found.append(NavEntry("工作", "送审的贷款", "/desk/loan-requests/", "inbox", 8))
    if holds(actor, "loan.decide"):
        found.append(NavEntry("工作", "还款报表", "/desk/loan-reports/", "upload", 9))
    return found
