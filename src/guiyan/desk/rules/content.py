"""A measure as plain data: the schema of `measures/<id>.yaml`, every scalar a text. It is a draft and may be wrong.

Nothing here raises for what a draft holds. The version being written is the last one; those before it stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from pydantic import ValidationError

from guiyan.engine.rules import RuleError, parse, print_expr
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.building import EMPTY_LINE, Row, rows_of, tree_of
from guiyan.engine.rules.building_words import Saying
from guiyan.engine.rules.model import SubjectKind
from guiyan.packs import Pack

Data = dict[str, Any]
KINDS = ("person", "organisation", "project")


def mapping(value: object) -> Data:
    return dict(value) if isinstance(value, Mapping) else {}


def listed(value: object) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else []


def words(value: object) -> str:
    return value if isinstance(value, str) else ""


def last_version(content: Data) -> Data:
    """The version being written; empty when there is none yet."""
    versions = listed(content.get("versions"))
    return mapping(versions[-1]) if versions else {}


def with_version(content: Data, version: Data) -> Data:
    earlier = listed(content.get("versions"))[:-1]
    return {**content, "versions": [*earlier, version]}


def kind_of(content: Data) -> SubjectKind:
    found = words(content.get("for"))
    return cast(SubjectKind, found) if found in KINDS else "person"


def saying_of(pack: Pack, content: Data) -> Saying:
    """What lines of the version may name; a parameter that is wrong in itself is left out until it is mended."""
    parameters = mapping(last_version(content).get("parameters"))
    found = {name: parameter for name, data in parameters.items() if (parameter := parameter_of(data)) is not None}
    return Saying(pack.catalogue, found, kind_of(content))


def parameter_of(data: object) -> Parameter | None:
    try:
        return Parameter.model_validate(data)
    except ValidationError:
        return None


def row_of(when: object) -> Row | None:
    """The rows of a condition; None for a text that no builder can show (arithmetic, or no rule at all)."""
    if not words(when):
        return EMPTY_LINE
    try:
        return rows_of(parse(words(when)))
    except RuleError:
        return None


def text_of(row: Row) -> str:
    return print_expr(tree_of(row))


def as_written(row: Row, before: object) -> str:
    """The text of the rows; as it was written before where it says the same."""
    node = tree_of(row)
    try:
        same = bool(words(before)) and parse(words(before)) == node
    except RuleError:
        same = False
    return words(before) if same else print_expr(node)


def version_before(content: Data) -> str:
    """When the version before the one being written began; empty where there is none."""
    versions = listed(content.get("versions"))
    return words(mapping(versions[-2]).get("from")) if len(versions) > 1 else ""


def without_nothing(data: Data) -> Data:
    """The data without keys that say nothing: an empty text, an empty list or mapping."""
    return {key: value for key, value in data.items() if value not in ("", [], {}, None)}


def next_name(start: str, taken: Mapping[str, object]) -> str:
    """c1, c2 …: the first that is free. Officers read labels, never these."""
    return next(name for number in range(1, len(taken) + 2) if (name := f"{start}{number}") not in taken)
