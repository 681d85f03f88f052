"""What the application's role may do at all: rows of every table, and no change of any table's shape."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

from guiyan.kernel.scope.wall import quoted

TABLES = "SELECT, INSERT, UPDATE, DELETE ON TABLES"
SEQUENCES = "USAGE, SELECT ON SEQUENCES"


class OpenToApplication(Operation):
    """Grant the application's role the rows of all tables, those that exist and those the owner will make."""

    reversible = True
    category = OperationCategory.SQL

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Rights are no part of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        app = quoted(settings.GUIYAN_APP_ROLE)
        for rights in (TABLES, SEQUENCES):
            existing = rights.replace(" ON ", " ON ALL ") + " IN SCHEMA public"
            schema_editor.execute(f"GRANT {existing} TO {app}")
            schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {rights} TO {app}")

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        app = quoted(settings.GUIYAN_APP_ROLE)
        for rights in (TABLES, SEQUENCES):
            schema_editor.execute(f"ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE {rights} FROM {app}")

    def describe(self) -> str:
        return "Grant the application's role the rows of all tables"
