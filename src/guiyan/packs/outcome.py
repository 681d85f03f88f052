"""What an item ends in, and the rules that go with each ending: notice, payment, membership of a register, appeal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from pydantic import Field

from guiyan.engine.rules.model import Clause
from guiyan.engine.values import Declared, YamlBool, YamlInt, YamlText

Outcome = Literal["payment", "membership", "loan", "reply"]
"""Money paid once; entry in a register with a certificate; a bank's loan that is followed; an answer."""

NEEDS: Final[Mapping[Outcome, tuple[str, ...]]] = {
    "payment": ("measure", "batch_flow", "notice", "payment", "appeal"),
    "membership": ("membership", "appeal"),
    "loan": ("measure", "loan", "appeal"),
    "reply": (),
}
"""The parts of an item that its outcome cannot do without."""

BELONGS: Final[Mapping[str, Outcome]] = {"payment": "payment", "membership": "membership", "loan": "loan"}
"""Parts that stand in items of one outcome alone."""


class NoticeRule(Declared):
    """How the result is made public. What the document does not state says who set it."""

    days: YamlInt
    day_kind: Literal["working", "calendar"]
    name: Literal["full", "masked"]
    id_number: Literal["masked", "none"]
    phone: Literal["masked", "none"] = "none"
    columns: tuple[str, ...] = ()
    supervision_phone: YamlText
    take_down_days: YamlInt
    set_by: YamlText


class PaymentRule(Declared):
    payer_unit_kind: YamlText
    account_code: YamlText
    days: YamlInt
    set_by: YamlText


class LoanRule(Declared):
    """What is asked of a bank. amount (whole yuan) and months: the form's fields that say so.

    advice: a measure whose verdict the guarantor is shown, with its reasons; empty for none. The guarantor decides.
    """

    amount: YamlText
    months: YamlText
    advice: str = ""
    set_by: YamlText


class Appeal(Declared):
    """Ways against a refusal, as the written decision names them.

    towns_review_unit: who reviews what a township decided in its own name (授权办理), where the item allows that.
    """

    review_unit: YamlText
    towns_review_unit: str = ""
    review_days: YamlInt
    court: YamlText
    court_months: YamlInt
    basis: YamlText


class Membership(Declared):
    """What a recognition enters: a subject of its own in `register`, run by the applicant, for some years.

    recognises: the code that the fact `recognised_as` holds while the membership runs; title: as certificates say it.
    clause: where it is written, as notices and certificates cite it. mark: letters in its numbers.
    renew_days: from how many days before its end on it may be asked for anew.
    answers: register field → form field; values: register field → value. Number, days and operator are filled in.
    opens: the item that whoever is recognised may apply for from then on; empty for none.
    """

    register_id: YamlText = Field(alias="register")
    source: YamlText
    recognises: YamlText
    title: YamlText
    clause: Clause
    years: YamlInt
    renew_days: YamlInt = 90
    mark: YamlText
    opens: str = ""
    set_by: YamlText
    answers: Mapping[str, str] = Field(default_factory=dict)
    values: Mapping[str, str] = Field(default_factory=dict)


MEMBERSHIP_FIELDS: Final[Mapping[str, str]] = {
    "number": "text",
    "recognition": "code",
    "recognised_on": "date",
    "valid_to": "date",
    "operator_name": "text",
    "operator_credit_code": "text",
}
"""What a register must have to be entered by a recognition, with the type of each field."""


class TownsRule(Declared):
    """What a township may do for the bureau: accept in its name (委托受理), or decide in its own (授权办理)."""

    entrust: YamlBool = False
    authorise: YamlBool = False
    set_by: YamlText


class Told(Declared):
    """What an approved case tells the register `into`: checked answers and fixed values, under a source it knows.

    answers: register field → form field; values: register field → value; if_new: answers told only to a new entry.
    """

    into: YamlText
    source: YamlText
    answers: Mapping[str, str] = Field(default_factory=dict)
    if_new: Mapping[str, str] = Field(default_factory=dict)
    values: Mapping[str, str] = Field(default_factory=dict)
