"""What others read of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from psycopg import sql

from guiyan.accounts.models import Region
from guiyan.accounts.permissions import visible
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.ledger.accounts import POTS, payer_region
from guiyan.ledger.models import Account, Entitlement, PaymentLine, PaymentRequest, Recovery, Transfer
from guiyan.registers import queries as registers


def requests_for(actor: Actor) -> QuerySet[PaymentRequest]:
    """Payment requests the actor may see, newest first, with how many lines are paid and returned."""
    rows = visible(actor, "payment.view", PaymentRequest.objects.all(), region="region")
    return (
        rows.select_related("file")
        .annotate(
            paid_lines=Count("lines", filter=Q(lines__result__outcome="paid")),
            returned_lines=Count("lines", filter=Q(lines__result__outcome="returned")),
        )
        .order_by("-id")
    )


def request_by_number(actor: Actor, number: str) -> PaymentRequest:
    found = requests_for(actor).filter(number=number).first()
    if found is None:
        raise NotFound("没有这份支付申请，或者不在您的管辖范围。")
    return found


def lines_for(case_ref: str) -> QuerySet[PaymentLine]:
    """Every attempt to pay a case, newest first."""
    return PaymentLine.objects.filter(case_ref=case_ref).select_related("request", "result").order_by("-attempt")


def entitlement_for(case_ref: str) -> Entitlement | None:
    return Entitlement.objects.filter(case_ref=case_ref).order_by("-id").first()


def entitlements_of(subject_id: int, measure_id: str | None = None) -> QuerySet[Entitlement]:
    """What a person holds or has had paid and not given back."""
    rows = Entitlement.objects.filter(subject_id__in=registers.same_as(subject_id), ended_at=None)
    return rows.filter(measure_id=measure_id) if measure_id else rows


def given_by_measure(subject_id: int, *, besides: str = "") -> dict[str, int]:
    """Measure → what a person or firm holds or was paid of it, in fen, what was given back aside.

    besides: the case that is being decided.
    """
    rows = entitlements_of(subject_id).exclude(case_ref=besides).values_list("measure_id")
    return dict(rows.annotate(fen=Sum("amount_fen")).order_by())


def given_fen(subject_id: int, measures: Sequence[str], *, besides: str = "") -> int:
    """What somebody holds or was paid of these measures together."""
    given = given_by_measure(subject_id, besides=besides)
    return sum(given.get(one, 0) for one in dict.fromkeys(measures))


def held_by() -> sql.Composed:
    """`entitlements_of` in sets, as SQL: (whom, measure), beside a relation `same(id, canonical_id)` of those asked."""
    return sql.SQL(
        "SELECT same.canonical_id AS whom, e.measure_id AS measure FROM ledger_entitlement e"
        " JOIN same ON same.id = e.subject_id WHERE e.ended_at IS NULL"
    ).format()


def recovery_for(case_ref: str) -> Recovery | None:
    return Recovery.objects.filter(case_ref=case_ref).prefetch_related("receipts").first()


@dataclass(frozen=True, slots=True)
class PotRow:
    pot: str
    title: str
    balance_fen: int


def pots(programme: str, region: int) -> list[PotRow]:
    """The six pots of a programme in a county; one that was never used stands at 0."""
    rows = Account.objects.filter(programme=programme, region=payer_region(region))
    known = dict(rows.values_list("pot", "balance_fen"))
    return [PotRow(p.id, p.title, known.get(p.id, 0)) for p in POTS.values()]


def balance(programme: str, region: int, pot: str) -> int:
    """What a pot holds, in fen; 0 for one that was never used."""
    return next(row.balance_fen for row in pots(programme, region) if row.pot == pot)


def accounts_for(actor: Actor) -> QuerySet[Account]:
    return visible(actor, "ledger.view", Account.objects.all(), region="region").order_by("region", "programme", "id")


def transfers_for(actor: Actor) -> QuerySet[Transfer]:
    rows = visible(actor, "ledger.view", Transfer.objects.all(), region="region")
    return rows.select_related("debit", "credit").order_by("-id")


def payments_of(subject_id: int) -> Sequence[PaymentLine]:
    """Payments that arrived at a person."""
    paid = PaymentLine.objects.filter(subject_id__in=registers.same_as(subject_id), result__outcome="paid")
    return list(paid.select_related("request", "result"))


def dataset(name: str) -> QuerySet[PaymentLine]:
    """Typed datasets for indicators: `payments`, one row a paid line (grain: line; amount_fen, region, result__on)."""
    if name != "payments":
        raise KeyError(f"ledger has no dataset {name!r}; it has: payments")
    return PaymentLine.objects.filter(result__outcome="paid").select_related("result", "entitlement")


def unsettled(rows: QuerySet[PaymentRequest]) -> QuerySet[PaymentRequest]:
    """Requests with a line that has no answer yet."""
    return rows.filter(lines__in=PaymentLine.objects.filter(result__isnull=True)).distinct()


def requests_to_answer(actor: Actor) -> QuerySet[PaymentRequest]:
    """Requests whose results the actor states and that still lack some, the oldest first."""
    rows = visible(actor, "payment.result", PaymentRequest.objects.all(), region="region")
    return unsettled(rows).order_by("id")


def unanswered_lines(requests: Sequence[PaymentRequest]) -> list[tuple[int, str]]:
    """Request and case of every line that has no answer yet."""
    rows = PaymentLine.objects.filter(request__in=requests, result__isnull=True)
    return list(rows.values_list("request_id", "case_ref"))


def with_returns(rows: QuerySet[PaymentRequest]) -> QuerySet[PaymentRequest]:
    return rows.filter(lines__result__outcome="returned").distinct()


def programmes() -> dict[str, str]:
    """Programme -> title, for every item of the city that pays."""
    return {item.payment.account_code: item.title for item in releases.current().items.values() if item.payment}


@dataclass(frozen=True, slots=True)
class PotTableRow:
    programme: str
    title: str
    region: int
    place: str
    balances: dict[str, int]


def pot_table(actor: Actor) -> list[PotTableRow]:
    """Balances of every programme and county the actor may see, one row each, by pot."""
    table: dict[tuple[str, int], dict[str, int]] = {}
    for row in accounts_for(actor):
        table.setdefault((row.programme, row.region), dict.fromkeys(POTS, 0))[row.pot] = row.balance_fen
    places = dict(Region.objects.filter(code__in={r for _, r in table}).values_list("code", "name"))
    titles = programmes()
    return [
        PotTableRow(programme, titles.get(programme, programme), region, places.get(region, str(region)), balances)
        for (programme, region), balances in table.items()
    ]


def budget_regions(actor: Actor) -> list[int]:
    """Counties whose budget the actor may enter."""
    counties = Region.objects.filter(level="county")
    return list(visible(actor, "payment.result", counties, region="code").values_list("code", flat=True))


def open_recoveries(actor: Actor) -> list[Recovery]:
    rows = visible(actor, "ledger.view", Recovery.objects.all(), region="region")
    open_ones = rows.filter(entitlement__ended_at=None).annotate(received_fen=Coalesce(Sum("receipts__amount_fen"), 0))
    return list(open_ones.order_by("id")[:50])


def recovery_by_id(actor: Actor, recovery_id: int) -> Recovery:
    found = visible(actor, "payment.result", Recovery.objects.all(), region="region").filter(id=recovery_id).first()
    if found is None:
        raise NotFound("没有这笔追回，或者不在您的管辖范围。")
    return found


def returned_between(actor: Actor, start: date, end: date, place: int) -> int:
    """How many payments came back (退票) in a period, both ends included, at a place and below."""
    low, high = subtree(place)
    rows = visible(actor, "report.view", PaymentLine.objects.filter(result__outcome="returned"), region="region")
    return rows.filter(region__gte=low, region__lt=high, result__on__range=(start, end)).count()
