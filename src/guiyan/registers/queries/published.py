"""What of a register everybody may read: the entries and fields that its declaration lets out, masked as it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.fields import Mask
from guiyan.packs.register import Field, Register
from guiyan.packs.register_parts import Publication
from guiyan.registers.declared import shown_fields
from guiyan.registers.queries.child_lists import lists_of
from guiyan.registers.queries.datasets import dataset
from guiyan.registers.queries.lists import condition
from guiyan.registers.rule_filter import where
from guiyan.registers.tables import attribute
from guiyan.registers.totals import aged
from guiyan.registers.values import Value

PAGE = 20
MOST_SEARCHED = 40


@dataclass(frozen=True)
class Published:
    """One page of it. rows: field → what is shown, in the order of `fields`."""

    register: Register
    rule: Publication
    fields: tuple[Field, ...]
    rows: tuple[Mapping[str, Value], ...]
    subject_ids: tuple[int, ...]
    total: int
    page: int
    pages: int


def published_registers() -> list[Register]:
    """Those that let anything out, by what their page is called."""
    found = [one for one in releases.current().registers.values() if one.publish is not None]
    return sorted(found, key=lambda one: one.publish.title if one.publish else "")


def published(
    register_id: str,
    *,
    search: str = "",
    region: int | None = None,
    filters: Mapping[str, str] | None = None,
    page: int = 1,
) -> Published:
    """A page of what is out, by name; filters other than those declared are left aside. Raises NotFound."""
    register, rule = published_rule(register_id)
    with entered(Scope.system()):
        rows = narrowed(released(register, rule), register, rule, search, region, filters or {})
        total = rows.count()
        pages = max(1, -(-total // PAGE))
        page = min(max(1, page), pages)
        found = list(rows.order_by(attribute(register.title_field), "pk")[(page - 1) * PAGE : page * PAGE])
        fields = tuple(one for one in shown_fields(register) if one.id in rule.fields)
        aged(releases.current(), register, found, [one.id for one in fields])
        lists = {one.id: lists_of(register, one, found) for one in fields if one.type == "list"}
        shown = tuple({one.id: cell(one, rule.fields[one.id], row, lists) for one in fields} for row in found)
    ids = tuple(row.subject_id for row in found)  # type: ignore[attr-defined]
    return Published(register, rule, fields, shown, ids, total, page, pages)


def published_rule(register_id: str) -> tuple[Register, Publication]:
    """Raises NotFound for a register that lets nothing out."""
    register = releases.current().registers.get(register_id)
    if register is None or register.publish is None:
        raise NotFound
    return register, register.publish


MOST_PRINTED = 2_000


def all_published(
    register_id: str, *, region: int | None = None, filters: Mapping[str, str] | None = None
) -> tuple[tuple[Field, ...], list[Mapping[str, Value]]]:
    """Everything that is out, by name, for a booklet; at most MOST_PRINTED entries."""
    first = published(register_id, region=region, filters=filters)
    rows = list(first.rows)
    for number in range(2, min(first.pages, MOST_PRINTED // PAGE) + 1):
        rows += published(register_id, region=region, filters=filters, page=number).rows
    return first.fields, rows


def released(register: Register, rule: Publication) -> QuerySet[Model]:
    """Entries that clearly meet the rule: an empty column keeps an entry in."""
    rows = dataset(register.id).rows
    return rows.filter(where(rule.where, register.catalogue)) if rule.where else rows


def narrowed(
    rows: QuerySet[Model],
    register: Register,
    rule: Publication,
    search: str,
    region: int | None,
    filters: Mapping[str, str],
) -> QuerySet[Model]:
    if region is not None:
        low, high = subtree(region)
        rows = rows.filter(region__gte=low, region__lt=high)
    for name in rule.filters:
        if text := filters.get(name):
            rows = rows.filter(condition(register.fields[name], text))
    words = search.strip()[:MOST_SEARCHED]
    open_texts = [one for one in register.fields.values() if one.type == "text" and rule.fields.get(one.id) == "none"]
    if words:
        met = Q(pk__in=())
        for one in open_texts:
            met |= Q(**{f"{attribute(one.id)}__icontains": words})
        rows = rows.filter(met)
    return rows


def cell(field: Field, mask: Mask, row: Model, lists: Mapping[str, Mapping[int, Sequence[str]]]) -> Value:
    if field.type == "list":
        return tuple(lists[field.id].get(row.pk, ()))
    value: Value = getattr(row, attribute(field.id))
    return masked(mask, value) if isinstance(value, str) else value


def masked(mask: Mask, text: str) -> str:
    """name: 张*明; tail: the last four hidden; middle: only both ends shown; hidden: ****."""
    match mask:
        case "name":
            return text[:1] + "*" * (len(text) - 1) if len(text) <= 2 else text[0] + "*" * (len(text) - 2) + text[-1]
        case "tail":
            return text[:-4] + "*" * min(4, len(text))
        case "middle":
            return text[:3] + "*" * max(0, len(text) - 5) + text[-2:] if len(text) > 5 else "*" * len(text)
        case "hidden":
            return "****"
    return text
