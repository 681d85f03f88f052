"""Opening the pages of `bench pages`: how long each takes, which statements it makes, and how those are planned."""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connection
from django.test import Client

from guiyan.accounts.models import User
from guiyan.accounts.queries import actor_by_username
from guiyan.accounts.scope import scope_of
from guiyan.cli.bench_pages_officers import OFFICERS, Officer
from guiyan.cli.bench_pages_questions import questions
from guiyan.cli.environment import say
from guiyan.kernel import releases
from guiyan.kernel.scope import entered

# Tables that hold a row or more a person: no plan may read one from end to end.
LARGE = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= 10000 AND relname SIMILAR TO 'reg(isters)?[_]%'"""
SLOWEST_SHOWN = 15
Statement = tuple[str, Any]


@dataclass
class Kind:
    milliseconds: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)
    statements: list[int] = field(default_factory=list)


@dataclass
class Answers:
    large: tuple[str, ...]
    kinds: dict[tuple[str, str], Kind] = field(default_factory=lambda: defaultdict(Kind))
    slowest: list[tuple[float, str, str]] = field(default_factory=list)
    sequential: set[str] = field(default_factory=set)


def asked(rounds: int, free: psycopg.Connection[Any]) -> dict[str, Any]:
    """free: a connection that no row-level security holds, for the reference."""
    answers = Answers(tuple(name for (name,) in free.execute(LARGE).fetchall()))
    for officer in OFFICERS:
        with entered(scope_of(actor_by_username(officer.username))):
            wanted = list(questions(releases.current(), officer, rounds))
        client = Client(SERVER_NAME="localhost")
        client.force_login(User.objects.get(username=officer.username))
        client.get("/desk/registers/")
        for kind, address in wanted:
            open_page(client, officer, kind, address, free, answers)
        say(f"{officer.place}: {len(wanted)} pages")
    return {
        "kinds": [summary(place, kind, one) for (place, kind), one in answers.kinds.items()],
        "slowest": [
            {"ms": round(ms), "officer": place, "address": address}
            for ms, place, address in sorted(answers.slowest, reverse=True)[:SLOWEST_SHOWN]
        ],
        "sequential": sorted(answers.sequential),
    }


def open_page(
    client: Client, officer: Officer, kind: str, address: str, free: psycopg.Connection[Any], answers: Answers
) -> None:
    """Once as it is, for the time; once more, for its statements: planned, and without row-level security."""
    found = answers.kinds[officer.place, kind]
    began = time.perf_counter()
    response = client.get(address)
    took = (time.perf_counter() - began) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{officer.username} {address}: {response.status_code}")
    statements: list[Statement] = []
    with connection.execute_wrapper(explaining(statements, answers)):
        client.get(address)
    about_people = [one for one in statements if any(name in one[0] for name in answers.large) and is_read(one[0])]
    found.milliseconds.append(took)
    found.statements.append(len(statements))
    found.bare.append(bare(free, about_people))
    answers.slowest.append((took, officer.place, address))


def is_read(text: str) -> bool:
    return text.lstrip().upper().startswith(("SELECT", "WITH")) and "FOR UPDATE" not in text


def explaining(statements: list[Statement], answers: Answers) -> Callable[..., Any]:
    """Notes each statement, and which of them the database would answer by reading a large table from end to end."""

    def wrapper(execute: Callable[..., Any], text: str, parameters: Any, many: bool, context: dict[str, Any]) -> Any:
        statements.append((text, parameters))
        if is_read(text) and any(name in text for name in answers.large):
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {text}", parameters)
                (plan,) = cursor.fetchone()
            read = plan if isinstance(plan, list) else json.loads(plan)
            for table in read_from_end_to_end(read[0]["Plan"], answers.large):
                answers.sequential.add(f"{table}: {text[:400]}")
        return execute(text, parameters, many, context)

    return wrapper


def read_from_end_to_end(plan: dict[str, Any], large: tuple[str, ...]) -> Iterator[str]:
    if "Seq Scan" in plan["Node Type"] and plan.get("Relation Name") in large:
        yield plan["Relation Name"]
    for below in plan.get("Plans", ()):
        yield from read_from_end_to_end(below, large)


def bare(free: psycopg.Connection[Any], statements: Sequence[Statement]) -> float:
    """Milliseconds of the same statements where no wall is asked."""
    began = time.perf_counter()
    with psycopg.ClientCursor(free) as cursor:
        for text, parameters in statements:
            cursor.execute(text, parameters)
            cursor.fetchall()
    return (time.perf_counter() - began) * 1000


def summary(place: str, kind: str, one: Kind) -> dict[str, Any]:
    sums = [sum(each) / 1000 for each in (one.milliseconds, one.bare)]
    return {
        "officer": place,
        "kind": kind,
        "pages": len(one.milliseconds),
        "p50_ms": percentile(one.milliseconds, 50),
        "p95_ms": percentile(one.milliseconds, 95),
        "max_ms": percentile(one.milliseconds, 100),
        "reference_p95_ms": percentile(one.bare, 95),
        "seconds": round(sums[0], 3),
        "reference_seconds": round(sums[1], 3),
        "statements": [min(one.statements), max(one.statements)],
    }


def percentile(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return round(ordered[max(0, -(-len(ordered) * share // 100) - 1)], 1)
