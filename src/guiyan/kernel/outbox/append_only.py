"""A migration operation: the application may add rows to a table without a wall and read them, nothing else."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class AppendOnly(Operation):
    reversible = True
    reduces_to_sql = True
    category = OperationCategory.SQL

    def __init__(self, table: str) -> None:
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Rights are no part of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.change(schema_editor, "REVOKE UPDATE, DELETE ON {table} FROM {app}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        self.change(schema_editor, "GRANT UPDATE, DELETE ON {table} TO {app}")

    def change(self, schema_editor: BaseDatabaseSchemaEditor, statement: str) -> None:
        quoted = schema_editor.connection.ops.quote_name
        schema_editor.execute(statement.format(table=quoted(self.table), app=quoted(settings.GUIYAN_APP_ROLE)))

    def describe(self) -> str:
        return f"Let the application only add to {self.table}"
