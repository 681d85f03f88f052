"""Payment requests and the ledger, with the filters they know."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, fixed
from guiyan.desk.payments.ledger_views import KINDS
from guiyan.desk.payments.views import VIEWS

LISTS = (
    OfficerList(
        "payments:list",
        "拨付",
        frozenset({"payment.view"}),
        (Filter("view", "分栏", fixed(VIEWS)),),
        {"at": "申请时间", "amount": "金额"},
        sheet="payments:requests-sheet",
    ),
    OfficerList(
        "payments:ledger",
        "资金台账",
        frozenset({"ledger.view"}),
        (Filter("kind", "业务", fixed(KINDS)),),
        {"at": "时间", "amount": "金额"},
    ),
)
