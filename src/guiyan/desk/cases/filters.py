"""The lists of cases and of checks, with the filters they know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guiyan.cases import queries
from guiyan.cases.queries import Case, CaseFilters
from guiyan.desk.cases.views import LIGHTS
from guiyan.desk.lists.registry import Filter, Key, OfficerList, fixed, region_words
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor


def item_words(actor: Actor, key: Key, value: str) -> str:
    item = releases.current().items.get(value)
    return item.title if item else ""


def how_many(actor: Actor, key: Key, asked: Sequence[Mapping[str, str]]) -> list[int]:
    return queries.count_each(actor, [CaseFilters.from_query(one) for one in asked])


LISTS = (
    OfficerList(
        "cases:list",
        "办件",
        frozenset({"case.view"}),
        (
            Filter("stage", "环节", fixed((key, label) for key, (label, _) in queries.STAGES.items())),
            Filter("item", "事项", item_words),
            Filter("entry", "来源", fixed(Case.ENTRIES)),
            Filter("light", "到期", fixed(LIGHTS)),
            Filter("region", "区划", region_words),
        ),
        {"due": "到期", "id": "提交先后"},
        sheet="cases:sheet",
        how_many=how_many,
    ),
    OfficerList(
        "cases:checks", "核验", frozenset({"case.check"}), (Filter("view", "分栏", fixed({"answered": "已回复"})),)
    ),
)
