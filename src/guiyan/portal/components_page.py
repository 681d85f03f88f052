"""The designers' page: every component in every state, beside the tokens with their contrasts. No data, no database."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guiyan.portal import components_samples as samples

SHANGHAI = ZoneInfo("Asia/Shanghai")
SAMPLE_MOMENT = datetime(2026, 6, 9, 8, 41, tzinfo=SHANGHAI)


class SampleForm(forms.Form):
    """Fields in the states the page shows; never stored."""

    bank = forms.CharField(label="开户行", help_text="填到支行")
    phone = forms.CharField(
        label="手机号",
        min_length=11,
        error_messages={"min_length": "手机号少了1位，应为11位"},
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    trade = forms.ChoiceField(label="行业", choices=[("bamboo", "竹木加工"), ("farm", "种养")])
    first = forms.ChoiceField(
        label="是第一次办营业执照吗",
        choices=[("yes", "是，第一次"), ("no", "不是，以前办过")],
        widget=forms.RadioSelect,
    )
    needs = forms.MultipleChoiceField(
        label="最需要什么",
        choices=[("loan", "贷款"), ("site", "场地"), ("class", "培训")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    trades = forms.MultipleChoiceField(
        label="想做什么（可多选）",
        choices=[("farm", "种养"), ("make", "加工"), ("stay", "民宿"), ("shop", "电商")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    registered_on = forms.DateField(label="登记日期", required=False, widget=forms.DateInput)
    loan = forms.IntegerField(label="想贷多少", required=False, widget=forms.NumberInput)
    remark = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    photo = forms.FileField(label="经营场所照片", help_text="拍照或选文件，每个不超过10MB", required=False)
    promise = forms.BooleanField(label="以上内容属实", required=False)


class QuestionForm(forms.Form):
    """One question, as radio cards, always with 不清楚."""

    first = forms.ChoiceField(
        label="您是第一次办营业执照吗？",
        help_text="个体工商户、公司、合作社都算。",
        choices=[("yes", "是，第一次办"), ("no", "不是，以前办过"), ("none", "还没有办"), ("unsure", "不清楚")],
        widget=forms.RadioSelect,
        initial="yes",
    )
    first.choice_notes = {"no": "包括已经注销的", "unsure": "先跳过，我们可以帮您查"}  # type: ignore[attr-defined]


def sample_form() -> SampleForm:
    return SampleForm(
        {
            "bank": "通山农商银行洪港支行",
            "phone": "1381234567",
            "trade": "bamboo",
            "first": "yes",
            "needs": ["loan"],
            "trades": ["make"],
            "registered_on": "2026-03-18",
            "loan": "100000",
        }
    )


@require_safe
def components(request: HttpRequest) -> HttpResponse:
    context = {
        "form": sample_form(),
        "question": QuestionForm(prefix="question"),
        "moment": SAMPLE_MOMENT,
        **samples.context(),
    }
    return render(request, "portal/components/page.html", context)
