"""The list of supervision orders, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, fixed
from guiyan.desk.supervision.views import READERS, VIEWS

SORTS = {"at": "发出时间", "title": "事项"}
LISTS = (OfficerList("supervision:list", "督办", frozenset(READERS), (Filter("view", "分栏", fixed(VIEWS)),), SORTS),)
