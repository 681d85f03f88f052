"""The list of notices, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, fixed
from guiyan.desk.notices.views import VIEWS

SORTS = {"published": "公示日期", "amount": "金额", "count": "人数"}
FILTERS = (Filter("view", "分栏", fixed(VIEWS)),)
LISTS = (OfficerList("notices:list", "公示", frozenset({"notice.view"}), FILTERS, SORTS, sheet="notices:sheet"),)
