"""The records behind a figure as a table: what each is called, where it lies, its declared columns, its own page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from guiyan.accounts.queries import region_paths
from guiyan.cases.money_words import yuan
from guiyan.cases.queries.numbers import cases_of_subjects
from guiyan.insights import drill
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.numbers import decimal_words
from guiyan.packs.datasets import Column
from guiyan.plans.models import Indicator

NUMBERS = ("int", "decimal", "money")


@dataclass(frozen=True)
class Head:
    """A column's head; numbers stand to the right."""

    label: str
    is_number: bool


@dataclass(frozen=True)
class Record:
    """One row: title and page, place, cells in the order of the heads, the case it came from."""

    title: str
    href: str
    place: str
    cells: list[tuple[Head, object]]
    case_number: str


def heads(columns: Iterable[Column]) -> list[Head]:
    return [
        Head(f"{x.label}（{x.unit}）" if x.unit and x.type in ("int", "decimal") else x.label, x.type in NUMBERS)
        for x in columns
    ]


def table(actor: Actor, indicator: Indicator, rows: Iterable[Any]) -> tuple[list[Head], list[Record]]:
    """The page's rows; a fixed number of queries for all of them."""
    listed = list(rows)
    shape, columns = drill.dataset_of(indicator).shape, drill.shown_columns(indicator)
    names = region_paths(row.region for row in listed)
    subjects = [row.subject_id for row in listed if getattr(row, "subject_id", None)]
    numbers = cases_of_subjects(actor, subjects) if holds(actor, "case.view") else {}
    head = heads(columns)
    found = [
        Record(
            title=str(getattr(row, shape.title, None) or "—"),
            href=page_of(shape.id, row),
            place=names.get(row.region, ""),
            cells=[(h, shown(x, getattr(row, x.id, None))) for h, x in zip(head, columns, strict=True)],
            case_number=numbers.get(getattr(row, "subject_id", 0), ""),
        )
        for row in listed
    ]
    return head, found


def page_of(dataset: str, row: Any) -> str:
    """Where the record itself is read."""
    if dataset == "cases":
        return reverse("cases:page", args=[row.number])
    if dataset == "payments":
        return reverse("cases:page", args=[row.case_ref])
    if dataset == "loans":
        return reverse("loans:page", args=[row.number])
    return reverse("registers:entry", args=[dataset, row.subject_id])


def shown(column: Column, value: object) -> object:
    """The value as people write it; dates stay dates."""
    if value is None or isinstance(value, date):
        return value
    if column.type == "money":
        return yuan(int(str(value)))
    if column.type == "decimal":
        return decimal_words(int(str(value)))
    if column.type == "code":
        return column.codes.get(str(value), str(value))
    if column.type == "bool":
        return "是" if value else "否"
    return value
