"""Conditions whose share of the rows PostgreSQL estimates right, where Django's own spelling misleads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import BigIntegerField, BooleanField
from django.db.models.lookups import Lookup

if TYPE_CHECKING:

    class OfTruth(Lookup[bool]): ...

    class OfNumbers(Lookup[list[int]]): ...

else:
    OfTruth = OfNumbers = Lookup


@BooleanField.register_lookup
class Told(OfTruth):
    """`told=False`: somebody said no. `NOT column`, as Django says it, counts unknown ones as no when estimated."""

    lookup_name = "told"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} IS {'TRUE' if self.rhs else 'FALSE'}", parameters


@BigIntegerField.register_lookup
class Among(OfNumbers):
    """`among=[…]`: one of so many numbers, as one parameter: thousands cost no more to send than a text."""

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s::bigint[])", [*parameters, list(self.rhs)]
