"""The list of pairs, with the filters it knows."""

from __future__ import annotations

from guiyan.desk.links.nav import LINK
from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.numbers import whole
from guiyan.registers import queries

VIEWS = fixed((key, label) for key, (label, _) in queries.LINK_VIEWS.items())


def file_words(actor: Actor, key: Key, value: str) -> str:
    """The name of the file that brought them."""
    number = whole(value)
    try:
        return queries.import_by_id(actor, number).file_name if number else ""
    except NotFound:
        return f"第{number}次导入"


FILTERS = (Filter("view", "分栏", VIEWS), Filter("import", "导入", file_words))
LISTS = (OfficerList("links:list", "同人核对", frozenset({LINK}), FILTERS),)
