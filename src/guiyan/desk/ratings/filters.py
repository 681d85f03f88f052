"""The list of ratings, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, fixed
from guiyan.desk.ratings.views import VIEWS

FILTERS = (Filter("view", "分栏", fixed(VIEWS)),)
SORTED_BY = {"due": "回访期限", "grade": "评价", "given": "评价时间"}
LISTS = (OfficerList("ratings:list", "评价和回访", frozenset({"rating.view"}), FILTERS, SORTED_BY),)
