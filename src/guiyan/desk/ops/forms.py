"""Forms of the system pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from guiyan.accounts.api_keys import SCOPES
from guiyan.accounts.offices import units_by_code
from guiyan.kernel import calendar, releases
from guiyan.kernel.texts import FORM_WORDS

YEAR = dt.timedelta(days=365)
OPENS_AT = dt.time(9, 0)
MOST_DAYS = 60


class AuditFilter(forms.Form):
    """Who, when, what, about whom. `target` and `action` come only from older addresses, and stay while paging."""

    who = forms.CharField(label="人员", required=False, max_length=40, help_text="姓名或账号")
    day = forms.DateField(
        label="日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "日期不对，请按年月日填写。"},
    )
    done = forms.ChoiceField(label="做了什么", required=False)
    q = forms.CharField(label="办件编号或姓名", required=False, max_length=60, help_text="编号或姓名要写全")
    target = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    action = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    before = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, words: list[str]) -> None:
        super().__init__(data)
        field = self.fields["done"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "全部"), *((one, one) for one in words)]


class MoveForm(forms.Form):
    """Forward by working days, or to a day at nine in the morning; one of the two."""

    days = forms.IntegerField(
        label="向后几个工作日",
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=f"1到{MOST_DAYS}，自动跳过周末和节假日，时刻不变",
        error_messages={
            "min_value": "至少1个工作日。",
            "max_value": f"一次最多{MOST_DAYS}个工作日。",
            "invalid": "请填整数。",
        },
    )
    day = forms.DateField(
        label="或调到哪一天",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="当天上午9:00",
        error_messages={"invalid": "日期不对，请按年月日填写。"},
    )
    reason = forms.CharField(
        label="原因",
        max_length=100,
        help_text="记入审计",
        error_messages={"required": "请写明为什么调整，例如“演示公示期满”。"},
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and bool(found.get("days")) == bool(found.get("day")):
            raise forms.ValidationError("请在“向后几个工作日”和“调到哪一天”里填一项。")
        return found

    def target(self) -> dt.datetime:
        """Where the clock would go. Raises CalendarYearMissing beyond the calendar."""
        now, asked = calendar.now(), self.cleaned_data
        if asked["days"]:
            day, time = calendar.calendar().add_working_days(now.date(), asked["days"]), now.timetz()
            return dt.datetime.combine(day, time)
        return timezone.make_aware(dt.datetime.combine(asked["day"], OPENS_AT))


class KeyForm(forms.Form):
    """For what, for whom, what it may ask, how often, until when."""

    name = forms.CharField(
        label="用途",
        max_length=60,
        help_text="例如：市数据局政策专区",
        error_messages={**FORM_WORDS, "required": "请写明用途。"},
    )
    holder = forms.CharField(
        label="使用单位", max_length=80, error_messages={**FORM_WORDS, "required": "请写明使用单位。"}
    )
    scopes = forms.MultipleChoiceField(
        label="可以调用",
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={**FORM_WORDS, "required": "请至少选一项。"},
    )
    registers = forms.MultipleChoiceField(
        label="哪些名录",
        help_text="选了读名录或报送名录才选",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages=FORM_WORDS,
    )
    region = forms.TypedChoiceField(
        label="哪个地方的", coerce=int, empty_value=None, required=False, error_messages=FORM_WORDS
    )
    unit_id = forms.TypedChoiceField(
        label="报送单位",
        help_text="学校等单位自己的系统才选：只读、只报它自己报送的，不选地方",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=FORM_WORDS,
    )
    per_minute = forms.IntegerField(
        label="每分钟最多几次", initial=60, error_messages={"required": "请填每分钟次数。", "invalid": "请填整数。"}
    )
    expires_on = forms.DateField(
        label="到哪一天止",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="最长一年，到期自动停用",
        error_messages={"required": "请填到期日。", "invalid": "日期不对，请按年月日填写。"},
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"expires_on": calendar.today() + YEAR})
        pack = releases.current()
        named = [(one.id, one.label) for one in pack.registers.values()]
        places = [(code, one.name) for code, one in pack.regions.items() if one.level in ("city", "county", "zone")]
        self.fields["registers"].choices = named  # type: ignore[attr-defined]
        self.fields["region"].choices = [("", "请选择"), *places]  # type: ignore[attr-defined]
        kinds = {kind for one in pack.registers.values() for kind in one.senders}
        senders = units_by_code(code for code, one in pack.units.items() if one.kind in kinds).values()
        units = [(one.pk, one.name) for one in senders]
        if units:
            self.fields["unit_id"].choices = [("", "不是"), *units]  # type: ignore[attr-defined]
        else:
            del self.fields["unit_id"]
