"""The form of a what-if: what may be changed, each beside today's value. Nothing is typed as an expression."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from guiyan.accounts.models import Region
from guiyan.engine.rules.variants import OFF, Setting
from guiyan.insights.whatif import Offered
from guiyan.insights.whatif.starting import worded
from guiyan.kernel.texts import FORM_WORDS
from guiyan.outreach import states
from guiyan.packs import Pack

Place = tuple[str, str]
DAY = {"required": "请填日期。", "invalid": "日期要写成2026-06-09这样。"}
SUMS = {"invalid": "请填数字，例如5000。", "max_decimal_places": "最多两位小数。", "min_value": "不能小于0。"}
PERCENT = {**SUMS, "invalid": "请填数字，例如50。", "max_value": "不能超过100。"}
LARGEST = Decimal(10) ** 12


class ChooseForm(forms.Form):
    """Which measures are tried out."""

    measure = forms.MultipleChoiceField(
        label="试算哪些政策",
        widget=forms.CheckboxSelectMultiple,
        error_messages={**FORM_WORDS, "required": "请至少选一项政策措施。"},
    )

    def __init__(self, data: Any, offered: Sequence[Any]) -> None:
        super().__init__(data)
        measure: Any = self.fields["measure"]
        measure.choices = [(one.id, one.title) for one in offered]
        measure.choice_notes = {one.id: one.note for one in offered}


class TryForm(forms.Form):
    """Where, on which day, under which name; and a field for everything that may be changed."""

    release = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="名称",
        max_length=80,
        help_text="方便以后查找，例如“年龄放宽到50岁”",
        error_messages={**FORM_WORDS, "required": "请给这次试算起个名称。"},
    )
    area = forms.TypedChoiceField(
        label="算哪个范围", coerce=int, error_messages={**FORM_WORDS, "required": "请选范围。"}
    )
    changed_day = forms.DateField(
        label="改动以后按哪一天算",
        help_text="不改就是今天；年龄按数据那天的周岁",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages=DAY,
    )

    def __init__(
        self, data: Any, pack: Pack, offered: Sequence[Offered], areas: Mapping[int, str], initial: Any
    ) -> None:
        super().__init__(data, initial=initial)
        area: Any = self.fields["area"]
        area.choices = list(areas.items())
        self.pack, self.offered = pack, offered
        self.places: dict[str, Place] = {}
        for one in offered:
            for setting in one.settings:
                self.add(one.id, setting, initial.get("changes", {}).get(one.id, {}).get(setting.place))

    def add(self, measure: str, setting: Setting, changed: str | None) -> None:
        name = name_of(measure, setting)
        self.places[name] = (measure, setting.place)
        self.fields[name] = field_for(setting, worded(self.pack, setting, setting.today))
        self.initial[name] = (
            (changed == OFF) if setting.type == "off" else setting.today if changed is None else changed
        )

    def changes(self) -> dict[str, dict[str, str]]:
        """What is written in each field, as it stands in measures."""
        found: dict[str, dict[str, str]] = {}
        for name, (measure, place) in self.places.items():
            found.setdefault(measure, {})[place] = written(self.cleaned_data.get(name), self.initial_text(name))
        return found

    def initial_text(self, name: str) -> str:
        measure, place = self.places[name]
        return next(
            setting.today
            for one in self.offered
            if one.id == measure
            for setting in one.settings
            if setting.place == place
        )

    def parts(self) -> list[Part]:
        """The fields as they stand on the page."""
        return [Part(one.id, one.title, one.clause, list(self.groups(one))) for one in self.offered]

    def groups(self, one: Offered) -> Iterator[Group]:
        found: dict[str, Group] = {}
        for setting in one.settings:
            group = found.setdefault(setting.within, Group(setting.within))
            bound = self[name_of(one.id, setting)]
            if setting.type == "off":
                group.says, group.off = setting.says, bound
            else:
                group.rows.append(Line(bound, setting.label, setting.unit, worded(self.pack, setting, setting.today)))
        yield from found.values()


@dataclass(frozen=True)
class Line:
    bound: BoundField
    label: str
    unit: str
    today: str

    @property
    def hint(self) -> str:
        return f"现行：{self.today}"


@dataclass
class Group:
    """A condition with its limits and whether it is wanted at all; or a tier, the benefit, the days."""

    within: str
    says: str = ""
    off: BoundField | None = None
    rows: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    id: str
    title: str
    clause: str
    groups: Sequence[Group]


def name_of(measure: str, setting: Setting) -> str:
    return f"{measure or 'caps'}__{setting.place.replace('.', '__')}"


def field_for(setting: Setting, today: str) -> forms.Field:
    """today: in words. What stands there today can't be left empty, but for the end of a version."""
    needed = setting.type != "off" and setting.today != "" and setting.place != "to"
    shared: dict[str, Any] = {"label": setting.label, "required": needed}
    empty = {"required": f"请填{setting.label}；不改就填现行的{today}。"}
    match setting.type:
        case "off":
            return forms.BooleanField(**shared)
        case "date":
            day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            return forms.DateField(widget=day, error_messages={**DAY, **empty}, **shared)
        case "code":
            return forms.ChoiceField(
                choices=list(setting.choices.items()), error_messages={**FORM_WORDS, **empty}, **shared
            )
        case "int":
            return whole_field(setting, empty, shared)
        case "yuan" | "percent":
            most, words = (LARGEST, SUMS) if setting.type == "yuan" else (100, PERCENT)
            typed = forms.TextInput(attrs={"inputmode": "decimal"})
            return forms.DecimalField(
                min_value=0, max_value=most, decimal_places=2, widget=typed, error_messages={**words, **empty}, **shared
            )


def whole_field(setting: Setting, empty: Mapping[str, str], shared: Mapping[str, Any]) -> forms.Field:
    least, most = (setting.fact.least, setting.fact.most) if setting.fact is not None else (0, None)
    most = int(LARGEST) if most is None else most
    words = {"invalid": "请填整数，例如50。", "min_value": f"不能小于{least}。", "max_value": f"不能大于{most:,}。"}
    typed = forms.TextInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        min_value=least, max_value=most, widget=typed, error_messages={**words, **empty}, **shared
    )


def written(value: Any, today: str) -> str:
    """As a pack writes it; the way it is written today where it is the same number."""
    if value is None or value is False or value == "":
        return ""
    if value is True:
        return OFF
    if isinstance(value, Decimal):
        same = today and Decimal(today) == value
        return today if same else f"{value.normalize():f}"
    return str(value)


def area_names(regions: Sequence[Region]) -> dict[int, str]:
    return {one.code: one.name for one in regions}


def kind_of(wanted: str) -> str:
    return wanted if wanted in states.KINDS else "person"
