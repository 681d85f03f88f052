"""Forms of the office's steps on a loan: to which bank and guarantor it goes; why it came to nothing."""

from __future__ import annotations

from django import forms

from guiyan.accounts.models import Unit
from guiyan.cases import queries
from guiyan.cases.queries import Case
from guiyan.desk.cases.forms import OpinionForm, ReasonForm
from guiyan.lending import states


def unit_field(role: str) -> forms.TypedChoiceField:
    words = states.ROLES[role]
    wrong = {"required": f"请选一家{words}", "invalid_choice": f"请从名单里选一家{words}"}
    return forms.TypedChoiceField(label=words, coerce=int, error_messages=wrong, empty_value=None)


class ReferForm(OpinionForm):
    """One bank and one guarantor; where there is only one, it is chosen already."""

    bank = unit_field(states.BANK)
    guarantor = unit_field(states.GUARANTOR)
    field_order = ("bank", "guarantor", "opinion")

    def prepare(self) -> None:
        for name in (states.BANK, states.GUARANTOR):
            offer(self.fields[name], queries.lenders_for(self.case, name))
        self.order_fields(self.field_order)

    def effect_words(self, case: Case) -> str:
        return (
            f"申请内容送到选定的银行和担保机构（手机号和账户不外送），两家同时审批；"
            f"告诉{case.applicant}送给了谁、要不要面谈。两家都同意，银行才放款。"
        )


def offer(field: forms.Field, units: list[Unit]) -> None:
    assert isinstance(field, forms.TypedChoiceField)
    choices = [(str(unit.pk), unit.name) for unit in units]
    field.choices = choices if len(choices) == 1 else [("", "请选择"), *choices]


class EndUnlentForm(ReasonForm):
    """What the applicant is told: who did not agree and why, and what she may still do."""

    def effect_words(self, case: Case) -> str:
        return f"告诉{case.applicant}这次没有贷到，这件到此为止；以后可以重新申请。银行不贷不是行政决定，不出决定书。"
