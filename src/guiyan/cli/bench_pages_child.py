"""One step of `bench pages` in a process of its own: `prepare` makes the registers (as owner), `ask` opens pages."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from guiyan.cli.bench_import_child import SERVER, configure, vacuum
from guiyan.cli.bench_pages import ORIGINALS
from guiyan.cli.environment import home, say, set_up

REGISTERS = ("person", "returnee")
SEED = 2026
# While the registers are made: nothing of it is kept if the machine stops.
FILLING = {"fsync": "off", "full_page_writes": "off", "maintenance_work_mem": "1GB", "autovacuum": "off"}


def main(step: str, *arguments: str) -> None:
    set_up("owner" if step == "prepare" else "app")
    steps: dict[str, Callable[..., dict[str, Any]]] = {"prepare": prepare, "ask": ask}
    print(json.dumps(steps[step](*arguments), ensure_ascii=False))


def prepare(people: str) -> dict[str, Any]:
    from django.conf import settings
    from django.core.management import call_command

    from guiyan.accounts.actions import apply_units
    from guiyan.cli.bench_pages_officers import make_officers
    from guiyan.kernel import releases
    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.scope import Scope, entered
    from guiyan.packs import find_pack, load_pack
    from guiyan.registers import schema

    began = time.perf_counter()
    configure({**SERVER, **FILLING}, restart=True)
    call_command("migrate", verbosity=0, interactive=False)
    pack = load_pack(find_pack(settings.GUIYAN_CITY))
    schema.apply(pack)
    with entered(Scope.system()):
        releases.apply(SYSTEM, pack)
        apply_units(SYSTEM, pack)
        make_officers(pack)
    made = fill(pack, int(people))
    say(f"{made} people after {time.perf_counter() - began:.0f} s")
    vacuum()
    configure(dict.fromkeys(FILLING, ""), restart=False)
    return {"people": made, "prepare_seconds": round(time.perf_counter() - began), "database_mb": database_mb()}


def fill(pack: Any, people: int) -> int:
    """Originals by the real path, and enough copies of them; how many people that are."""
    from datetime import date

    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers.sample import people as sample
    from guiyan.registers.sample.fill import PIECE, REPORTS, places_of
    from guiyan.registers.sample.multiply import go_on_numbering, multiply, tables_of, without_indexes
    from guiyan.registers.writing import take

    times = max(1, round(people / ORIGINALS))
    count = round(people / times)
    last_day = date(2026, 6, 8)
    registers = [pack.registers[name] for name in REGISTERS]
    originals = list(sample.people(count, seed=SEED, places=places_of(pack), last_day=last_day))
    for first in range(0, count, PIECE):
        with entered(Scope.system()):
            for register in registers:
                piece = originals[first : first + PIECE]
                reports = [one for who in piece for one in REPORTS[register.id](register, who, last_day)]
                take(pack, register, reports, region=pack.city.region)
    say(f"{count} originals by the real path")
    tables = tables_of(registers)
    with entered(Scope.system()):
        if times > 1:
            with without_indexes(tables):
                multiply(registers, times - 1, tell=say)
                say("indexes")
        go_on_numbering(tables)
    return count * times


def database_mb() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database()) / 1000000")
        return int(cursor.fetchone()[0])


def ask(rounds: str) -> dict[str, Any]:
    import psycopg

    from guiyan.cli.bench_pages_asking import asked
    from guiyan.kernel import postgres

    with psycopg.connect(postgres.open_database(home()).url("super"), autocommit=True) as free:
        return asked(int(rounds), free)


if __name__ == "__main__":
    main(*sys.argv[1:])
