"""The list of demands, with the filters it knows."""

from __future__ import annotations

from guiyan.cases import queries
from guiyan.desk.demands.nav import READERS
from guiyan.desk.lists.registry import Filter, OfficerList, fixed

VIEWS = fixed((key, label) for key, (label, _) in queries.DEMAND_VIEWS.items())
LISTS = (OfficerList("demands:list", "诉求", frozenset(READERS), (Filter("view", "分栏", VIEWS),)),)
