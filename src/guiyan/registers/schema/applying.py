"""Making the changes: each by itself and repeatable, so that an interrupted run is simply run again."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

from django.conf import settings
from django.db import connection

from guiyan.kernel.scope import Wall
from guiyan.packs.pack import Pack
from guiyan.registers import states
from guiyan.registers.models import RegisterColumn
from guiyan.registers.schema.filling import fill_and_switch
from guiyan.registers.schema.live import Mapped, live_register
from guiyan.registers.schema.planning import Change, changes_for

# Registers differ; two `pack apply` at once must not.
APPLY_LOCK = 0x7265_6769


def plan(pack: Pack) -> list[Change]:
    """What `apply` would do, in order. Raises SchemaRefused for what can't be done."""
    answered = answered_in(pack)
    return [
        change
        for register in pack.registers.values()
        for change in changes_for(
            register,
            live_register(register),
            figures().derived_in(pack, register),
            is_answered=register.id in answered,
        )
    ]


def answered_in(pack: Pack) -> set[str]:
    """The registers whose entries those of others answer, and so name by their key."""
    rules = [(one, one.answers) for one in pack.registers.values() if one.answers is not None]
    named = [one.fields[rule.field].refers_to for one, rule in rules]
    return {one.register_ for one in named if one is not None}


def apply(pack: Pack, *, tell: Callable[[str], None] = lambda words: None) -> list[Change]:
    """Bring the register tables to the pack. Runs as the owner, outside a transaction (indexes build concurrently)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [APPLY_LOCK])
    try:
        changes = plan(pack)
        # Figures last: they count what lies in other registers' tables.
        for change in sorted(changes, key=lambda one: bool(one.derives)):
            tell(change.says)
            make(pack, change)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [APPLY_LOCK])
    return changes


def make(pack: Pack, change: Change) -> None:
    with connection.cursor() as cursor:
        for statement in change.statements:
            cursor.execute(statement.as_string(connection.connection))
        if change.wall:
            # One column more than the head's walls would need: a child has no unit of its own, but its entry's.
            wall = Wall(change.wall, region="region", unit="unit_id", subject="holder_id")
            for words in wall.statements(settings.GUIYAN_APP_ROLE):
                cursor.execute(words)
    if change.mark is not None:
        mark(change.register, change.mark)
    if change.fills_from is not None and change.mark is not None:
        fill_and_switch(pack.registers[change.register], source=change.fills_from, target=change.mark)
    if change.derives:
        figures().fill_derived(pack, pack.registers[change.register], change.derives)


def settle_figures(pack: Pack, *, tell: Callable[[str], None] = lambda words: None) -> None:
    """Once the release is in force: work out again what was filled while others still wrote by the one before."""
    rows = RegisterColumn.objects.filter(derived_stage=states.DERIVED_FILLED, stage=states.COLUMN_LIVE).order_by("pk")
    for register, field in rows.values_list("register", "field"):
        if register in pack.registers and field in figures().derived_in(pack, pack.registers[register]):
            tell(f"核对字段 {field}（{pack.registers[register].fields[field].label}）的汇总")
            figures().refill(pack, pack.registers[register], field)


def figures() -> ModuleType:
    from guiyan.registers.totals import filling  # late: totals stand on the tables, whose columns are named in here

    return filling


def mark(register: str, row: Mapped) -> None:
    RegisterColumn.objects.update_or_create(
        register=register, column=row.column, defaults={"field": row.field, "type": row.type, "stage": row.stage}
    )
