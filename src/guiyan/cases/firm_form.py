"""Which firm a request is for, as a form: those the register says are hers, or one that she names."""

from __future__ import annotations

from typing import Any

from django import forms

from guiyan.cases.actions.firms import LONGEST_NAME, NamedFirm
from guiyan.cases.spelling import TOO_LONG
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries as registers
from guiyan.registers.credit_codes import WrongCreditCode, read_credit_code

ANOTHER = "another"


class FirmForm(forms.Form):
    """Radio buttons over her firms; name and code are asked where it is none of them."""

    use_required_attribute = False
    firm = forms.ChoiceField(
        label="给哪个单位申请",
        widget=forms.RadioSelect,
        error_messages={"required": "请选是哪个单位", "invalid_choice": "请从名单里选"},
    )
    name = forms.CharField(
        label="其他单位的全称",
        help_text="选了“其他单位”才填，和营业执照上的一样",
        required=False,
        max_length=LONGEST_NAME,
        error_messages={"max_length": TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    credit_code = forms.CharField(
        label="其他单位的统一社会信用代码",
        help_text="选了“其他单位”才填，营业执照上的18位代码",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def __init__(self, data: Any = None, *, subject_id: int, chosen: str = "") -> None:
        super().__init__(data, initial={"firm": chosen})
        with entered(Scope.system()):
            firms = registers.firms_of(subject_id)
        field = self.fields["firm"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(one.pk), one.display_name) for one in firms] + [(ANOTHER, "其他单位")]
        if not firms:
            self.initial["firm"] = ANOTHER

    def clean(self) -> dict[str, Any]:
        values = dict(self.cleaned_data)
        if values.get("firm") != ANOTHER:
            return values
        if not values.get("name"):
            self.add_error("name", "请填写单位全称")
        try:
            read_credit_code(values.get("credit_code", ""))
        except WrongCreditCode as wrong:
            empty = not values.get("credit_code")
            self.add_error("credit_code", "请填写统一社会信用代码" if empty else f"代码{wrong.wrong}，{wrong.right}")
        return values

    @property
    def chosen(self) -> int | NamedFirm:
        """Of a valid form."""
        values = self.cleaned_data
        if values["firm"] == ANOTHER:
            return NamedFirm(values["name"], values["credit_code"])
        return int(values["firm"])
