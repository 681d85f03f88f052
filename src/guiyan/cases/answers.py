"""What was written on a form: plain answers, sealed ones, and what is already held and therefore never asked.

Answers are kept as typed, so that an unfinished draft loses nothing; `problems` says in plain words what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from guiyan.cases import declared
from guiyan.cases.models import Case
from guiyan.cases.rules import holds_on_form
from guiyan.cases.spelling import ACCOUNT, plain, problem_with, shown, typed
from guiyan.kernel import crypto
from guiyan.kernel.errors import Refused
from guiyan.packs.item import Form, FormField
from guiyan.packs.register import ENCRYPTED

PURPOSE = "case.answers"
BANK, HOLDER = "account_bank", "account_name"
ABOUT_THE_ACCOUNT = frozenset({BANK, ACCOUNT, HOLDER})
TOLD = "本人在“我能享受什么”里填写"
"""The source of an answer that was told before the request was begun."""


@dataclass(frozen=True)
class BankAccount:
    """Where the money goes."""

    holder: str
    bank: str
    number: str


@dataclass(frozen=True)
class AnswerRow:
    """One line of the form as it is read: the value already in words, masked where it is secret."""

    id: str
    label: str
    value: str
    source: str
    secret: bool
    missing: bool


def is_secret(field: FormField) -> bool:
    return field.secret or field.type in ENCRYPTED


def answers_of(case: Case) -> dict[str, str | list[str]]:
    """Everything typed so far, the sealed part opened. For the form itself and for checks; never for lists."""
    opened = json.loads(crypto.decrypt(PURPOSE, bytes(case.sealed))) if case.sealed else {}
    return {**case.answers, **opened}


def changes(case: Case, form: Form, given: Mapping[str, object]) -> dict[str, str | list[str]]:
    """field -> the new answer, of what was typed for the form's own fields; what is held already cannot be changed."""
    before = answers_of(case)
    typed_in = {
        name: _as_typed(field, given[name])
        for name, field in form.fields.items()
        if name in given and name not in case.held
    }
    return {name: value for name, value in typed_in.items() if value != before.get(name, "")}


def told_answers(case: Case, told: Mapping[str, object]) -> dict[str, str | list[str]]:
    """field -> the answer, of what the applicant told of herself (fact → value), for fields that are still empty.

    What registers hold is not asked; what does not fit a field (another code, a place outside) is left to be asked.
    """
    form, given = declared.form_of(case), answers_of(case)
    empty = {name: field for name, field in form.fields.items() if not given.get(name) and not is_secret(field)}
    values = {name: as_answer(told[field.fact]) for name, field in empty.items() if field.fact and field.fact in told}
    return {name: one for name, one in changes(case, form, values).items() if fits(case, form.fields[name], one)}


def as_answer(value: object) -> str | list[str]:
    """A fact's value as somebody would have typed it: true, 2, 2026-03-18."""
    if isinstance(value, list):
        return [str(one) for one in value]
    return str(value).lower() if isinstance(value, bool) else str(value)


def fits(case: Case, field: FormField, value: str | list[str]) -> bool:
    if problem_with(field, value):
        return False
    return field.type != "region" or int(str(value)) in declared.pack_of(case).regions


def put_answers(case: Case, form: Form, changed: Mapping[str, str | list[str]]) -> None:
    """Take over what `changes` found; the secret ones are sealed."""
    all_answers = {**answers_of(case), **changed}
    secret = {name: one for name, one in all_answers.items() if name in form.fields and is_secret(form.fields[name])}
    case.answers = {name: one for name, one in all_answers.items() if name not in secret}
    case.sealed = crypto.encrypt(PURPOSE, json.dumps(secret, ensure_ascii=False)) if secret else b""
    case.account_tail = str(all_answers.get(ACCOUNT, ""))[-4:]


def _as_typed(field: FormField, value: object) -> str | list[str]:
    if field.type == "list":
        return [str(one) for one in value] if isinstance(value, (list, tuple)) else [str(value)]
    return plain(field, value)


def account_of(case: Case) -> BankAccount:
    """The account the applicant gave. Refused when there is none."""
    given = answers_of(case)
    number = str(given.get(ACCOUNT, "")).replace(" ", "")
    if not number:
        raise Refused(f"{case.number}没有收款账户，不能申请拨付。", "account")
    return BankAccount(str(given.get(HOLDER) or case.applicant), str(given.get(BANK, "")), number)


