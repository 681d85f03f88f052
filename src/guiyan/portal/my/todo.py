"""What a resident must do now, the most pressing first: add something, correct an account, confirm, finish a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from guiyan.cases import queries as cases
from guiyan.cases import states
from guiyan.cases.queries import Case, Joint, Mandate, Message
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day


@dataclass(frozen=True)
class Todo:
    """One thing to do, with its verb."""

    title: str
    text: str
    verb: str
    href: str


def todos_of(actor: Actor) -> list[Todo]:
    """Everything that waits for her; empty for whoever is not a resident."""
    if actor.subject_id is None:
        return []
    joints = cases.my_joints(actor)
    return todos_from(cases.my_cases(actor), cases.messages_for(actor), cases.mandates_for(actor), joints)


def todos_from(
    own: Sequence[Case], told: Sequence[Message], mandates: Sequence[Mandate], joints: Sequence[Joint]
) -> list[Todo]:
    waiting = [todo for case in own if (todo := case_todo(case, told)) is not None]
    asked = [mandate_todo(one) for one in mandates if one.confirmed_at is None and one.ended_at is None]
    alone = [one for one in own if one.state == states.DRAFT and one.entry == "self" and one.joint_id is None]
    together = [joint_todo(one) for one in joints if one.is_draft and one.entry == "self"]
    return [*waiting, *asked, *together, *(draft_todo(case) for case in alone)]


def case_todo(case: Case, told: Sequence[Message]) -> Todo | None:
    """The message says what and by when; it is not said in other words here."""
    kinds = {states.SUPPLEMENT: ("supplement", "去补交"), states.RETURNED: ("returned", "更正收款账户")}
    if case.state not in kinds:
        return None
    kind, verb = kinds[case.state]
    message = next((one for one in told if one.case_id == case.pk and one.kind == kind), None)
    name = "portal:account" if case.state == states.RETURNED else "portal:apply-form"
    args = [case.number] if case.state == states.RETURNED else [case.item, case.pk]
    title = message.title if message else f"{case.title}：{case.state_label}"
    return Todo(title, message.body if message else "", verb, reverse(name, args=args))


def mandate_todo(mandate: Mandate) -> Todo:
    return Todo(
        f"请确认：是否委托{mandate.helper_label}代办",
        f"{mandate.helper_unit.short_name or mandate.helper_unit.name}的{mandate.helper_label}上传了您签字的委托书，"
        f"有效到{short_day(mandate.valid_to)}。不确认就不能代办。",
        "去确认",
        reverse("portal:mandate", args=[mandate.pk]),
    )


def draft_todo(case: Case) -> Todo:
    return Todo(
        f"{case.title}还没有提交",
        "填过的内容都存着，接着填就行。",
        "接着填",
        reverse("portal:apply-form", args=[case.item, case.pk]),
    )


def joint_todo(joint: Joint) -> Todo:
    return Todo(
        f"{joint.title}还没有提交",
        "填过的内容都存着，接着填就行。",
        "接着填",
        reverse("portal:together-form", args=[joint.bundle, joint.pk]),
    )
