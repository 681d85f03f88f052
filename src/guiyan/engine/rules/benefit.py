"""What a measure declares that it gives: plain amounts, tiers, successive payments, top-ups; and parameters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field, model_validator

from guiyan.engine.values import Declared, YamlText
from guiyan.engine.values.regions import region_code

BenefitKind = Literal["grant", "award", "subsidy", "loan", "interest_subsidy", "waiver", "service", "card"]


class Parameter(Declared):
    """A value that a version fixes: conditions name it, amounts call `:name`. No `value`: not published.

    by_region: region code → value, for the region that the fact `on` names; the smallest region around it counts.
    Nobody outside the regions listed meets a condition that asks the parameter; an amount there is not published.
    """

    label: YamlText
    type: Literal["int", "date", "text", "code", "region"]
    value: str | None = None
    by_region: Mapping[str, str | None] = Field(default_factory=dict)
    on: str | None = None
    set_by: YamlText

    @model_validator(mode="after")
    def one_value_or_one_for_each_region(self) -> Parameter:
        if self.by_region and self.value is not None:
            raise ValueError("give `value` or `by_region`, not both")
        if bool(self.by_region) != (self.on is not None):
            raise ValueError("`by_region` and `on`, the fact whose region counts, belong together")
        codes = [region_code(written) for written in self.by_region]
        if len(set(codes)) != len(codes):
            raise ValueError("`by_region` names one region twice")
        return self


class Sum(Declared):
    """Amounts in yuan, exact; `:name` takes a parameter. `amount_yuan` fixes both ends."""

    amount_yuan: str | None = None
    amount_min_yuan: str | None = None
    amount_max_yuan: str | None = None
    rate_percent: str | None = None

    @model_validator(mode="after")
    def one_way_to_say_the_amount(self) -> Sum:
        if self.amount_yuan is not None and (self.amount_min_yuan or self.amount_max_yuan):
            raise ValueError("give `amount_yuan` or its two ends, not both")
        return self

    @property
    def given(self) -> bool:
        return any(each is not None for each in (self.amount_yuan, self.amount_min_yuan, self.amount_max_yuan))


class Payments(Declared):
    """Successive payments: the first while the fact `by` is 1, the second at 2, and so on."""

    by: YamlText
    amounts_yuan: tuple[str, ...] = Field(min_length=2)


class BenefitTier(Sum):
    """Given to those of whom `when` holds and of whom no tier before it did; only the last may stand without `when`."""

    label: YamlText
    when: str | None = None
    payments: Payments | None = None

    @model_validator(mode="after")
    def payments_are_the_amount(self) -> BenefitTier:
        if self.payments is not None and self.given:
            raise ValueError("give one amount or `payments`, not both")
        return self


class Benefit(Sum):
    """What is given: one amount for all, or tiers of which the first that holds counts.

    less_received: measures whose money is taken off what this one pays (补差); its own id for successive payments.
    """

    kind: BenefitKind
    tiers: tuple[BenefitTier, ...] = ()
    less_received: tuple[str, ...] = ()

    @model_validator(mode="after")
    def amounts_stand_in_one_place(self) -> Benefit:
        if self.tiers and (self.given or self.rate_percent is not None):
            raise ValueError("with `tiers`, amounts and rates stand in the tiers")
        for place, tier in enumerate(self.tiers):
            if tier.when is None and place < len(self.tiers) - 1:
                raise ValueError(f"tier {place + 1} stands without `when` before the last: nobody reaches those after")
        return self
