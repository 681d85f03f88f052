"""What is given → what the page draws: one sum, or tiers each with its own sum or payments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from guiyan.desk.rules.benefit_reading import PAYMENTS, TIERS, WAYS, way_of
from guiyan.desk.rules.choices import Choice, Choices
from guiyan.desk.rules.content import Data, last_version, listed, mapping, row_of, words
from guiyan.desk.rules.row_showing import GroupView, LineView, shown
from guiyan.desk.rules.showing import Errors, sentence_of

BENEFITS: list[Choice] = [
    ("grant", "一次性补贴"),
    ("subsidy", "补贴"),
    ("award", "奖补"),
    ("loan", "贷款"),
    ("interest_subsidy", "贴息"),
    ("waiver", "免除"),
    ("service", "服务"),
    ("card", "服务卡"),
]
WAY_WORDS: list[Choice] = [
    ("fixed", "固定金额"),
    ("up_to", "最高多少"),
    ("range", "两个数之间"),
    ("from", "最少多少"),
    ("none", "不是给钱"),
    (TIERS, "分档给"),
]
TIER_WAYS: list[Choice] = [*WAY_WORDS[:5], (PAYMENTS, "分几次给")]
ENDS = {"amount_yuan": "金额", "amount_min_yuan": "最少", "amount_max_yuan": "最多"}


@dataclass(frozen=True)
class MoneyView:
    """One box for a sum of yuan or a percentage; `token` is a parameter instead."""

    name: str
    label: str
    unit: str
    literal: str
    token: str
    parameters: list[Choice]


@dataclass(frozen=True)
class SumView:
    prefix: str
    way: str
    ways: list[Choice]
    amounts: list[MoneyView]
    rate: MoneyView


@dataclass(frozen=True)
class TierView:
    prefix: str
    place: int
    label: str
    is_rest: bool
    row: LineView | GroupView | None
    sentence: str
    sum: SumView
    by: str
    payments: list[MoneyView]
    error: str


@dataclass(frozen=True)
class BenefitView:
    kind: str
    sum: SumView
    tiers: list[TierView]
    less: list[tuple[str, str, bool]]
    counts: list[tuple[str, list[Choice]]]  # facts that successive payments may go by

    @property
    def pays_rate(self) -> bool:
        return self.kind in ("loan", "interest_subsidy")

    @property
    def has_less(self) -> bool:
        return any(ticked for _, _, ticked in self.less)


def benefit_of(content: Data, choices: Choices, errors: Errors) -> BenefitView:
    data = mapping(last_version(content).get("benefit"))
    less = [str(one) for one in listed(data.get("less_received"))]
    titles = dict(choices.measures)
    titles |= {name: name for name in less if name not in titles}
    return BenefitView(
        kind=words(data.get("kind")),
        sum=sum_view("b", data, choices, WAY_WORDS, TIERS if data.get(TIERS) else way_of(data)),
        tiers=[tier_view(place, mapping(tier), choices, errors) for place, tier in enumerate(listed(data.get(TIERS)))],
        less=[(name, label, name in less) for name, label in titles.items()],
        counts=[("数量", [(fact.id, fact.label) for fact in choices.saying.facts() if fact.type == "int"])],
    )


def sum_view(prefix: str, data: Mapping[str, object], choices: Choices, ways: list[Choice], way: str) -> SumView:
    keys = WAYS.get(way, ())
    amounts = [money_view(f"{prefix}.{key}", ENDS[key], "元", data.get(key), choices) for key in keys]
    rate = money_view(f"{prefix}.rate_percent", "比例", "%", data.get("rate_percent"), choices)
    return SumView(prefix, way, ways, amounts, rate)


def money_view(name: str, label: str, unit: str, value: object, choices: Choices) -> MoneyView:
    written = words(value)
    is_token = written.startswith(":")
    parameters = [(f":{one}", p.label) for one, p in choices.saying.parameters.items() if p.type in ("int", "text")]
    if is_token and written not in dict(parameters):
        parameters.append((written, f"{written[1:]}（没有这个参数）"))
    return MoneyView(name, label, unit, "" if is_token else written, written if is_token else "", parameters)


def tier_view(place: int, data: Data, choices: Choices, errors: Errors) -> TierView:
    prefix = f"t{place}"
    row = row_of(data.get("when")) if "when" in data else None
    payments = mapping(data.get(PAYMENTS))
    each = listed(payments.get("amounts_yuan"))
    return TierView(
        prefix=prefix,
        place=place,
        label=words(data.get("label")),
        is_rest="when" not in data,
        row=shown(row, f"{prefix}.w", choices) if row is not None else None,
        sentence=sentence_of(row, choices.saying) if "when" in data else "以上各档都不是的",
        sum=sum_view(prefix, data, choices, TIER_WAYS, way_of(data)),
        by=words(payments.get("by")),
        payments=[money_view(f"{prefix}.pay{n}", f"第{n + 1}次", "元", one, choices) for n, one in enumerate(each)],
        error=errors.get(prefix, ""),
    )
