"""A benefit as a Chinese sentence, generated from its tiers as conditions are from their trees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from guiyan.engine.rules.benefit import Benefit, BenefitTier, Parameter, Sum
from guiyan.engine.rules.catalogue import Catalogue
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.sentence import place, sentence
from guiyan.engine.values.declared import yuan

Parameters = Mapping[str, Parameter]


def benefit_sentence(benefit: Benefit, catalogue: Catalogue, parameters: Parameters) -> str:
    """境外上市的：300万元；境内上市的：分3次，100万元、200万元、200万元；扣除先前领过的…; empty without a sum."""
    parts = [tier_words(tier, catalogue, parameters) for tier in benefit.tiers] or [
        sum_words(benefit, parameters, catalogue)
    ]
    return "；".join(part for part in (*parts, less_words(benefit, catalogue)) if part)


@dataclass(frozen=True)
class TierWords:
    """One tier as a row of a table: what it is called, whose it is by its rule, what it gives."""

    label: str
    who: str
    gives: str


def tier_table(benefit: Benefit, catalogue: Catalogue, parameters: Parameters) -> list[TierWords]:
    """In their order: the first that fits counts. Empty without tiers."""
    return [
        TierWords(
            tier.label,
            "其他情况" if tier.when is None else sentence(parse(tier.when), catalogue, parameters),
            sum_words(tier, parameters, catalogue),
        )
        for tier in benefit.tiers
    ]


def less_words(benefit: Benefit, catalogue: Catalogue) -> str:
    """扣除先前领过的企业上市挂牌奖励; empty where nothing is taken off."""
    names = "、".join(catalogue.names.get(one, one) for one in benefit.less_received)
    return f"扣除先前领过的{names}" if names else ""


def tier_words(tier: BenefitTier, catalogue: Catalogue, parameters: Parameters) -> str:
    who = "其他的" if tier.when is None else f"{sentence(parse(tier.when), catalogue, parameters)}的"
    return f"{who}：{sum_words(tier, parameters, catalogue)}"


def sum_words(sum_: Sum, parameters: Parameters, catalogue: Catalogue) -> str:
    return "，".join(sums(sum_, parameters, catalogue))


def sums(sum_: Sum, parameters: Parameters, catalogue: Catalogue) -> Iterator[str]:
    fixed, low, high = sum_.amount_yuan, sum_.amount_min_yuan, sum_.amount_max_yuan
    if isinstance(sum_, BenefitTier) and sum_.payments is not None:
        each = "、".join(money(text, parameters, catalogue) for text in sum_.payments.amounts_yuan)
        yield f"分{len(sum_.payments.amounts_yuan)}次，{each}"
    elif fixed is not None:
        yield money(fixed, parameters, catalogue)
    elif low is not None and high is not None:
        yield f"{money(low, parameters, catalogue)}到{money(high, parameters, catalogue)}"
    elif high is not None:
        yield f"最高{money(high, parameters, catalogue)}"
    elif low is not None:
        yield f"{money(low, parameters, catalogue)}起"
    if sum_.rate_percent is not None:
        yield f"按{rate(sum_.rate_percent, parameters)}"


def money(text: str, parameters: Parameters, catalogue: Catalogue) -> str:
    """5,000元；200万元；by region: 通山县6,000元、咸宁市5,000元; 未公布."""
    if not text.startswith(":"):
        return in_yuan(text)
    parameter = parameters[text[1:]]
    if not parameter.by_region:
        return "未公布" if parameter.value is None else in_yuan(parameter.value)
    each = (
        f"{place(code, catalogue)}{'未公布' if value is None else in_yuan(value)}"
        for code, value in parameter.by_region.items()
    )
    return "、".join(each)


def in_yuan(text: str) -> str:
    amount = yuan(text)
    return f"{amount // 10_000:,f}万元" if amount and amount % 10_000 == 0 else f"{amount:,f}元"


def rate(text: str, parameters: Parameters) -> str:
    if text.startswith(":"):
        value = parameters[text[1:]].value
        return "未公布的比例" if value is None else f"{value}%"
    return f"{text}%"
