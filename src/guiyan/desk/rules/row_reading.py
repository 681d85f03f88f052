"""The builder's controls → rows.

A group is `<prefix>.group` (all, any, none) with `<prefix>.size` rows at `<prefix>.0`, `<prefix>.1` …; a line is
`<prefix>.about`, `.key` (of a map), `.op` and its values: `.v0`, `.v0.from` instead of a literal, `.in` or `.list`.
"""

from __future__ import annotations

from guiyan.desk.rules.posted import MOST, Posted
from guiyan.engine.rules import tree
from guiyan.engine.rules.building import EMPTY_LINE, UNCHOSEN, Group, GroupKind, Line, Operator, Row
from guiyan.engine.rules.building_words import OPERATORS_OF, VALUES, Saying, typed
from guiyan.engine.rules.model import FactType

KINDS: dict[str, GroupKind] = {"all": "all", "any": "any", "none": "none"}
INSIDE: dict[GroupKind, GroupKind] = {"all": "any", "any": "all", "none": "all"}
DEEPEST = 8
EMPTY = tree.Text("")


def read_row(posted: Posted, prefix: str, saying: Saying, depth: int = 0) -> Row:
    """The row at `prefix` with what the pressed button does to it."""
    kind = KINDS.get(posted.text(f"{prefix}.group"))
    if kind is None or depth >= DEEPEST:
        return added(posted, prefix, read_line(posted, prefix, saying), "all")
    places = (f"{prefix}.{place}" for place in range(posted.count(f"{prefix}.size")))
    kept = [read_row(posted, one, saying, depth + 1) for one in places if not posted.does("remove-row", one)]
    return added(posted, prefix, Group(kind, tuple(kept)), kind)


def added(posted: Posted, prefix: str, row: Row, kind: GroupKind) -> Row:
    """One more line or group: inside a group, or beside a line that stood alone."""
    more: Row
    if posted.does("add-line", prefix):
        more = EMPTY_LINE
    elif posted.does("add-group", prefix):
        more = Group(INSIDE[kind], (EMPTY_LINE, EMPTY_LINE))
    else:
        return row
    beside = row.rows if isinstance(row, Group) else (row,)
    return Group(kind, (*beside, more)[:MOST])


def read_line(posted: Posted, prefix: str, saying: Saying) -> Line:
    name, key = posted.text(f"{prefix}.about") or UNCHOSEN, posted.text(f"{prefix}.key")
    fact = saying.fact(name)
    is_map = fact is not None and fact.type == "map"
    about: tree.Name | tree.Amount = tree.Amount(name, key) if is_map else tree.Name(name)
    type_ = saying.type_of(about)
    if type_ is None:
        return Line(about, "=", (EMPTY,))
    known = OPERATORS_OF[type_]
    asked = posted.text(f"{prefix}.op")
    operator: Operator = next((op for op in known if op == asked), next(iter(known)))
    was = saying.type_of(tree.Name(posted.text(f"{prefix}.was")))
    same = posted.text(f"{prefix}.was") == name or (was == type_ and type_ in ("int", "date"))
    return Line(about, operator, values_of(posted, prefix, operator, type_) if same else emptied(operator))


def emptied(operator: Operator) -> tuple[tree.Operand, ...]:
    """No value that was meant for another fact is carried over."""
    takes = VALUES.get(operator, 1)
    return (EMPTY,) * (1 if takes is None else takes)


def values_of(posted: Posted, prefix: str, operator: Operator, type_: FactType) -> tuple[tree.Operand, ...]:
    takes = VALUES.get(operator, 1)
    if takes is None:
        return several(posted, prefix, type_)
    return tuple(read_value(posted, f"{prefix}.v{place}", type_) for place in range(takes))


def several(posted: Posted, prefix: str, type_: FactType) -> tuple[tree.Operand, ...]:
    """Boxes that are ticked, or a line for each value; what stood in the single box when there were no boxes yet."""
    found = posted.many(f"{prefix}.in") or posted.lines(f"{prefix}.list")
    if not found and f"{prefix}.v0" in posted.sent:
        return (read_value(posted, f"{prefix}.v0", type_),)
    return tuple(operand_of(one, type_) for one in found[:MOST]) or (EMPTY,)


def read_value(posted: Posted, name: str, type_: FactType) -> tree.Operand:
    chosen = posted.text(f"{name}.from")
    return operand_of(chosen, type_) if chosen else typed(posted.raw(name), type_)


def operand_of(token: str, type_: FactType) -> tree.Operand:
    """`:limit` is a parameter or fact, `:received_yuan:startup-subsidy` an amount, anything else what was typed."""
    if not token.startswith(":"):
        return typed(token, type_)
    name, _, key = token[1:].partition(":")
    return tree.Amount(name, key) if key else tree.Name(name)


def token_of(operand: tree.Operand) -> str:
    match operand:
        case tree.Name(name):
            return f":{name}"
        case tree.Amount(map_, key):
            return f":{map_}:{key}"
        case tree.Number(number):
            return str(number)
        case tree.Text(text):
            return text
    return ""
