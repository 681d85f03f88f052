"""The quarter's list of interest subsidies of a county: reckoned by one person, confirmed by another, then fixed."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q, Sum

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.regions import subtree
from guiyan.kernel.turns import take_turn
from guiyan.lending.books import owed_of, paid_of, standing_repayments
from guiyan.lending.models import Loan, Subsidy, SubsidyList
from guiyan.lending.numbering import county_of
from guiyan.lending.subsidising import NOTHING, Quarter, Reckoned, Share, on_time, reckon


@transaction.atomic
def prepare_list(actor: Actor, *, region: int, quarter: Quarter) -> SubsidyList:
    """Reckon what every loan of the county has earned in a quarter that is over. Again, until it is confirmed.

    Refused before the quarter's end, once confirmed, after a later quarter, and while an earlier list is open.
    """
    county = county_of(region)
    sheet = SubsidyList(region=county, quarter=quarter.code, line_count=0, total_fen=0)
    require(actor, "loan.subsidise", sheet, unit=None, subject=None)
    take_turn(f"lending.subsidy:{county}")
    _refuse_out_of_turn(county, quarter)
    SubsidyList.objects.filter(region=county, quarter=quarter.code).delete()
    sheet.prepared_at, sheet.prepared_by_id, sheet.prepared_by_label = calendar.now(), actor.user_id, actor.label
    sheet.save()
    rows = Subsidy.objects.bulk_create(list(_reckoned(sheet, quarter)))
    sheet.line_count, sheet.total_fen = len(rows), sum(row.amount_fen for row in rows)
    sheet.save(update_fields=["line_count", "total_fen"])
    told = {"rows": sheet.line_count, "fen": sheet.total_fen}
    audit.record(actor, "loan.prepare_subsidy", f"subsidy_list:{sheet.pk}", region=county, detail=told)
    return sheet


def _refuse_out_of_turn(county: int, quarter: Quarter) -> None:
    if calendar.today() <= quarter.last:
        raise Refused(f"{quarter.label}还没有过完，{quarter.next().first}起才能计算。", "too-early")
    lists = SubsidyList.objects.filter(region=county)
    if lists.filter(quarter=quarter.code, confirmed_at__isnull=False).exists():
        raise Refused(f"{quarter.label}的贴息已经确认，不能重算。以后更正的在下个季度补上或扣回。", "confirmed")
    if lists.filter(quarter__gt=quarter.code).exists():
        raise Refused("后面的季度已经计算过，漏掉的已经一并算进去了。", "later")
    earlier = lists.filter(quarter__lt=quarter.code, confirmed_at=None).order_by("quarter").first()
    if earlier is not None:
        raise Refused(f"{earlier.label}的贴息还没有确认，请先确认，再算下个季度。", "earlier-open")


def _reckoned(sheet: SubsidyList, quarter: Quarter) -> Iterator[Subsidy]:
    low, high = subtree(sheet.region)
    loans = Loan.objects.filter(region__gte=low, region__lt=high, subsidy_percent__gt=0, from_on__lte=quarter.last)
    for loan in loans.filter(_may_still_earn(quarter)).select_for_update(of=("self",)).order_by("id"):
        row = _row(sheet, loan, quarter)
        if row.amount_fen or row.interest_fen:
            yield row


def _may_still_earn(quarter: Quarter) -> Q:
    """Settled loans are looked at again for a year: what a bank states late, or takes back, is made good."""
    year_ago = Quarter(quarter.year - 1, quarter.number).first
    return Q(settled_on=None) | Q(settled_on__gte=year_ago)


def _row(sheet: SubsidyList, loan: Loan, quarter: Quarter) -> Subsidy:
    owed, paid = owed_of(loan), paid_of(standing_repayments(loan))
    share = Share(loan.principal_fen, loan.covered_fen, loan.subsidy_percent)
    now = reckon(owed, paid, share, quarter, _before(loan))
    return Subsidy(
        quarter_list=sheet,
        loan=loan,
        quarter=quarter.code,
        interest_fen=now.interest_fen,
        basis_fen=now.basis_fen,
        rate_percent=loan.subsidy_percent,
        amount_fen=now.amount_fen,
        lines=[
            {
                "due_on": one.owed.due_on.isoformat(),
                "paid_on": one.paid.on.isoformat(),
                "interest_fen": one.interest_fen,
            }
            for one in on_time(owed, paid, quarter.last)
            if one.owed.due_on >= quarter.first
        ],
        region=loan.region,
        subject_id=loan.subject_id,
    )


def _before(loan: Loan) -> Reckoned:
    sums = loan.subsidies.aggregate(interest=Sum("interest_fen"), basis=Sum("basis_fen"), amount=Sum("amount_fen"))
    return Reckoned(sums["interest"], sums["basis"], sums["amount"]) if sums["amount"] is not None else NOTHING


@transaction.atomic
def confirm_list(actor: Actor, *, sheet: SubsidyList) -> SubsidyList:
    """Confirm, by another person than reckoned it (审办分离), what is due; from here on nothing of it changes."""
    require(actor, "loan.confirm", sheet, unit=None, subject=None)
    take_turn(f"lending.subsidy:{sheet.region}")
    row = SubsidyList.objects.select_for_update().filter(pk=sheet.pk).first()
    if row is None:
        raise NotFound
    if row.confirmed_at is not None:
        raise Refused("这份清单已经确认过。", "confirmed")
    if row.prepared_by_id is not None and row.prepared_by_id == actor.user_id:
        raise Refused("这份清单由您计算，按审办分离的要求，必须由另一人确认。", "same_person")
    _refuse_own(actor, row)
    row.confirmed_at, row.confirmed_by_id, row.confirmed_by_label = calendar.now(), actor.user_id, actor.label
    row.save(update_fields=["confirmed_at", "confirmed_by_id", "confirmed_by_label"])
    told = {"rows": row.line_count, "fen": row.total_fen}
    audit.record(actor, "loan.confirm_subsidy", f"subsidy_list:{row.pk}", region=row.region, detail=told)
    return row


def _refuse_own(actor: Actor, sheet: SubsidyList) -> None:
    if actor.subject_ids and sheet.rows.filter(subject_id__in=actor.subject_ids).exists():
        raise Refused("清单里有您本人的贷款，请由其他同事确认。", "own_case")
