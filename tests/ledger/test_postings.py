"""Money moves in whole rows: once each, never below a floor, never without the balances following."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.errors import Refused
from guiyan.ledger import checks
from guiyan.ledger.accounts import Posting, account, payer_region, post
from guiyan.ledger.models import Account, Transfer

TONGSHAN = 421224000000
VILLAGE = 421224104215
ORDER = ["granted", "budget", "committed", "requested", "paid"]


def move(source: str, target: str, fen: int, key: str) -> Posting:
    return Posting(source, target, fen, "test", key)


def post_here(*postings: Posting) -> None:
    post(SYSTEM, programme="test", region=VILLAGE, postings=list(postings))


def balance(pot: str) -> int:
    return Account.objects.get(programme="test", region=TONGSHAN, pot=pot).balance_fen


def test_a_village_is_paid_by_its_county() -> None:
    assert payer_region(VILLAGE) == TONGSHAN


def test_a_transfer_moves_both_balances(scoped_db: object) -> None:
    post_here(move("granted", "budget", 1_000_00, "a"))
    assert (balance("granted"), balance("budget")) == (-1_000_00, 1_000_00)


def test_the_same_key_moves_money_once(scoped_db: object) -> None:
    post_here(move("granted", "budget", 1_000_00, "a"))
    with pytest.raises(Refused, match="没有重复记账"):
        post_here(move("granted", "budget", 1_000_00, "a"))
    assert balance("budget") == 1_000_00


def test_a_pot_never_falls_below_its_floor_and_the_refusal_says_by_how_much(scoped_db: object) -> None:
    post_here(move("granted", "budget", 3_000_00, "a"))
    with pytest.raises(Refused, match=r"3,000\.00元，不够本次的5,000\.00元"):
        post_here(move("budget", "committed", 5_000_00, "b"))
    assert balance("budget") == 3_000_00
    assert Transfer.objects.count() == 1


def test_an_amount_is_more_than_nothing(scoped_db: object) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        post_here(move("granted", "budget", 0, "a"))


def test_the_application_may_not_write_a_balance(scoped_db: object) -> None:
    account("test", TONGSHAN, "budget")
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Account.objects.update(balance_fen=1)


def test_the_application_may_not_change_or_remove_a_transfer(scoped_db: object) -> None:
    post_here(move("granted", "budget", 1_00, "a"))
    for statement in ("UPDATE ledger_transfer SET amount_fen = 2", "DELETE FROM ledger_transfer"):
        with (
            pytest.raises(DatabaseError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(ORDER[1:]), st.integers(1, 10**9)), max_size=12))
def test_whatever_is_posted_the_sum_of_all_pots_is_zero_and_the_check_is_clean(
    scoped_db: object, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        for number, (target, fen) in enumerate(steps):
            source = ORDER[ORDER.index(target) - 1]
            try:
                post_here(move(source, target, fen, f"h{number}"))
            except Refused as refusal:
                assert refusal.code == "short-of-money"
        balances = list(Account.objects.filter(programme="test").values_list("balance_fen", flat=True))
        assert sum(balances) == 0
        assert [f for f in checks.findings() if f.code.startswith("ledger.")] == []
        transaction.set_rollback(True)


def test_a_hundred_postings_take_as_many_queries_as_three(
    scoped_db: object, max_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    post_here(move("granted", "budget", 1_000_000, "grant"), move("budget", "committed", 1, "first"))
    for count in (3, 100):
        with max_queries(7):
            post_here(*[move("budget", "committed", 1, f"{count}-{n}") for n in range(count)])
