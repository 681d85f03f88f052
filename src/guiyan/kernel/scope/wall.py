"""The policies on one table, as a migration operation: forced row-level security for every role, the owner included."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

POLICIES = ("wall_read", "wall_insert", "wall_update", "wall_delete")


class Wall(Operation):
    """Let a row be seen and written only where the entered scope covers one of the named columns.

    region, unit, subject, owner: columns matched with the scope's regions, units, subject and user.
    other_unit: a second unit that is party to the row (a loan's guarantor beside its bank).
    public: a boolean column; true rows may be read (never written) by everybody in a public scope.
    audit: readable in an audit scope only, insertable by all.
    append_only: the application may insert and select, nothing else.
    Applying a second Wall to the same table replaces the first.
    """

    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(
        self,
        table: str,
        *,
        region: str = "",
        unit: str = "",
        other_unit: str = "",
        subject: str = "",
        owner: str = "",
        public: str = "",
        audit: bool = False,
        append_only: bool = False,
    ) -> None:
        self.table = table
        self.columns = {
            "region": region,
            "unit": unit,
            "other_unit": other_unit,
            "subject": subject,
            "owner": owner,
        }
        self.public = public
        self.audit = audit
        self.append_only = append_only
        if not (any(self.columns.values()) or public or audit):
            raise ValueError(f"a wall on {table} needs at least one column: nobody could read it")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Walls are no part of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self.statements(settings.GUIYAN_APP_ROLE):
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        for statement in self.removal():
            schema_editor.execute(statement)

    def describe(self) -> str:
        return f"Wall around {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        return f"wall_{self.table}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        given = {name: column for name, column in self.columns.items() if column}
        flags = {"public": self.public, "audit": self.audit, "append_only": self.append_only}
        return type(self).__name__, [self.table], {**given, **{name: value for name, value in flags.items() if value}}

    def statements(self, role: str) -> list[str]:
        """The SQL of the whole wall; also for tables made outside migrations (registers)."""
        table, app = quoted(self.table), quoted(role)
        writable = "true" if self.audit else self.condition(public=False)
        commands = ["SELECT", "INSERT"] if self.append_only else ["SELECT", "INSERT", "UPDATE", "DELETE"]
        statements = [f"DROP POLICY IF EXISTS {name} ON {table}" for name in POLICIES]
        statements += [
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY wall_read ON {table} FOR SELECT USING ({self.condition(public=True)})",
            f"CREATE POLICY wall_insert ON {table} FOR INSERT WITH CHECK ({writable})",
        ]
        if not self.append_only:
            statements += [
                f"CREATE POLICY wall_update ON {table} FOR UPDATE USING ({writable}) WITH CHECK ({writable})",
                f"CREATE POLICY wall_delete ON {table} FOR DELETE USING ({writable})",
            ]
        statements.append(f"REVOKE ALL ON {table} FROM {app}")
        statements.append(f"GRANT {', '.join(commands)} ON {table} TO {app}")
        return statements

    def removal(self) -> list[str]:
        table = quoted(self.table)
        return [f"DROP POLICY IF EXISTS {name} ON {table}" for name in POLICIES] + [
            f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
        ]

    def condition(self, *, public: bool) -> str:
        settings_of = {
            "region": "regions",
            "unit": "units",
            "other_unit": "units",
            "subject": "subject",
            "owner": "user",
        }
        parts = [covers(settings_of[name], column) for name, column in self.columns.items() if column]
        if public and self.public:
            parts.append(flagged("public", quoted(self.public)))
        if self.audit:
            parts.append(flagged("audit", "true"))
        return " OR ".join(parts) or "false"


def covers(setting: str, column: str) -> str:
    """CASE, because a plain condition costs the planner its indexes; the sub-select is computed once a query."""
    return (
        f"CASE WHEN (SELECT nullif(current_setting('guiyan.{setting}', true), '')::int8multirange)"
        f" @> {quoted(column)}::bigint THEN true ELSE false END"
    )


def flagged(setting: str, then: str) -> str:
    return f"CASE WHEN (SELECT current_setting('guiyan.{setting}', true) = 'on') THEN {then} ELSE false END"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
