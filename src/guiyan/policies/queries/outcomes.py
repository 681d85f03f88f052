"""Golden cases of a draft: what each says, what came out, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guiyan.engine.rules import CompiledMeasure, FactError
from guiyan.engine.rules.golden import compared, screened
from guiyan.engine.rules.model import GoldenCase
from guiyan.engine.rules.screen import ScreenResult
from guiyan.kernel.calendar import long_day
from guiyan.policies.fault_words import in_chinese

VERDICTS = {"yes": "符合", "no": "不符合", "unknown": "还不能确定", "expired": "已到期"}


@dataclass(frozen=True)
class CaseOutcome:
    """place: which of the draft's cases. expected, got: in words. why: each condition and how it stands."""

    place: int
    title: str
    expected: str
    got: str
    why: str
    holds: bool


def outcome_of(case: GoldenCase, place: int, measure: CompiledMeasure) -> CaseOutcome:
    try:
        found = screened(case, measure)
    except FactError as wrong:
        expected = VERDICTS[case.verdict]
        return CaseOutcome(place, case.title, expected, "没有算成", in_chinese(str(wrong)), False)
    pairs = list(compared(case, found))
    labels = Labels(measure)
    return CaseOutcome(
        place,
        case.title,
        "；".join(labels.words(key, wanted) for key, wanted, _ in pairs),
        "；".join(labels.words(key, came) for key, _, came in pairs),
        why(found),
        all(wanted == came for _, wanted, came in pairs),
    )


def why(found: ScreenResult) -> str:
    """返乡人员：符合；初次办理注册登记：不符合"""
    return "；".join(f"{reason.label}：{VERDICTS[reason.verdict]}" for reason in found.reasons) or "没有条件"


@dataclass(frozen=True)
class Labels:
    measure: CompiledMeasure

    def words(self, key: str, value: object) -> str:
        """One thing that a case says, in words; amounts are in fen."""
        if key == "verdict":
            return VERDICTS[str(value)]
        if key in ("missing", "amount_missing") and isinstance(value, Sequence):
            names = "、".join(self.names(value))
            what = "还要知道" if key == "missing" else "金额还要知道"
            return f"{what}：{names}" if names else f"不用再问{'' if key == 'missing' else '金额的事'}"
        if key == "unpublished":
            return "金额未公布" if value else "金额已公布"
        if key == "valid_until":
            return f"管到{long_day(value)}" if value is not None else "一直管用"  # type: ignore[arg-type]
        least = "最少" if key == "amount_min_yuan" else ""
        return f"{least}{in_yuan(value)}" if isinstance(value, int) else f"{least}没有金额"

    def names(self, facts: Sequence[str]) -> Iterator[str]:
        for name in facts:
            fact = self.measure.catalogue.get(name)
            yield fact.label if fact is not None else name


def in_yuan(fen: int) -> str:
    yuan, rest = divmod(fen, 100)
    return f"{yuan:,}.{rest:02d}元" if rest else f"{yuan:,}元"
