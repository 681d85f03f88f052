"""Rows → what the template draws: each control with its name, its choices and what is wrong with its line."""

from __future__ import annotations

from dataclasses import dataclass, field

from guiyan.desk.rules.choices import Choice, Choices
from guiyan.desk.rules.row_reading import INSIDE, token_of
from guiyan.engine.rules import tree
from guiyan.engine.rules.building import UNCHOSEN, GroupKind, Line, Row, name_of, value
from guiyan.engine.rules.building_words import OPERATORS_OF, VALUES, faults
from guiyan.engine.rules.catalogue import ON_DAY
from guiyan.engine.rules.model import Fact, FactType

Groups = list[tuple[str, list[Choice]]]
GROUP_WORDS: dict[GroupKind, str] = {"all": "全部满足", "any": "满足一个就行", "none": "都不满足"}
SHORT_LIST = 12  # more codes than this are typed one a line


@dataclass(frozen=True)
class ValueView:
    """One control: a literal typed or chosen, or (`token`) what stands in its place.

    widget: number, day, text or select. others: what may be taken instead of a literal.
    """

    name: str
    widget: str
    literal: str = ""
    token: str = ""
    unit: str = ""
    choices: list[Choice] = field(default_factory=list)
    groups: Groups = field(default_factory=list)
    others: Groups = field(default_factory=list)


@dataclass(frozen=True)
class LineView:
    prefix: str
    about: str
    facts: Groups
    key: str
    keys: list[Choice]
    operator: str
    operators: list[Choice]
    values: list[ValueView]
    boxes: list[tuple[str, str, bool]]  # value, label, ticked
    list_name: str
    listed: str
    source: str
    error: str
    is_group: bool = False


@dataclass(frozen=True)
class GroupView:
    prefix: str
    kind: GroupKind
    words: str
    kinds: list[Choice]
    rows: list[LineView | GroupView]
    inside: str
    error: str
    is_group: bool = True


Errors = dict[tuple[int, ...], str]


def shown(row: Row, prefix: str, choices: Choices) -> LineView | GroupView:
    return drawn(row, prefix, choices, dict(faults(row, choices.saying)), ())


def drawn(row: Row, prefix: str, choices: Choices, errors: Errors, place: tuple[int, ...]) -> LineView | GroupView:
    if isinstance(row, Line):
        return line_view(row, prefix, choices, errors.get(place, ""))
    return GroupView(
        prefix=prefix,
        kind=row.kind,
        words=GROUP_WORDS[row.kind],
        kinds=list(GROUP_WORDS.items()),
        rows=[drawn(each, f"{prefix}.{n}", choices, errors, (*place, n)) for n, each in enumerate(row.rows)],
        inside=GROUP_WORDS[INSIDE[row.kind]],
        error=errors.get(place, ""),
    )


def line_view(line: Line, prefix: str, choices: Choices, error: str) -> LineView:
    name = name_of(line)
    fact, type_ = choices.saying.fact(name), choices.saying.type_of(line.about)
    is_map = fact is not None and fact.type == "map"
    view = LineView(
        prefix=prefix,
        about="" if name == UNCHOSEN else name,
        facts=choices.facts_with(name),
        key=line.about.key if isinstance(line.about, tree.Amount) else "",
        keys=keys_with(line.about, choices.keys_of(fact)) if is_map and fact is not None else [],
        operator=line.operator,
        operators=[(op, words) for op, words in OPERATORS_OF[type_].items()] if type_ is not None else [],
        values=[],
        boxes=[],
        list_name="",
        listed="",
        source=source_of(fact),
        error=error,
    )
    return with_values(view, line, fact, type_, choices) if type_ is not None else view


def source_of(fact: Fact | None) -> str:
    if fact is None or fact.id == ON_DAY:
        return ""
    return "由别的事实推算" if fact.derive is not None else fact.source


def with_values(view: LineView, line: Line, fact: Fact | None, type_: FactType, choices: Choices) -> LineView:
    takes = VALUES.get(line.operator, 1)
    if takes is None:
        return listing(view, line, fact, choices)
    values = [value_view(f"{view.prefix}.v{n}", value(line, n), line, fact, type_, choices) for n in range(takes)]
    return LineView(**{**view.__dict__, "values": values})


def listing(view: LineView, line: Line, fact: Fact | None, choices: Choices) -> LineView:
    """是其中之一: boxes where the values are known and few, else a line for each.

    Values in another order than theirs, or twice, or that are parameters, stay lines: boxes would change them.
    """
    tokens = [token for one in line.values if (token := token_of(one))]
    known = choices.values_of(fact) if fact is not None else []
    if known and len(known) <= SHORT_LIST and tokens == [one for one, _ in known if one in tokens]:
        boxes = [(value_, label, value_ in tokens) for value_, label in known]
        return LineView(**{**view.__dict__, "boxes": boxes})
    return LineView(**{**view.__dict__, "list_name": f"{view.prefix}.list", "listed": "\n".join(tokens)})


WIDGETS: dict[FactType, str] = {"int": "number", "map": "number", "date": "day"}


def value_view(
    name: str, operand: tree.Operand, line: Line, fact: Fact | None, type_: FactType, choices: Choices
) -> ValueView:
    is_literal = isinstance(operand, tree.Number | tree.Text)
    literal = token_of(operand) if is_literal else ""
    groups: Groups = []
    known: list[Choice] = []
    if type_ == "region":
        groups = choices.regions
    elif type_ == "list" and fact is not None:
        known = choices.keys_of(fact)
    elif fact is not None:
        known = choices.values_of(fact)
    if literal and (known or groups):
        every = [value_ for value_, _ in known] + [value_ for _, inside in groups for value_, _ in inside]
        label = choices.place_label(literal) if type_ == "region" else ""
        known = known if literal in every else [*known, (literal, label or f"{literal}（不在目录里）")]
    fixed = line.operator in ("has", "has_not", "in_region", "not_in_region")
    return ValueView(
        name=name,
        widget="select" if known or groups else WIDGETS.get(type_, "text"),
        literal=literal,
        token="" if is_literal else token_of(operand),
        unit=fact.unit if fact is not None else "",
        choices=known,
        groups=groups,
        others=[] if fixed else others_with(operand, choices.others(type_, name_of(line))),
    )


def keys_with(about: tree.Name | tree.Amount, known: list[Choice]) -> list[Choice]:
    """The keys, and the one that is written if it is none of them."""
    key = about.key if isinstance(about, tree.Amount) else ""
    return known if key in ("", *dict(known)) else [*known, (key, f"{key}（不在目录里）")]


def others_with(operand: tree.Operand, known: Groups) -> Groups:
    """What may stand instead of a literal, and what does if it is none of them."""
    token = "" if isinstance(operand, tree.Number | tree.Text) else token_of(operand)
    if not token or any(token == value_ for _, inside in known for value_, _ in inside):
        return known
    return [*known, ("现在写的", [(token, token.removeprefix(":"))])]
