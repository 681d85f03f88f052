"""One step of `bench import` in a process of its own, in the bench's own home: so memory is measured by itself.

`prepare` makes the database and `multiply` copies who is in it (as owner); `bring-in` imports one file and `terms`
makes its people searchable (as the application); `copy` is the reference.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from guiyan.cli.bench_import_register import HEAD, REGISTER
from guiyan.cli.environment import home, say, set_up
from guiyan.cli.machine import peak_mb

# Its memory is what the product's own server takes of this machine.
SERVER = {"max_wal_size": "16GB", "checkpoint_timeout": "30min", "maintenance_work_mem": "1GB"}


def main(step: str, *arguments: str) -> None:
    set_up("owner" if step in ("prepare", "multiply") else "app")
    steps: dict[str, Callable[..., dict[str, Any]]] = {
        "prepare": prepare,
        "bring-in": bring_in,
        "terms": terms,
        "multiply": multiply,
        "copy": copy,
    }
    print(json.dumps(steps[step](*arguments), ensure_ascii=False))


def prepare(pack_folder: str) -> dict[str, Any]:
    from django.core.management import call_command

    from guiyan.kernel import releases
    from guiyan.kernel.actors import SYSTEM
    from guiyan.kernel.scope import Scope, entered
    from guiyan.packs import load_pack
    from guiyan.registers import schema

    configure(SERVER, restart=True)
    call_command("migrate", verbosity=0, interactive=False)
    pack = load_pack(Path(pack_folder))
    schema.apply(pack)
    with entered(Scope.system()):
        releases.apply(SYSTEM, pack)
    return {}


def configure(settings: dict[str, str], *, restart: bool) -> None:
    """Settings of the bench's own server; an empty value is the server's default again."""
    import psycopg
    from django.db import connections

    from guiyan.kernel import postgres

    dsn = postgres.open_database(home())
    with psycopg.connect(dsn.url("super", "postgres"), autocommit=True) as connection:
        for name, value in settings.items():
            connection.execute(f"ALTER SYSTEM SET {name} = '{value}'" if value else f"ALTER SYSTEM RESET {name}")
        connection.execute("SELECT pg_reload_conf()")
    if restart:
        connections.close_all()
        postgres.stop(postgres.data_dir_of(home()))
        postgres.open_database(home())
        with psycopg.connect(dsn.url("super"), autocommit=True) as connection:
            connection.execute(f"GRANT pg_checkpoint, pg_maintain TO {dsn.owner.user if dsn.owner else ''}")


def multiply(copies: str) -> dict[str, Any]:
    """Everybody brought in so far, that many times more."""
    from guiyan.kernel import releases
    from guiyan.kernel.scope import Scope, entered
    from guiyan.registers.sample import multiply as copying

    began = time.perf_counter()
    with entered(Scope.system()):
        register = releases.current().registers[REGISTER]
        tables = copying.tables_of([register])
        with copying.without_indexes(tables):
            copying.multiply([register], int(copies))
        copying.go_on_numbering(tables)
    vacuum()
    return {"seconds": round(time.perf_counter() - began, 1)}


def vacuum() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
        cursor.execute("CHECKPOINT")


def terms() -> dict[str, Any]:
    """What the job does that follows an import of several pieces: the search terms of all that are left."""
    from guiyan.kernel import releases
    from guiyan.registers.writing.indexing import index_latest

    began = time.perf_counter()
    left = index_latest(releases.current().registers[REGISTER])
    took = time.perf_counter() - began
    return {"rows": left, "seconds": round(took, 2), "rows_per_second": round(left / took)}


def bring_in(path: str) -> dict[str, Any]:
    from guiyan.kernel.actors import SYSTEM
    from guiyan.registers.actions import import_rows

    server = ServerTime()
    began, processor = time.perf_counter(), time.process_time()
    summary = import_rows(SYSTEM, register=REGISTER, path=Path(path), source="visit")
    took = time.perf_counter() - began
    if summary.faults:
        say(f"fault: {summary.faults[0]}")
    return {
        **summary.as_json(),
        "seconds": round(took, 2),
        "own_processor_seconds": round(time.process_time() - processor, 2),
        "server_processor_seconds": round(server.seconds(), 2),
        "rows_per_second": round(summary.read / took),
        "peak_mb": peak_mb(),
    }


class ServerTime:
    """Processor seconds of this connection's server process from here on; the server is on this machine."""

    def __init__(self) -> None:
        from django.db import connection

        connection.ensure_connection()
        self.pid = connection.connection.info.backend_pid
        self.began = self.read()

    def read(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def seconds(self) -> float:
        return self.read() - self.began


def copy(path: str) -> dict[str, Any]:
    """The file's rows by a bare COPY into a table of text columns without index, constraint or wall."""
    from django.db import connection, transaction
    from psycopg import sql

    columns = sql.SQL(", ").join(sql.SQL("{} text").format(sql.Identifier(title)) for title in HEAD)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE TEMPORARY TABLE bare ({}) ON COMMIT DROP").format(columns))
        began, size = time.perf_counter(), 0
        with open(path, "rb") as file, cursor.copy("COPY bare FROM STDIN (FORMAT csv, HEADER)") as target:
            while block := file.read(1 << 18):
                target.write(block)
                size += len(block)
        took = time.perf_counter() - began
        cursor.execute("SELECT count(*) FROM bare")
        (count,) = cursor.fetchone()
    return {"rows": count, "seconds": round(took, 3), "rows_per_second": round(count / took), "mb": size // 10**6}


if __name__ == "__main__":
    main(*sys.argv[1:])
