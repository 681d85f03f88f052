"""Tree + catalogue → core: names found, types checked, derived facts spelt out. What can't be resolved is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from guiyan.engine.rules import tree
from guiyan.engine.rules.benefit import Parameter
from guiyan.engine.rules.catalogue import ON_DAY, READERS, Catalogue, bounds
from guiyan.engine.rules.core import All, AnyOf, Ask, Computed, Constant, Core, No, Term, Test, Variable
from guiyan.engine.rules.dates import FUNCTIONS
from guiyan.engine.rules.errors import RuleError, unknown_fact
from guiyan.engine.rules.model import Fact, FactType, SubjectKind
from guiyan.engine.rules.parse import parse, parse_operand
from guiyan.engine.values import region_code, region_span

ORDERED: frozenset[FactType] = frozenset({"int", "date", "code"})


@dataclass
class Resolver:
    """Resolves for one kind of subject (None: any). `inside`: the derived facts being spelt out, to see circles."""

    catalogue: Catalogue
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    kind: SubjectKind | None = None
    inside: tuple[str, ...] = ()

    def condition(self, node: tree.Tree) -> Core:
        match node:
            case tree.Name(name):
                return self.question(name)
            case tree.Not(part):
                return No(self.condition(part))
            case tree.And(parts):
                return All(tuple(self.condition(part) for part in parts))
            case tree.Or(parts):
                return AnyOf(tuple(self.condition(part) for part in parts))
            case tree.Compare(op, left, right):
                return self.comparison(op, left, right)
            case tree.In(left, values):
                return AnyOf(tuple(self.comparison("=", left, self.fixed(value)) for value in values))
            case tree.Between(left, low, high):
                return All((self.comparison(">=", left, low), self.comparison("<=", left, high)))
            case tree.Has(list_, key):
                return Ask(self.keyed(list_, key, "list"))
            case tree.RegionIn(name, code):
                return self.region_in(name, code)

    def fact(self, name: str) -> Fact:
        fact = self.catalogue.get(name)
        if fact is None:
            raise RuleError(unknown_fact(name, [*self.catalogue.facts, *self.parameters]))
        if self.kind is not None and name != ON_DAY and self.kind not in fact.kinds:
            raise RuleError(f"fact `{name}` is about {' and '.join(fact.kinds)}, this rule is for {self.kind}")
        return fact

    def question(self, name: str) -> Core:
        fact = self.fact(name)
        if fact.type != "bool":
            raise RuleError(f"`{name}` is {fact.type}, not bool: compare it with something")
        if fact.derive is None:
            return Ask(Variable(name, is_bool=True))
        return self.deeper(name).condition(parse(fact.derive))

    def deeper(self, name: str) -> Resolver:
        """For the expression of a derived fact. Parameters are a measure's own; derived facts don't see them."""
        if name in self.inside:
            circle = " → ".join([*self.inside[self.inside.index(name) :], name])
            raise RuleError(f"derived facts go in a circle: {circle}")
        return Resolver(self.catalogue, {}, self.kind, (*self.inside, name))

    def comparison(self, op: tree.CompareOp, left: tree.Operand, right: tree.Operand) -> Core:
        if left == right:
            raise RuleError("a fact is compared with itself")
        type_ = self.type_of(left, right)
        other = self.type_of(right, left)
        if type_ != other:
            raise RuleError(f"a {type_} can't be compared with a {other}")
        if type_ in ("bool", "list", "map"):
            raise RuleError(f"a {type_} can't be compared: write the fact or NOT the fact, or use has and amount")
        if op not in ("=", "<>") and type_ not in ORDERED:
            raise RuleError(f"a {type_} has no order: use =, <> or IN, not {op}")
        self.same_codes(left, right)
        return Test(op, self.term(left, type_, left, right), self.term(right, type_, left, right))

    def same_codes(self, left: tree.Operand, right: tree.Operand) -> None:
        match left, right:
            case tree.Name(one), tree.Name(two) if two not in self.parameters and one not in self.parameters:
                if list(self.fact(one).codes) != list(self.fact(two).codes):
                    raise RuleError(f"`{one}` and `{two}` have different codes")

    def type_of(self, node: tree.Operand, other: tree.Operand) -> FactType:
        match node:
            case tree.Name(name):
                return self.parameters[name].type if name in self.parameters else self.fact(name).type
            case tree.Number():
                return "int"
            case tree.Text():
                if isinstance(other, tree.Text):
                    raise RuleError("two texts are compared; one side must be a fact")
                written_for = self.type_of(other, node)
                if written_for in ("int", "bool", "list", "map"):
                    raise RuleError(f"a text in quotes can't be compared with a {written_for}")
                return written_for
            case tree.Amount(map_, _):
                self.keyed(map_, "", "map")
                return "int"
            case tree.Arithmetic() | tree.Call():
                return self.computed_type(node)

    def computed_type(self, node: tree.Arithmetic | tree.Call) -> FactType:
        if not self.inside:
            raise RuleError("arithmetic and date functions stand only in derived facts: declare one and compare it")
        if isinstance(node, tree.Arithmetic):
            for side in (node.left, node.right):
                if self.type_of(side, node) != "int":
                    raise RuleError("arithmetic takes whole numbers")
            if node.op == "*" and not isinstance(node.right, tree.Number):
                raise RuleError("a product is of a fact and a number, the number last")
            return "int"
        function = FUNCTIONS.get(node.function)
        if function is None:
            raise RuleError(f"unknown function `{node.function}`. Known: {', '.join(FUNCTIONS)}")
        if len(node.arguments) != len(function.takes):
            raise RuleError(f"{node.function} takes {' and '.join(function.takes)}")
        for argument, wanted in zip(node.arguments, function.takes, strict=True):
            if not isinstance(argument, tree.Text) and self.type_of(argument, node) != wanted:
                raise RuleError(f"{node.function} takes {' and '.join(function.takes)}")
        return "date" if function.gives == "date" else "int"

    def fixed(self, value: tree.Operand) -> tree.Operand:
        if isinstance(value, tree.Number | tree.Text) or (isinstance(value, tree.Name) and value.id in self.parameters):
            return value
        raise RuleError("IN takes numbers, texts in quotes and parameters")

    def term(self, node: tree.Operand, type_: FactType, *sides: tree.Operand) -> Term:
        match node:
            case tree.Number(value):
                return Constant(value)
            case tree.Text(value):
                return self.constant(value, type_, self.model_of(sides))
            case tree.Amount(map_, key):
                return self.keyed(map_, key, "map")
            case tree.Name(name):
                return self.named(name, type_, sides)
            case tree.Arithmetic(op, left, right):
                return self.arithmetic(op, left, right)
            case tree.Call(name, arguments):
                function = FUNCTIONS[name]
                takes: tuple[FactType, ...] = tuple("date" if each == "date" else "int" for each in function.takes)
                terms = tuple(self.term(each, wanted) for each, wanted in zip(arguments, takes, strict=True))
                return Computed(name, terms, function.rises, function.run)

    def model_of(self, sides: tuple[tree.Operand, ...]) -> Fact | None:
        """The fact whose codes give a text its meaning."""
        named = [side.id for side in sides if isinstance(side, tree.Name) and side.id not in self.parameters]
        return self.fact(named[0]) if named else None

    def constant(self, written: str, type_: FactType, model: Fact | None) -> Constant:
        try:
            value = READERS[type_](written, model)
        except ValueError as wrong:
            raise RuleError(f"'{written}': {wrong}") from None
        return Constant(value)

    def named(self, name: str, type_: FactType, sides: tuple[tree.Operand, ...]) -> Term:
        parameter = self.parameters.get(name)
        if parameter is not None:
            if parameter.value is None:
                raise RuleError(f"parameter `{name}` has no value, so no condition can use it")
            written = int(parameter.value) if type_ == "int" else parameter.value
            return (
                Constant(written) if isinstance(written, int) else self.constant(written, type_, self.model_of(sides))
            )
        fact = self.fact(name)
        if fact.derive is None:
            return Variable(name, bounds=bounds(fact) if fact.type != "text" else None)
        deeper = self.deeper(name)
        node = parse_operand(fact.derive)
        if deeper.type_of(node, node) != fact.type:
            raise RuleError(f"derived fact `{name}` is declared {fact.type}, but its expression gives another type")
        return deeper.term(node, fact.type, node)

    def arithmetic(self, op: tree.ArithmeticOp, left: tree.Operand, right: tree.Operand) -> Term:
        terms = (self.term(left, "int"), self.term(right, "int"))
        if op == "+":
            return Computed("+", terms, (1, 1), int.__add__)
        if op == "-":
            return Computed("-", terms, (1, -1), int.__sub__)
        factor = right.value if isinstance(right, tree.Number) else 0
        return Computed("*", terms, ((factor > 0) - (factor < 0), 0), int.__mul__)

    def keyed(self, name: str, key: str, wanted: FactType) -> Variable:
        fact = self.fact(name)
        if fact.type != wanted:
            raise RuleError(f"`{name}` is {fact.type}, not a {wanted}")
        if key and fact.codes and key not in fact.codes:
            raise RuleError(f"`{name}` has no code '{key}'. Known: {', '.join(fact.codes)}")
        return Variable(name, key, is_bool=wanted == "list", bounds=bounds(fact) if wanted == "map" else None)

    def region_in(self, name: str, code: str) -> Core:
        fact = self.fact(name)
        if fact.type != "region":
            raise RuleError(f"`{name}` is {fact.type}, not a region")
        try:
            first, after = region_span(region_code(code))
        except ValueError as wrong:
            raise RuleError(str(wrong)) from None
        variable = self.named(name, "region", ())
        return All((Test(">=", variable, Constant(first)), Test("<", variable, Constant(after))))
