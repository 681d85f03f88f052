"""What the lists say of the applicant, for the case page: what was found first, the lists without a hit on one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from guiyan.cases import declared, queries
from guiyan.cases.list_words import all_own, told_of
from guiyan.cases.queries import CaseComparison, CasePage, ComparisonHit
from guiyan.kernel.calendar import days_ago, short_day

WARNS = {"block": "签批以前必须写明核对结果", "warn": "请核对清楚再往下办", "inform": "供参考，请看清楚再往下办"}


@dataclass(frozen=True)
class Hit:
    """One list the applicant is on, in its words, what that means for the way on, and the opinion that settles it.

    means is empty where there is nothing to look into: a list that informs, of what is the applicant's own.
    """

    row: CaseComparison
    told: Sequence[str]
    means: str
    settled: ComparisonHit | None


@dataclass(frozen=True)
class Compared:
    """All lists of the case. unknown: lists that cannot say “not on it”; clear: the others without a hit."""

    hits: Sequence[Hit]
    unknown: Sequence[CaseComparison]
    clear: Sequence[CaseComparison]

    @property
    def summary(self) -> str:
        """8份名单：1份比对到，7份里都没有."""
        counts = ((self.hits, "比对到"), (self.unknown, "不能算没有"), (self.clear, "里没有"))
        words = "，".join(f"{len(rows)}份{said}" for rows, said in counts if rows)
        return f"{len(self.hits) + len(self.unknown) + len(self.clear)}份名单：{words}"

    @property
    def clear_words(self) -> str:
        """7份名单里都没有（截至4月30日，39天前）."""
        days = {row.as_of for row in self.clear if row.as_of is not None}
        since = (
            f"（{'最早的' if len(days) > 1 else ''}截至{short_day(min(days))}，{days_ago(min(days))}）" if days else ""
        )
        return f"{len(self.clear)}份名单里都没有{since}"


def compared(page: CasePage) -> Compared | None:
    """None where nothing was compared. An opinion counts while the list still says the same."""
    if not page.comparisons:
        return None
    found = [row for row in page.comparisons if row.matched]
    opinions = queries.settled_hits(page.case) if found else []
    return Compared(
        hits=[_hit(page, row, opinions) for row in found],
        unknown=[row for row in page.comparisons if row.light == "idle"],
        clear=[row for row in page.comparisons if row.light == "ok"],
    )


def waits_for_words(found: Compared | None, remarked: Sequence[datetime]) -> bool:
    """Whether a list names the applicant and nobody has written how that was looked into since.

    remarked: when officers wrote about the case.
    """
    open_hits = [hit for hit in found.hits if hit.settled is None and hit.means] if found is not None else []
    return any(not any(at >= hit.row.compared_at for at in remarked) for hit in open_hits)


def _hit(page: CasePage, row: CaseComparison, opinions: Sequence[ComparisonHit]) -> Hit:
    declared_list = declared.pack_of(page.case).lists.get(row.list_id)
    told = told_of(row.rows, declared_list, [page.case.firm])
    settled_itself = row.effect == "inform" and all_own(row.rows, declared_list, [page.case.firm])
    same = (one for one in opinions if one.list_id == row.list_id and one.rows == row.rows)
    return Hit(row, told, "" if settled_itself else WARNS.get(row.effect, ""), next(same, None))
