"""Splitting a target over the counties: a draft may be short, what is put up and issued adds up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.regions import parent
from guiyan.kernel.turns import take_turn
from guiyan.plans.models import Indicator, TargetShare, TargetSplit
from guiyan.plans.models.amounts import amount_words
from guiyan.plans.queries.splits import draft_of, in_force, per_region, places_to_split
from guiyan.plans.sharing import LEAST_GROWTH, faults_of

FLOW = "target-split"
LARGEST = Decimal(10) ** 15


@transaction.atomic
def save_split(
    actor: Actor,
    *,
    indicator: Indicator,
    year: int,
    values: Mapping[int, Decimal | None],
    basis: str = "hand",
    reason: str = "",
    seen: str = "",
) -> TargetSplit:
    """Keep a draft of the shares, whether it adds up or not; the first save of a year begins a version.

    values: place -> share in the indicator's unit, None where nobody filled it in yet.
    seen: the draft's `mark` as the page showed it; a draft changed since is not overwritten.
    """
    require(actor, "target.propose", indicator, unit=None)
    if indicator.goal is None:
        raise Refused("文件没有写这个指标的目标数，没有可以分解的。", "no-target")
    take_turn(f"split:{indicator.id}:{year}")
    split = draft_of(indicator, year)
    if split is not None and split.state != "draft":
        raise Refused("这一版已经报请下达，先由下达单位退回才能改。", "proposed")
    if split is not None and seen != split.mark:
        raise Refused(f"这一版刚刚由{split.proposed_by}改过，请刷新页面看最新的数再改。", "changed")
    before = in_force(indicator, year)
    if before is not None and not reason.strip():
        raise Refused("这个指标已经下达过，调整要写明理由。", "reason")
    checked = _checked(indicator, values)
    split = split or TargetSplit(indicator=indicator, year=year, version=_next(indicator, year))
    split.total, split.basis, split.reason = indicator.goal, basis, reason.strip()[:300]
    split.proposed_by, split.saved_at = actor.label, calendar.now()
    if split.pk is None:
        office = offices.office_of(actor, "target.propose")
        split.region, split.unit_id = indicator.region, office.unit_id
        split = workflow.begin(split, FLOW, actor=actor)
    split.save()
    _write(split, checked)
    audit.record(actor, "target.save", f"split:{split.id}", region=split.region, detail={"year": year})
    return split


def _next(indicator: Indicator, year: int) -> int:
    return TargetSplit.objects.filter(indicator=indicator, year=year).count() + 1


def _checked(indicator: Indicator, values: Mapping[int, Decimal | None]) -> dict[int, Decimal | None]:
    """A share for each place of the city; whole for what is counted. Raises Refused naming the place."""
    places = places_to_split()
    unknown = [code for code in values if code not in places]
    if unknown:
        raise Refused(f"区划{unknown[0]}不是本市的县（市、区）或功能区。", "place")
    for code, value in values.items():
        if value is not None:
            _check(indicator, places[code], value)
    return {code: values.get(code) for code in places}


def _check(indicator: Indicator, name: str, value: Decimal) -> None:
    least = LEAST_GROWTH if indicator.kind == "growth_rate" else Decimal(0)
    if not least <= value <= LARGEST:
        raise Refused(f"{name}的目标应在{amount_words(least, indicator.unit)}以上，最多15位数。", "bounds")
    if indicator.kind == "count" and value != value.to_integral_value():
        raise Refused(f"{name}的目标应为整数，不能是{value.normalize():f}。", "whole")


def _write(split: TargetSplit, values: Mapping[int, Decimal | None]) -> None:
    """The draft's shares as they now are; a version once issued is never written again."""
    counties = {code for code in values if code % 10**6 == 0}
    split.shares.all().delete()
    TargetShare.objects.bulk_create(
        TargetShare(
            split=split,
            place=code,
            inside=None if code in counties else parent(code),
            value=value,
            region=split.region,
        )
        for code, value in values.items()
    )


def split_faults(split: TargetSplit) -> list[str]:
    """Why a split can't be issued; empty when it can."""
    indicator = split.indicator
    found = faults_of(indicator, list(split.shares.all()), per_region=per_region(indicator))
    if split.total != indicator.goal:
        found.append("全市目标在拟定以后变了，请打开重存一次")
    return found


@transaction.atomic
def propose_split(actor: Actor, *, split: TargetSplit) -> TargetSplit:
    """Put a draft up for issuing. Raises Refused, saying by how much, while it does not add up."""
    require(actor, "target.propose", split, unit=None)
    _refuse_faults(split, "报请下达")
    split = workflow.advance(split, "propose", actor=actor, facts={"adds_up": True})
    audit.record(actor, "target.propose", f"split:{split.id}", region=split.region)
    return split


@transaction.atomic
def issue_split(actor: Actor, *, split: TargetSplit) -> TargetSplit:
    """Put a split in force: the counties see their targets, the version before it stays to be read.

    Raises Refused for whoever drew it up, and while it does not add up.
    """
    require(actor, "target.issue", split, unit=None)
    take_turn(f"split:{split.indicator_id}:{split.year}")
    _refuse_faults(split, "下达")
    before = in_force(split.indicator, split.year)
    if before is not None and split.state == "proposed":
        workflow.advance(before, "replace", actor=actor)
    split = workflow.advance(split, "issue", actor=actor, facts={"adds_up": True}, reason=split.reason)
    split.issued_by, split.issued_at, split.is_public = actor.label, calendar.now(), True
    split.save(update_fields=["issued_by", "issued_at", "is_public"])
    split.shares.update(is_public=True)
    detail = {"year": split.year, "version": split.version}
    audit.record(actor, "target.issue", f"split:{split.id}", region=split.region, detail=detail)
    return split


def _refuse_faults(split: TargetSplit, what: str) -> None:
    faults = split_faults(split)
    if faults:
        raise Refused(f"不能{what}：{'；'.join(faults)}。", "adds-up")


@transaction.atomic
def send_back_split(actor: Actor, *, split: TargetSplit, reason: str) -> TargetSplit:
    """Give a split back to whoever drew it up."""
    require(actor, "target.issue", split, unit=None)
    split = workflow.advance(split, "send_back", actor=actor, reason=reason)
    audit.record(actor, "target.send_back", f"split:{split.id}", region=split.region)
    return split


@transaction.atomic
def drop_split(actor: Actor, *, split: TargetSplit, reason: str) -> TargetSplit:
    """Give up a draft; the split in force stays."""
    require(actor, "target.propose", split, unit=None)
    split = workflow.advance(split, "drop", actor=actor, reason=reason)
    audit.record(actor, "target.drop", f"split:{split.id}", region=split.region)
    return split
