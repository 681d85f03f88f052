"""My work, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, any_short, fixed
from guiyan.desk.work.views import GROUPS

FILTERS = (Filter("light", "到期", fixed(GROUPS)), Filter("todo", "要做的", any_short))
LISTS = (OfficerList("work:list", "我的工作", filters=FILTERS),)
