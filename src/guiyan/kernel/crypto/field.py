"""A model field whose text is encrypted in the database (bytea) and plain in Python."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from guiyan.kernel.crypto.envelope import decrypt, encrypt

if TYPE_CHECKING:
    TextField = models.Field[str | None, str | None]
else:
    TextField = models.Field


class EncryptedText(TextField):
    """purpose: binds the values to this column; it can't be changed without re-encrypting them.

    Not searchable: keep a blind index in a column of its own beside it.
    """

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, arguments, options = super().deconstruct()
        return name, path, list(arguments), {**options, "purpose": self.purpose}

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise TypeError(f"{self.name} is encrypted and can't be looked up by {lookup_name}; use its blind index")
        return super().get_lookup(lookup_name)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        return None if value is None else encrypt(self.purpose, str(value))

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> str | None:
        return None if value is None else decrypt(self.purpose, value)

    def to_python(self, value: Any) -> Any:
        return value
