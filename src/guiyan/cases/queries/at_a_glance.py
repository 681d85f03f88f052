"""What was found out about many cases, each in two words: on its lists, and of its conditions. Two queries for all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from guiyan.cases.models import Case, CaseComparison, CaseVerdict
from guiyan.cases.queries.lights import Light

NOT_COMPARED = Light("idle", "还没有比对")
NO_CONDITIONS = Light("idle", "不用核对")
VERDICTS = {
    "yes": Light("ok", "都符合"),
    "no": Light("warn", "有不符合的"),
    "unknown": Light("warn", "有没核清的"),
    "expired": Light("warn", "政策已到期"),
}


@dataclass(frozen=True)
class Glance:
    """lists: what the lists say (名单比对); conditions: what the rule said last (条件核对)."""

    lists: Light = NOT_COMPARED
    conditions: Light = NO_CONDITIONS


def glances(cases: Sequence[Case]) -> dict[int, Glance]:
    """Case id -> what is known, for cases the caller was allowed to see."""
    ids = [case.pk for case in cases]
    rows = CaseComparison.objects.filter(case__in=ids).order_by("case_id", "-compared_at", "list_id")
    compared: dict[int, list[CaseComparison]] = defaultdict(list)
    for row in rows:
        if not compared[row.case_id] or compared[row.case_id][0].compared_at == row.compared_at:
            compared[row.case_id].append(row)
    verdicts = CaseVerdict.objects.filter(case__in=ids).order_by("case_id", "-id").distinct("case_id")
    found = dict(verdicts.values_list("case_id", "verdict"))
    return {pk: Glance(_of_lists(compared.get(pk, [])), VERDICTS.get(found.get(pk, ""), NO_CONDITIONS)) for pk in ids}


def _of_lists(rows: Sequence[CaseComparison]) -> Light:
    if not rows:
        return NOT_COMPARED
    hits, unknown = sum(row.matched for row in rows), sum(row.light == "idle" for row in rows)
    if hits:
        return Light("warn", f"{hits}份里有")
    return Light("idle", f"{unknown}份不能算没有") if unknown else Light("ok", f"{len(rows)}份里都没有")
