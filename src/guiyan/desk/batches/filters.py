"""The list of batches, with the filters it knows."""

from __future__ import annotations

from guiyan.cases import queries
from guiyan.desk.lists.registry import Filter, OfficerList, fixed

STATES = fixed(queries.BATCH_LABELS)
FILTERS = (Filter("state", "环节", STATES),)
LISTS = (OfficerList("batches:list", "批次", frozenset({"case.view"}), FILTERS, sheet="batches:sheet"),)
