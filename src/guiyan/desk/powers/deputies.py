"""Deputies: the head of a unit gives and ends authorisations, a deputy begins and stops standing in."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guiyan.accounts import deputising, standing_in
from guiyan.accounts.models import Deputy, User
from guiyan.accounts.permissions import require
from guiyan.accounts.web import ActingRequest
from guiyan.desk.powers.forms import DeputyForm
from guiyan.kernel import audit, calendar, files
from guiyan.kernel.errors import NotFound, Refused


@require_safe
def deputy_list(request: ActingRequest) -> HttpResponse:
    """Those one may act under, gave to a colleague, or looks after as the head of the unit."""
    today = calendar.today()
    rows = [{"deputy": row, "why_not": row.why_not_usable(today)} for row in deputising.deputies_for(request.actor)]
    context = {
        "rows": rows,
        "me": request.actor.user_id,
        "may_give": bool(deputising.units_managed(request.actor)),
        "standing_in": request.actor.stands_in_for is not None,
    }
    return render(request, "desk/powers/deputies.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ActingRequest) -> HttpResponse:
    """Record a signed authorisation for a colleague of the same unit."""
    require(request.actor, "deputy.manage")
    posts = deputising.posts_managed(request.actor)
    form = DeputyForm(
        request.POST or None,
        request.FILES or None,
        posts=[(str(post.pk), f"{post.user.name}，{post.title}") for post in posts],
        users=list({str(post.user_id): post.user.name for post in posts}.items()),
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            row = deputising.give_deputy(
                request.actor,
                post_id=int(values["post"]),
                user_id=int(values["user"]),
                document=values["document"],
                reason=values["reason"],
                valid_from=values["valid_from"],
                valid_to=values["valid_to"],
                name=values["paper"].name,
                content=values["paper"].read(),
            )
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, f"已登记：{row.user.name}代{row.principal.name}办理。")
            return redirect("powers:deputies")
    context = {
        "form": form,
        "title": "登记代岗授权",
        "effect": "代岗人只有被代岗位的权限，记录写明“某某（由某某代）”；审办分离按两个人算。",
        "crumbs": [("代岗授权", reverse("powers:deputies")), ("登记", "")],
    }
    return render(request, "desk/powers/new.html", context, status=409 if form.is_bound else 200)


@require_POST
def act(request: ActingRequest, deputy_id: int) -> HttpResponse:
    """Begin to act for the colleague: from the next page on everything is done in her name, and says by whom."""
    user = request.user
    if not isinstance(user, User) or request.actor.stands_in_for is not None:
        raise Refused("您正在代岗办理，请先结束现在的代岗。", "standing-in")
    actor = standing_in.acting_as(user, deputy_id)
    request.session[standing_in.SESSION] = deputy_id
    audit.record(actor, "account.stand_in", f"deputy:{deputy_id}")
    messages.success(request, f"现在以{actor.label}的身份办理，办完请点“结束代岗”。")
    return redirect("work:list")


@require_POST
def stop(request: ActingRequest) -> HttpResponse:
    """Back to oneself."""
    held = request.session.pop(standing_in.SESSION, None)
    if held is not None:
        audit.record(request.actor, "account.stand_down", f"deputy:{held}")
        messages.success(request, "已结束代岗，现在以本人身份办理。")
    return redirect("powers:deputies")


@require_POST
def end(request: ActingRequest, deputy_id: int) -> HttpResponse:
    """End an authorisation; the deputy's next click is refused."""
    row = found(request, deputy_id)
    deputising.end_deputy(request.actor, deputy=row, reason=request.POST.get("reason", ""))
    messages.success(request, f"已终止{row.user.name}代{row.principal.name}办理的授权。")
    return redirect("powers:deputies")


@require_safe
def paper(request: ActingRequest, deputy_id: int) -> FileResponse:
    """The signed authorisation."""
    row = found(request, deputy_id)
    return FileResponse(files.open_file(request.actor, row.file, purpose="代岗授权"), filename=row.file.name)


def found(request: ActingRequest, deputy_id: int) -> Deputy:
    row = Deputy.objects.select_related("principal", "user", "post__unit", "file").filter(pk=deputy_id).first()
    if row is None or not deputising.may_see(request.actor, row):
        raise NotFound("没有找到这份代岗授权。")
    return row
