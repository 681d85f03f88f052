"""What can be chosen in the builder: facts, places, policies, payers, documents. Each choice is (value, label)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from guiyan.engine.rules.building import UNCHOSEN
from guiyan.engine.rules.building_words import Saying, is_region
from guiyan.engine.rules.model import Fact, FactType
from guiyan.engine.values import region_code
from guiyan.packs import Pack
from guiyan.packs.places import Region

Choice = tuple[str, str]
FACT_GROUPS: tuple[tuple[str, tuple[FactType, ...]], ...] = (
    ("是不是", ("bool",)),
    ("数量", ("int",)),
    ("日期", ("date",)),
    ("类别", ("code", "text")),
    ("地方", ("region",)),
    ("领过的和认定", ("list", "map")),
)
COUNTIES = ("city", "county", "zone")


@dataclass(frozen=True, eq=False)
class Choices:
    """The choices of one version's builder."""

    pack: Pack
    saying: Saying

    @cached_property
    def facts(self) -> list[tuple[str, list[Choice]]]:
        """Facts by what they are, in the catalogue's order."""
        found = self.saying.facts()
        groups = (
            (label, [(fact.id, fact.label) for fact in found if fact.type in types]) for label, types in FACT_GROUPS
        )
        return [(label, facts) for label, facts in groups if facts]

    def facts_with(self, name: str) -> list[tuple[str, list[Choice]]]:
        """The same, and whatever a rule names that is not among them, so that nothing is changed by looking."""
        known = {value for _, facts in self.facts for value, _ in facts}
        if name in known or name == UNCHOSEN:
            return self.facts
        parameter, fact = self.saying.parameters.get(name), self.saying.fact(name)
        label = parameter.label if parameter else fact.label if fact else f"{name}（没有这项事实）"
        return [("现在写的", [(name, label)]), *self.facts]

    @cached_property
    def regions(self) -> list[tuple[str, list[Choice]]]:
        """The city and its counties, then the townships of each."""
        known = self.pack.regions.values()
        upper = [choice(one) for one in known if one.level in COUNTIES]
        counties = [one for one in known if one.level == "county"]
        towns = [
            (county.name, [choice(one) for one in known if one.level == "township" and one.parent == county.code])
            for county in counties
        ]
        return [("市和县（市、区）", upper), *((name, inside) for name, inside in towns if inside)]

    @cached_property
    def measures(self) -> list[Choice]:
        return [(one.id, one.title) for one in self.pack.measures.values()]

    def place_label(self, written: str) -> str:
        """The name of a place by its code, however short it is written; empty for none."""
        return self.saying.catalogue.names.get(str(region_code(written)), "") if is_region(written) else ""

    def keys_of(self, fact: Fact) -> list[Choice]:
        """What a list or map may be asked for: its codes, or the city's policies."""
        return list(fact.codes.items()) or self.measures

    def values_of(self, fact: Fact) -> list[Choice]:
        """Values that are chosen, not typed: codes, and the answers of a question about a text."""
        if fact.codes:
            return list(fact.codes.items())
        if fact.type == "text" and fact.question is not None:
            return [(answer.value, answer.label) for answer in fact.question.answers]
        return []

    def others(self, type_: FactType, but: str) -> list[tuple[str, list[Choice]]]:
        """What a value may be instead of a literal: parameters and other facts of the same type."""
        wanted = "int" if type_ == "map" else type_
        parameters = [(f":{name}", one.label) for name, one in self.saying.parameters.items() if one.type == wanted]
        facts = [(f":{one.id}", one.label) for one in self.saying.facts() if one.type == wanted and one.id != but]
        amounts = [
            (f":{one.id}:{measure}", f"{one.label}（{title}）")
            for one in self.saying.facts()
            if one.type == "map" and wanted == "int"
            for measure, title in self.keys_of(one)
        ]
        groups = (("参数", parameters), ("另一项事实", facts), ("领过的金额", amounts))
        return [(label, choices) for label, choices in groups if choices]

    @cached_property
    def payers(self) -> list[Choice]:
        """市财政局, 各县（市、区）财政局: the kinds of offices that the city and its counties have."""
        levels = {one.code: one.level for one in self.pack.regions.values()}
        found: dict[str, str] = {}
        for unit in self.pack.units.values():
            level = levels.get(unit.region)
            if level == "city":
                found.setdefault(f"city-{unit.kind}", unit.short_name)
            elif level == "county":
                place = self.pack.regions[unit.region]
                bare = unit.short_name.removeprefix(place.name).removeprefix(place.short_name)
                found.setdefault(f"county-{unit.kind}", f"各县（市、区）{bare}")
        return sorted(found.items(), key=lambda one: ("finance" not in one[0], one[0]))


def choice(region: Region) -> Choice:
    return str(region.code), region.name
