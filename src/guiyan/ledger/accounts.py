"""Chart of accounts: six pots for each programme and county, and the transfers between them.

Money is promised from `budget` to `committed`, asked for from `committed` to `requested`, and arrives in `paid`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.ledger.models import Account, Transfer

COUNTY = 10**6


@dataclass(frozen=True, slots=True)
class Pot:
    id: str
    title: str
    floor_fen: int | None = 0


POTS = {
    pot.id: pot
    for pot in (
        Pot("granted", "财政下达", None),
        Pot("budget", "可用预算"),
        Pot("committed", "已审定待拨"),
        Pot("requested", "拨付途中"),
        Pot("paid", "已拨付"),
        Pot("recovered", "已追回"),
    )
}


def payer_region(region: int) -> int:
    """The county whose treasury pays for a place: 421224104215 -> 421224000000."""
    return region // COUNTY * COUNTY


def account(programme: str, region: int, pot: str) -> Account:
    """The pot's account, opened on first use."""
    place = payer_region(region)
    found, _ = Account.objects.get_or_create(
        code=f"{programme}:{place // COUNTY}:{pot}",
        defaults={
            "title": POTS[pot].title,
            "programme": programme,
            "pot": pot,
            "region": place,
            "floor_fen": POTS[pot].floor_fen,
        },
    )
    return found


@dataclass(frozen=True, slots=True)
class Posting:
    """One transfer to write: `key` makes it happen once."""

    source: str
    target: str
    amount_fen: int
    kind: str
    key: str
    case_ref: str = ""
    batch_ref: str = ""
    basis: str = ""


def post(actor: Actor, *, programme: str, region: int, postings: list[Posting], at: datetime | None = None) -> None:
    """Write transfers in one statement; the trigger locks the accounts in order and moves the balances.

    Raises Refused, in words, when a pot would fall below its floor or a key was posted before.
    """
    pots = {pot: account(programme, region, pot) for pot in {x for p in postings for x in (p.source, p.target)}}
    moment = at or calendar.now()
    rows = [
        Transfer(
            debit=pots[p.source],
            credit=pots[p.target],
            amount_fen=p.amount_fen,
            kind=p.kind,
            idempotency_key=p.key,
            case_ref=p.case_ref,
            batch_ref=p.batch_ref,
            basis=p.basis,
            at=moment,
            actor_id=actor.user_id,
            region=payer_region(region),
        )
        for p in postings
    ]
    try:
        with transaction.atomic():
            Transfer.objects.bulk_create(rows)
    except IntegrityError as error:
        raise _in_words(error, postings, pots) from error


def _in_words(error: IntegrityError, postings: list[Posting], pots: dict[str, Account]) -> Exception:
    text = str(error)
    if "ledger_account_floor" in text:
        short = next(pots[p.source] for p in postings if POTS[p.source].floor_fen is not None)
        short.refresh_from_db()
        need = sum(p.amount_fen for p in postings if p.source == short.pot)
        held = f"“{short.title}”余额{short.balance_fen / 100:,.2f}元"
        return Refused(
            f"{held}，不够本次的{need / 100:,.2f}元。请先由财政部门录入预算。",
            "short-of-money",
        )
    if "idempotency_key" in text:
        return Refused("这笔账已经记过，没有重复记账。", "posted-before")
    return error
