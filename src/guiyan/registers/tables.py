"""Register tables as Django models, built from what a release declares: typed, unmanaged, never migrated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps.registry import Apps
from django.db import models

from guiyan.kernel.errors import GuiyanError, NotFound
from guiyan.packs.pack import Pack
from guiyan.packs.register import Register
from guiyan.registers.models import RegisterColumn
from guiyan.registers.schema.columns import physical, table_name

# Outside Django's own registry: two releases may declare the same register differently in one process.
REGISTRY = Apps()
PREFIX = "f_"  # keeps declared fields apart from the head's

COLUMN_FIELDS: dict[str, type[models.Field[Any, Any]]] = {
    "text": models.TextField,
    "bigint": models.BigIntegerField,
    "boolean": models.BooleanField,
    "date": models.DateField,
    "timestamp with time zone": models.DateTimeField,
    "bytea": models.BinaryField,
}
_built: dict[tuple[str, str], type[models.Model]] = {}


class NotMade(GuiyanError):
    """The table lacks a declared column: the pack was put in force without `pack apply`."""

    status = 503


def register_of(pack: Pack, register_id: str) -> Register:
    try:
        return pack.registers[register_id]
    except KeyError:
        names = "、".join(f"{register.id}（{register.label}）" for register in pack.registers.values())
        raise NotFound(f"没有名录“{register_id}”。现有：{names}。") from None


def columns_of(register: Register) -> dict[str, str]:
    """Field → column. A column belongs to a field and a type, so an older release still finds its own."""
    rows = RegisterColumn.objects.filter(register=register.id).values_list("field", "type", "column")
    held = {(field, kind): column for field, kind, column in rows}
    missing = [field.id for field in register.stored if (field.id, field.type) not in held]
    if missing:
        raise NotMade(f"名录“{register.label}”的数据表还缺字段：{'、'.join(missing)}。请先运行 bin/guiyan pack apply。")
    return {field.id: held[field.id, field.type] for field in register.stored}


def table_of(pack: Pack, register_id: str) -> type[models.Model]:
    """The register's table: the head's attributes, and for field `x` the attribute `f_x`
    (`f_x_sealed` and `f_x_digest` when encrypted; a list is in a table of its own; a figure of this year is unknown
    until `totals.aged` sets it)."""
    key = pack.digest, register_id
    if key not in _built:
        register = register_of(pack, register_id)
        _built[key] = build(register, columns_of(register), pack.digest)
    return _built[key]


def build(register: Register, columns: Mapping[str, str], digest: str) -> type[models.Model]:
    options = {"managed": False, "db_table": table_name(register.id), "apps": REGISTRY, "app_label": "registers"}
    attributes: dict[str, Any] = {"__module__": __name__, "Meta": type("Meta", (), options), **header()}
    attributes |= {f"{PREFIX}{field.id}": None for field in register.fields.values() if field.ages}
    for field in register.stored:
        for column, attribute in zip(
            physical(columns[field.id], field.type), attributes_of(field.id, field.encrypted), strict=False
        ):
            attributes[attribute] = COLUMN_FIELDS[column.sql_type](null=True, db_column=column.name)
    return type(f"Reg_{register.id.replace('-', '_')}_{digest[:12]}", (models.Model,), attributes)


def attributes_of(field_id: str, encrypted: bool) -> tuple[str, ...]:
    name = f"{PREFIX}{field_id}"
    return (f"{name}_sealed", f"{name}_digest") if encrypted else (name,)


def attribute(name: str) -> str:
    """The attribute of a field or of the head by the name a page or a pack gives it."""
    return name if name in ("checked_on", "region", "level", "state") else f"{PREFIX}{name}"


def header() -> dict[str, models.Field[Any, Any]]:
    return {
        "id": models.BigAutoField(primary_key=True),
        "subject_id": models.BigIntegerField(unique=True),
        "holder_id": models.BigIntegerField(),
        "region": models.BigIntegerField(),
        "unit_id": models.BigIntegerField(null=True),
        "owner_id": models.BigIntegerField(null=True),
        "level": models.TextField(default=""),
        "state": models.TextField(default="active"),
        "checked_on": models.DateField(null=True),
        "version": models.IntegerField(default=1),
        "field_from": models.JSONField(default=dict),
    }
