"""The list of ratings, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.lists.registry import Filter, OfficerList, fixed
from guiyan.desk.ratings.views import VIEWS

FILTERS = (Filter("view", "分栏", fixed(VIEWS)),)
LISTS = (OfficerList("ratings:list", "评价和回访", frozenset({"rating.view"}), FILTERS),)
