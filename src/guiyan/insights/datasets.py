"""The datasets that indicators count: every register, and what modules publish beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import F, Model, QuerySet
from django.db.models.functions import TruncDate

from guiyan.cases import queries as cases
from guiyan.kernel.errors import NotFound
from guiyan.ledger import queries as ledger
from guiyan.lending import queries as lending
from guiyan.packs import Pack
from guiyan.packs.datasets import MODULE_SHAPES, Shape, shape_of
from guiyan.registers import queries as registers


@dataclass(frozen=True)
class Dataset:
    """Rows with the columns of `shape` under their own names, within the entered scope.

    permission: what lists single rows; counting them is open to whoever sees the indicator.
    """

    shape: Shape
    rows: QuerySet[Model]
    permission: str


@dataclass(frozen=True)
class Published:
    """A module's own dataset: where its rows come from."""

    rows: Callable[[], QuerySet[Model]]
    permission: str


def _cases() -> QuerySet[Model]:
    rows: QuerySet[Model] = cases.dataset("cases").annotate(submitted_on=TruncDate("submitted_at"))
    return rows


def _payments() -> QuerySet[Model]:
    rows: QuerySet[Model] = ledger.dataset("payments").annotate(paid_on=F("result__on"))
    return rows


def _loans() -> QuerySet[Model]:
    rows: QuerySet[Model] = lending.dataset("loans")
    return rows


MODULES: Mapping[str, Published] = {
    "cases": Published(_cases, "case.view"),
    "payments": Published(_payments, "payment.view"),
    "loans": Published(_loans, "loan.view"),
}


def dataset(pack: Pack, name: str) -> Dataset:
    """A dataset by its name. Raises NotFound for one that neither the pack nor a module has."""
    if name in pack.registers:
        return Dataset(shape_of(pack.registers[name]), registers.dataset(name).rows, "register.view")
    if name not in MODULES:
        raise NotFound(f"没有数据集“{name}”。现有：{'、'.join([*pack.registers, *MODULES])}。")
    return Dataset(MODULE_SHAPES[name], MODULES[name].rows(), MODULES[name].permission)
