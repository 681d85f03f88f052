"""A declared benefit → `Amounts`: tiers told apart, successive payments numbered, regional sums spelt out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from guiyan.engine.rules import tree
from guiyan.engine.rules.amounts import ALWAYS, Amounts, Tier
from guiyan.engine.rules.benefit import Benefit, BenefitTier, Parameter, Sum
from guiyan.engine.rules.core import All, Core
from guiyan.engine.rules.errors import Path, PlacedRuleError, RuleError, at
from guiyan.engine.rules.exact import outlook
from guiyan.engine.rules.parse import parse
from guiyan.engine.rules.regional import cases, resolved
from guiyan.engine.rules.resolve import Resolver
from guiyan.engine.values.declared import fen, yuan

RECEIVED_YUAN = "received_yuan"
Parameters = Mapping[str, Parameter]


@dataclass(frozen=True)
class Declared:
    """One tier as it stands in the measure; `when` is None where it holds for all that are left."""

    path: Path
    label: str
    when: tree.Tree | None
    least_fen: int | None
    most_fen: int | None
    rate_percent: Decimal | None = None
    before_fen: int = 0
    unpublished: bool = False
    step: str = ""


@dataclass(frozen=True)
class ReadBenefit:
    """`rest`: that something of it is still to be paid; None where nothing is taken off."""

    amounts: Amounts
    rest: tree.Tree | None


def read_benefit(benefit: Benefit, resolver: Resolver, here: Path) -> ReadBenefit:
    """Raises PlacedRuleError below `here`, where the benefit stands in the measure."""
    declared = told_apart(list(written(benefit, resolver.parameters, here)), resolver)
    tiers = tuple(
        Tier(
            label=each.label,
            core=ALWAYS if each.when is None else resolved(each.when, resolver),
            least_fen=each.least_fen,
            most_fen=each.most_fen,
            rate_percent=each.rate_percent,
            before_fen=each.before_fen,
            unpublished=each.unpublished,
            step=each.step,
        )
        for each in declared
    )
    keys = tuple(dict.fromkeys(benefit.less_received))
    with at((*here, "less_received")):
        less = tuple(resolver.keyed(RECEIVED_YUAN, key, "map") for key in keys)
    return ReadBenefit(Amounts(tiers, less), something_left(declared, keys) if keys else None)


def told_apart(declared: list[Declared], resolver: Resolver) -> list[Declared]:
    """Each with those before it shut out; those that can't hold together with it are left alone."""
    cores: list[Core] = []
    found: list[Declared] = []
    for place, each in enumerate(declared):
        with at(each.path):
            cores.append(ALWAYS if each.when is None else resolved(each.when, resolver))
        before = [
            tree.Not(earlier.when)
            for earlier, core in zip(declared[:place], cores, strict=False)
            if earlier.when is not None and outlook(All((core, cores[place])), {}).can_hold
        ]
        parts = [*before, *([] if each.when is None else [each.when])]
        found.append(replace(each, when=tree.all_of(parts) if parts else None))
    return found


def something_left(declared: Sequence[Declared], keys: Sequence[str]) -> tree.Tree:
    """What was received is less than what is paid in all, up to and with this payment."""
    parts: list[tree.Tree] = []
    for each in declared:
        if each.most_fen is None:
            raise PlacedRuleError(each.path, "what was received can't be taken off a sum that is not stated")
        left = received_below(keys, each.before_fen + each.most_fen)
        parts.append(left if each.when is None else tree.all_of([each.when, left]))
    ends = {each.before_fen + (each.most_fen or 0) for each in declared}
    return received_below(keys, ends.pop()) if len(ends) == 1 else tree.any_of(parts)


def received_below(keys: Sequence[str], limit_fen: int) -> tree.Tree:
    """Whole yuan are below a limit in fen when they are below the next whole yuan."""
    total: tree.Operand = tree.Amount(RECEIVED_YUAN, keys[0])
    for key in keys[1:]:
        total = tree.Arithmetic("+", total, tree.Amount(RECEIVED_YUAN, key))
    return tree.Compare("<", total, tree.Number(-(-limit_fen // 100)))


def written(benefit: Benefit, parameters: Parameters, here: Path) -> Iterator[Declared]:
    """The tiers in their order, one for each payment and each region."""
    if not benefit.tiers:
        yield from by_region(benefit, "", None, parameters, here)
    for place, tier in enumerate(benefit.tiers):
        path = (*here, "tiers", place)
        with at((*path, "when")):
            when = None if tier.when is None else parse(tier.when)
        step = str(place + 1)
        if tier.payments is None:
            yield from (replace(one, step=step) for one in by_region(tier, tier.label, when, parameters, path))
        else:
            for number, one in enumerate(successive(tier, when, parameters, path), start=1):
                yield replace(one, step=f"{step}.{number}")


def successive(tier: BenefitTier, when: tree.Tree | None, parameters: Parameters, path: Path) -> Iterator[Declared]:
    assert tier.payments is not None
    before = 0
    for place, text in enumerate(tier.payments.amounts_yuan):
        number = tree.Compare("=", tree.Name(tier.payments.by), tree.Number(place + 1))
        here = (*path, "payments", "amounts_yuan", place)
        one = read(Sum(amount_yuan=text, rate_percent=tier.rate_percent), parameters, here)
        if one.most_fen is None:
            raise PlacedRuleError(here, "a successive payment needs a sum, or what comes after it can't be told")
        yield replace(
            one,
            label=f"{tier.label}（第{place + 1}次）",
            when=number if when is None else tree.all_of([when, number]),
            before_fen=before,
        )
        before += one.most_fen


def by_region(sum_: Sum, label: str, when: tree.Tree | None, parameters: Parameters, path: Path) -> Iterator[Declared]:
    """One tier, or one for each region where a parameter of its sum has them; elsewhere the sum is not published."""
    found = list(cases(parameters, (text[1:] for text in texts(sum_) if text.startswith(":"))))
    for where, fixed in found:
        parts = [part for part in (when, where) if part is not None]
        yield replace(read(sum_, fixed, path), label=label, when=tree.all_of(parts) if parts else None)
    if found[0][0] is not None:
        yield Declared(path, label, when, None, None, unpublished=True)


def texts(sum_: Sum) -> Iterator[str]:
    for text in (sum_.amount_yuan, sum_.amount_min_yuan, sum_.amount_max_yuan, sum_.rate_percent):
        if text is not None:
            yield text


def read(sum_: Sum, parameters: Parameters, path: Path) -> Declared:
    def value(text: str | None) -> Decimal | None:
        if text is not None and text.startswith(":"):
            text = parameter_value(text[1:], parameters)
        return None if text is None else yuan(text)

    with at(path):
        least, most = value(sum_.amount_yuan or sum_.amount_min_yuan), value(sum_.amount_yuan or sum_.amount_max_yuan)
        if least is not None and most is not None and least > most:
            raise RuleError("the smallest amount is larger than the largest")
        hidden = sum_.given and least is None and most is None
        return Declared(
            path,
            "",
            None,
            None if least is None else fen(least),
            None if most is None else fen(most),
            value(sum_.rate_percent),
            unpublished=hidden,
        )


def parameter_value(name: str, parameters: Parameters) -> str | None:
    parameter = parameters.get(name)
    if parameter is None:
        raise RuleError(f"unknown parameter `{name}`. Known: {', '.join(parameters) or 'none'}")
    if parameter.by_region:
        raise RuleError(f"parameter `{name}` differs by region, which successive payments may not")
    return parameter.value
