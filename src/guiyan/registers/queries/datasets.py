"""Datasets: typed rows that indicators, exports and reports are declared over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import F, Model, QuerySet

from guiyan.kernel import releases
from guiyan.packs.fields import NOT_ASKED
from guiyan.packs.pack import Pack
from guiyan.packs.register import FieldType, Register
from guiyan.registers import states
from guiyan.registers.tables import attribute, register_of, table_of

RETURNEE_REGISTRATIONS = "returnee-registrations"

# Who may vouch: for a registration the market regulator (or a checked case), for a return a visit or an office.
REGISTRATION_SOURCES = ("market", "case")
RETURN_SOURCES = ("visit", "case", "shared")


@dataclass(frozen=True)
class Dataset:
    """A register as data: one row an entry. `rows` carries the declared fields under their own names.

    columns: name → type; every dataset also has subject_id, region, unit_id and checked_on. Nothing encrypted is in it.
    """

    id: str
    label: str
    grain: str
    columns: Mapping[str, FieldType]
    rows: QuerySet[Model]


@dataclass(frozen=True)
class ReturneeRegistration:
    """One firm that somebody who came back registered.

    verified_on: the day from which both are vouched for: the registration by the market regulator, the return by a
    household visit or an office. None while either is only what the person says.
    """

    subject_id: int
    firm_subject_id: int
    firm_entry_id: int
    region: int
    unit_id: int | None
    return_date: date | None
    registered_on: date | None
    is_first: bool
    jobs_led: int | None
    verified_on: date | None


def dataset(name: str) -> Dataset:
    """The dataset of a register, by the register's id; within the entered scope. Raises NotFound.

    Lists are left out, and what not everybody may see, so nobody gets an ID number by way of a dataset.
    """
    pack = releases.current()
    register = register_of(pack, name)
    plain = {one.id: one.type for one in register.stored if one.is_open and one.type not in ("list", *NOT_ASKED)}
    rows = table_of(pack, name)._default_manager.annotate(
        **{field: F(attribute(field)) for field in plain if clear(field)}
    )
    return Dataset(name, register.label, register.subject, plain, rows)


def clear(field: str) -> bool:
    """A declared field that has the name of a head column is reached under its prefixed name only."""
    return field not in ("region", "level", "state", "checked_on", "version", "subject_id", "unit_id", "owner_id")


def returnee_registrations(*, people: str = "returnee", firms: str = "firm") -> Iterator[ReturneeRegistration]:
    """All registrations of people in the returnee register, within the entered scope, streamed in pieces."""
    pack = releases.current()
    query = registrations_query(pack, register_of(pack, people), register_of(pack, firms))
    with connection.cursor() as cursor:
        cursor.execute(
            query, {"reg": list(REGISTRATION_SOURCES), "ret": list(RETURN_SOURCES), "founder": states.FOUNDER}
        )
        while piece := cursor.fetchmany(5_000):
            yield from (ReturneeRegistration(*row) for row in piece)


def registrations_query(pack: Pack, people: Register, firms: Register) -> str:
    """`first` is the first firm somebody ever registered, closed ones included."""
    names = {"p": table_of(pack, people.id), "f": table_of(pack, firms.id)}
    person, firm = (names[key]._meta.db_table for key in ("p", "f"))
    return f"""
        WITH vouched AS (
            SELECT subject_id, register, min(at) AS since FROM registers_assertion a
            WHERE (register = '{firms.id}' AND source = ANY(%(reg)s)
                   OR register = '{people.id}' AND source = ANY(%(ret)s))
              AND NOT EXISTS (SELECT FROM registers_importrun i WHERE i.id = a.import_id AND i.undone_at IS NOT NULL)
            GROUP BY subject_id, register
        )
        SELECT s.canonical_id, f.subject_id, f.id, p.region, p.unit_id, p.{column(names["p"], "return_date")},
               f.{column(names["f"], "registered_on")},
               f.subject_id = first_value(f.subject_id) OVER (
                   PARTITION BY s.canonical_id ORDER BY f.{column(names["f"], "registered_on")}, f.id),
               f.{column(names["f"], "jobs_led")},
               CASE WHEN vp.since IS NOT NULL AND vf.since IS NOT NULL THEN greatest(vp.since, vf.since) END
        FROM "{person}" p
        JOIN registers_subject s ON s.id = p.subject_id
        JOIN registers_subject same ON same.canonical_id = s.canonical_id
        JOIN registers_relation r ON r.from_subject_id = same.id AND r.kind = %(founder)s
        JOIN "{firm}" f ON f.subject_id = r.to_subject_id
        LEFT JOIN vouched vp ON vp.subject_id = p.subject_id AND vp.register = '{people.id}'
        LEFT JOIN vouched vf ON vf.subject_id = f.subject_id AND vf.register = '{firms.id}'
        ORDER BY f.id"""


def column(table: type[Model], field: str) -> str:
    found = table._meta.get_field(attribute(field))
    return f'"{getattr(found, "column", "")}"'
