"""What a measure declares, in people's words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.cases.money_words import yuan
from guiyan.engine.rules import sentence
from guiyan.engine.rules.compiled import CompiledVersion, ReadyCondition
from guiyan.engine.rules.core import variables
from guiyan.engine.rules.tree import Name, Or, names
from guiyan.kernel import releases
from guiyan.packs import Item, Pack
from guiyan.policies.queries import LiveMeasure

FOR = {"person": "个人", "organisation": "企业和单位", "project": "项目"}
BENEFITS = {
    "grant": "一次性补贴",
    "subsidy": "补贴",
    "award": "奖补",
    "loan": "贷款",
    "interest_subsidy": "贴息",
    "waiver": "免除",
    "service": "服务",
    "card": "服务卡",
}
ICONS = {"grant": "yuan", "subsidy": "yuan", "award": "star", "loan": "bank", "interest_subsidy": "money"}
ICONS |= {"waiver": "shield", "service": "hand", "card": "card"}
VERBS = {"loan": "申请贷款", "award": "申请奖补", "grant": "申请补贴", "subsidy": "申请补贴"}
CITY_SET = "city-demo"
HALF = 50


@dataclass(frozen=True)
class MeasureWords:
    """One measure as a list or its page names it."""

    id: str
    title: str
    whom: str
    amount: str
    benefit: str
    beside: str  # what belongs to the sum and is not given: 贷款最高30万元 of an interest subsidy
    icon: str
    verb: str
    item: str


def measure_words(live: LiveMeasure, on: date) -> MeasureWords:
    version = version_on(live, on)
    return MeasureWords(
        id=live.measure.id,
        title=live.measure.title,
        whom=FOR[live.measure.kind],
        amount=given_words(version),
        benefit=live.measure.plain or BENEFITS[benefit_kind(version)],
        beside=loan_words(version),
        icon=ICONS[benefit_kind(version)],
        verb=VERBS.get(version.source.benefit.kind, "去申请"),
        item=live.measure.item if live.measure.item and live.measure.item in releases.current().items else "",
    )


def version_on(live: LiveMeasure, on: date) -> CompiledVersion:
    """The version that holds on that day; before the first one, the first."""
    compiled = releases.current().compiled[live.measure.id]
    return compiled.version_on(on) or compiled.versions[0]


def benefit_kind(version: CompiledVersion) -> str:
    """What is given. A loan of which a share of the interest is paid is told by that share."""
    kind = version.source.benefit.kind
    return "interest_subsidy" if kind == "loan" and version.amounts.rate_percent is not None else kind


def given_words(version: CompiledVersion) -> str:
    """5,000元, 最高30万元, 利息补一半: what people get; not the loan on which interest is paid for them."""
    rate = version.amounts.rate_percent
    if rate is None:
        return amount_of(version)
    return "利息补一半" if rate == HALF else f"利息补{rate:f}%"


def loan_words(version: CompiledVersion) -> str:
    """贷款最高30万元, where interest is what is given and the document bounds the loan."""
    return f"贷款{words}" if version.amounts.rate_percent is not None and (words := amount_of(version)) else ""


def amount_of(version: CompiledVersion) -> str:
    if version.amounts.unpublished:
        return "未公布"
    least, most = version.amounts.least_fen, version.amounts.most_fen
    if most is None:
        return f"{yuan(least)}起" if least else ""
    if least is None:
        return f"最高{yuan(most)}"
    return yuan(most) if least == most else f"{yuan(least)}—{yuan(most)}"


@dataclass(frozen=True)
class ConditionRow:
    """A condition by its label. What a label seldom says in full is told by the rule itself:
    `hint` how a day is reckoned or what must hold, `ways` each of several ways to fulfil it.
    """

    label: str
    hint: str
    ways: tuple[str, ...] = ()


def conditions_of(version: CompiledVersion, pack: Pack) -> list[ConditionRow]:
    return [condition_row(one, pack) for one in version.conditions]


def condition_row(condition: ReadyCondition, pack: Pack) -> ConditionRow:
    if isinstance(condition.tree, Or):
        return ConditionRow(condition.label, "", tuple(sentence(part, pack.catalogue) for part in condition.tree.parts))
    in_full = reckons_days(condition, pack) or names_a_fact(condition, pack)
    return ConditionRow(condition.label, condition.sentence if in_full else "")


def names_a_fact(condition: ReadyCondition, pack: Pack) -> bool:
    """Whether the label says what is asked (年龄) and not what must hold of it."""
    if isinstance(condition.tree, Name):
        return False  # 返乡人员 is all of it
    asked = (pack.facts.get(name) for name in names(condition.tree))
    return any(fact is not None and fact.label == condition.label for fact in asked)


def reckons_days(condition: ReadyCondition, pack: Pack) -> bool:
    facts = (pack.facts.get(variable.fact) for variable in variables(condition.core))
    return any(fact is not None and fact.type == "date" for fact in facts)


def materials_of(item: Item) -> list[dict[str, str]]:
    """What to bring, and what need not be brought because an office answers for it."""
    rows = []
    for one in item.materials.values():
        instead = item.checks[one.replaces].label if one.replaces and one.replaces in item.checks else ""
        need = f"一般不用交，由{instead}代替" if instead else "选交" if one.optional else "要交"
        rows.append({"label": one.label, "note": one.note, "need": need, "spared": "1" if instead else ""})
    return rows


def limit_note(item: Item) -> str:
    """Who fixed the time limits, where no document does."""
    return "时限由本市设定，文件没有规定" if item.limits_set_by == CITY_SET else ""