def account_changes(case: Case, *, bank: str, account_no: str) -> dict[str, str | list[str]]:
    """What another account changes on the form. Refused when it is not well written."""
    form = declared.form_of(case)
    wrong = [
        problem_with(form.fields[name], value)
        for name, value in ((BANK, bank), (ACCOUNT, account_no))
        if name in form.fields
    ]
    if any(wrong):
        raise Refused("；".join(one for one in wrong if one), "account")
    if not account_no.strip():
        raise Refused("请填写收款账号。", "account")
    return changes(case, form, {BANK: bank, ACCOUNT: account_no})


def kept_secrets(case: Case) -> dict[str, str]:
    """field -> the masked words of every well-written secret answer: enough to know it by, so nobody is shown it."""
    form, given = declared.form_of(case), answers_of(case)
    return {
        name: masked(field, shown(field, given[name]))
        for name, field in form.fields.items()
        if is_secret(field) and given.get(name) and not problem_with(field, given[name])
    }


def problems(case: Case) -> dict[str, str]:
    """field -> what is wrong or missing, in plain words; empty when the form may be submitted."""
    form, given = declared.form_of(case), answers_of(case)
    known, found = typed_values(case), dict[str, str]()
    for name, field in form.fields.items():
        if name in case.held:
            continue
        value = given.get(name, "")
        if value in ("", []):
            if is_required(form, field, known):
                found[name] = f"请填写{field.label}"
        elif wrong := problem_with(field, value):
            found[name] = wrong
    return found


def is_required(form: Form, field: FormField, given: Mapping[str, object]) -> bool:
    """Whether the field must be filled in, by what else stands on the form."""
    if field.required or not field.required_when:
        return field.required
    return holds_on_form(field.required_when, form, given) is True


def typed_values(case: Case) -> dict[str, object]:
    """field -> value as rules take it, of everything held or well written; what is empty is left out."""
    form = declared.form_of(case)
    written = {**answers_of(case), **{name: held["value"] for name, held in case.held.items()}}
    return {
        name: typed(field, written[name])
        for name, field in form.fields.items()
        if written.get(name) not in (None, "", []) and not is_secret(field) and not problem_with(field, written[name])
    }


def fact_sources(case: Case) -> dict[str, str]:
    """fact -> who gave the answer it is taken from."""
    form = declared.form_of(case)
    return {field.fact: source_of(case, name) for name, field in form.fields.items() if field.fact}


def facts_given(case: Case) -> dict[str, object]:
    """The facts that the applicant's answers give: fact -> value. What is badly written gives none."""
    form, given = declared.form_of(case), answers_of(case)
    return {
        field.fact: typed(field, given[name])
        for name, field in form.fields.items()
        if field.fact and given.get(name) not in (None, "", []) and not problem_with(field, given[name])
    }


def answer_rows(case: Case) -> list[AnswerRow]:
    """The form as it is read by whoever handles the case: held values with their source, secrets masked."""
    form, given = declared.form_of(case), answers_of(case)
    return [_row(case, name, field, given.get(name, "")) for name, field in form.fields.items()]


def _row(case: Case, name: str, field: FormField, value: str | list[str]) -> AnswerRow:
    kept = case.held.get(name)
    if kept is not None:
        return AnswerRow(name, field.label, str(kept["shown"]), str(kept["source"]), is_secret(field), False)
    words = shown(field, value)
    if words and is_secret(field):
        words = masked(field, words)
    return AnswerRow(name, field.label, words or "—", source_of(case, name), is_secret(field), not words)


def source_of(case: Case, name: str) -> str:
    """Who gave the answer: 本人提交, or whoever typed it for her or changed it since."""
    return str(case.answer_sources.get(name, case.entry_label))


def masked(field: FormField, text: str) -> str:
    """All but what the field's mask leaves: 4212**********3317, 138****1234, **** 6217."""
    if field.type == "phone":
        return f"{text[:3]}****{text[-4:]}"
    if field.type == "id_number":
        return f"{text[:4]}{'*' * 10}{text[-4:]}"
    return f"尾号{text[-4:]}" if len(text) > 4 else "****"
