"""政策消息: what one may be entitled to, opened and answered; and which channels may be used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts.web import ActingRequest, sign_in_required
from guiyan.kernel import releases
from guiyan.kernel.errors import NotFound
from guiyan.outreach import actions, queries, states
from guiyan.outreach.models import Telling
from guiyan.outreach.quiet import rule

MOST = 100


class ChannelForm(forms.Form):
    """One box for each way to be told."""

    in_app = forms.BooleanField(label="在“我的”里告诉我", required=False)
    sms = forms.BooleanField(label="也给我发短信", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = rule()
        often = f"{said.sms_days}天最多{said.sms_most}条，{said.quiet_from}点到第二天{said.quiet_to}点不发"
        self.fields["sms"].help_text = f"发到登记的手机号。{often}。"


@require_safe
@sign_in_required
def policies(request: ActingRequest) -> HttpResponse:
    """Newest first; the latest hundred."""
    rows = list(queries.my_messages(request.actor)[:MOST])
    return render(request, "portal/my/policies.html", {"rows": rows})


@require_safe
@sign_in_required
def policy_message(request: ActingRequest, message_id: int) -> HttpResponse:
    """Reading it is remembered."""
    message = queries.my_message(request.actor, message_id)
    actions.open_message(request.actor, message=message)
    told = queries.measures_in(message)
    live = releases.current().measures
    context = {
        "message": message,
        "first": queries.first_help_in(message),
        "told": told,
        "readable": {one.measure for one, _ in told if one.measure in live},
    }
    return render(request, "portal/my/policy.html", context)


@require_POST
@sign_in_required
def policy_answer(request: ActingRequest, message_id: int, measure: str) -> HttpResponse:
    """She goes to apply, or does not want it; the last word counts."""
    telling = queries.my_telling(request.actor, message_id, measure)
    answer = request.POST.get("answer", "")
    actions.answer_measure(request.actor, telling=telling, answer=answer)
    if answer == states.APPLIES:
        return redirect(*where_to_apply(telling))
    messages.success(request, "记下了，这项政策的这一版不再提醒您。以后想要，还可以在这里申请。")
    return redirect("portal:policy-message", message_id=message_id)


def where_to_apply(telling: Telling) -> tuple[str, str]:
    """The form of its item as of today; without one the page of the measure, which says where to go."""
    pack = releases.current()
    measure = pack.measures.get(telling.measure)
    if measure is None:
        raise NotFound("这项政策已经不在了，可以看看现在能享受什么。")
    item = measure.item if measure.item in pack.items else None
    return ("portal:apply", item) if item else ("portal:measure", measure.id)


@require_http_methods(["GET", "HEAD", "POST"])
@sign_in_required
def message_settings(request: ActingRequest) -> HttpResponse:
    if request.actor.subject_id is None:
        raise NotFound("您的账号是工作人员账号，没有消息设置。")
    if request.method == "POST":
        form = ChannelForm(request.POST)
        form.is_valid()  # two boxes: whatever is sent is an answer
        actions.choose_channels(request.actor, choices=form.cleaned_data)
        messages.success(request, "已保存。")
        return redirect("portal:message-settings")
    return render(
        request, "portal/my/message_settings.html", {"form": ChannelForm(initial=queries.choices_for(request.actor))}
    )
