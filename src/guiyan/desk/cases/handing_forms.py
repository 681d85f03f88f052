"""Forms of what is done beside a step: to whom it goes (转办), who is asked (加签), a word with the urging (催办)."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from django import forms

from guiyan.cases import receivers_of_work as work
from guiyan.cases.queries import Case
from guiyan.desk.cases.forms import StepForm
from guiyan.kernel import calendar
from guiyan.kernel.actors import Actor

HANDED_OVER = "时限照算，不重新开始。对方在“我的工作”里看到，以后由对方办这一步；经过里写明谁转给谁。"
URGED = "办这一步的单位和它的负责人在“我的工作”里看到催办和次数。"
WHOM_ERRORS = {"required": "请选给谁", "invalid_choice": "请从名单里选能办这一步的人或单位"}
USUAL_DAYS_TO_ANSWER = 3


class ReceiverForm(StepForm):
    """Whom to choose: everybody who may, each unit with its people."""

    to = forms.ChoiceField(label="给谁", error_messages=WHOM_ERRORS)

    def __init__(self, data: Any = None, uploads: Any = None, *, case: Case, actor: Actor) -> None:
        self.actor = actor
        super().__init__(data, uploads, case=case)

    def offer(self, everybody: Sequence[work.Receiver]) -> None:
        self.nobody = not everybody
        choose_by_unit(self.fields["to"], everybody)


class TransferForm(ReceiverForm):
    """To whom, and why."""

    field_order = ("to", "opinion")

    def prepare(self) -> None:
        self.offer(work.for_case(self.case, self.actor))
        self.fields["to"].label = "转给谁办"
        reason_of(self.fields["opinion"], "转办的理由", "请写明转办的理由")

    def effect_words(self, case: Case) -> str:
        return HANDED_OVER


class ConsultForm(ReceiverForm):
    """Who is asked, what, by when, and whether the step waits for it."""

    due_on = forms.DateField(
        label="请在哪天以前回复",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写回复期限", "invalid": "回复期限应是一个日期"},
    )
    required = forms.BooleanField(label="没有回复以前，这一步不能办", required=False, initial=True)
    field_order = ("to", "opinion", "due_on", "required")

    def prepare(self) -> None:
        self.offer(work.for_opinion(self.case, self.actor))
        self.fields["to"].label = "请谁加签"
        reason_of(self.fields["opinion"], "请对方答复什么", "请写明请对方答复什么")
        with suppress(calendar.CalendarYearMissing):
            day = calendar.calendar().add_working_days(calendar.today(), USUAL_DAYS_TO_ANSWER)
            self.fields["due_on"].initial = day

    def effect_words(self, case: Case) -> str:
        return "时限照算。对方看得到申请人填写的内容，看不到电话和银行账号；回复写进经过。"


class UrgeForm(StepForm):
    """A word with it, if one likes."""

    def prepare(self) -> None:
        self.fields["opinion"].label = "催办的话"
        self.fields["opinion"].help_text = "可以不写。每个工作日只能催一次。"

    def effect_words(self, case: Case) -> str:
        return URGED


class OpinionAnswerForm(forms.Form):
    """The opinion one was asked for."""

    agrees = forms.ChoiceField(
        label="意见",
        choices=(("yes", "同意"), ("no", "不同意")),
        widget=forms.RadioSelect,
        error_messages={"required": "请选同意或不同意"},
    )
    answer = forms.CharField(
        label="说明",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明意见"},
    )


class CheckTransferForm(forms.Form):
    """To whom a check goes, and why."""

    to = forms.ChoiceField(
        label="转给谁核验",
        widget=forms.RadioSelect,
        error_messages={"required": "请选给谁", "invalid_choice": "请从名单里选能核验的人或单位"},
    )
    reason = forms.CharField(
        label="转办的理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "请写明转办的理由"},
    )

    def __init__(self, data: Any = None, *, receivers: Sequence[work.Receiver]) -> None:
        super().__init__(data)
        choose(self.fields["to"], receivers)


def choose(field: forms.Field, receivers: Sequence[work.Receiver]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [(one.key, one.words) for one in receivers]


def choose_by_unit(field: forms.Field, receivers: Sequence[work.Receiver]) -> None:
    """One list to choose from: a unit heads its people; the first line chooses nobody."""
    assert isinstance(field, forms.ChoiceField)
    units: dict[str, list[tuple[str, str]]] = {}
    for one in receivers:
        units.setdefault(one.unit, []).append((one.key, one.words))
    field.choices = [("", "请选"), *units.items()]


def reason_of(field: forms.Field, label: str, missing: str) -> None:
    field.label, field.required = label, True
    field.error_messages["required"] = missing
