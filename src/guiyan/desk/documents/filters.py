"""The list of policy documents, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.documents.listing import STATES
from guiyan.desk.lists.registry import Filter, OfficerList, fixed

SORTS = {"title": "标题", "issued": "印发日期", "added": "导入时间"}
LISTS = (
    OfficerList(
        "documents:list", "政策文件", frozenset({"document.review"}), (Filter("state", "状态", fixed(STATES)),), SORTS
    ),
)
