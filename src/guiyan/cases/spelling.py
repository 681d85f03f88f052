"""From what people type to values, and back: what is wrong is said in plain words, never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

from guiyan.accounts.queries import region_path
from guiyan.cases.money_words import yuan
from guiyan.kernel import calendar
from guiyan.kernel.calendar import long_day
from guiyan.packs.item import FormField
from guiyan.registers.id_numbers import WrongIdNumber, read_id_number
from guiyan.registers.phones import WrongPhone, read_phone

ACCOUNT, YUAN = "account_number", "元"
SHORTEST_ACCOUNT, LONGEST_ACCOUNT = 8, 32
OF_DIGITS = frozenset({"int", "money", "date", "phone", "id_number", "region"})
TOO_LONG = "最多%(limit_value)d字，现在%(show_value)d字"
"""What any form says of a text that is too long; Django puts the two numbers in."""

TRUE, FALSE = ("true", "是"), ("false", "否")


def problem_with(field: FormField, value: object) -> str:
    """What is wrong with an answer, empty when nothing is."""
    if isinstance(value, list):
        unknown = [one for one in value if one not in field.codes]
        return f"{field.label}里没有“{unknown[0]}”这个选项" if unknown else ""
    text = plain(field, value)
    if field.max_length and len(text) > field.max_length and field.id != ACCOUNT:
        return f"{field.label}最多{field.max_length}字，现在{len(text)}字"
    checks = {
        "int": _wrong_number,
        "money": _wrong_money,
        "date": _wrong_day,
        "phone": _wrong_phone,
        "id_number": _wrong_id_number,
        "code": _wrong_choice,
        "bool": _wrong_yes_no,
        "region": _wrong_region,
    }
    check = checks.get(field.type)
    if check is not None:
        return check(field, text)
    return _wrong_account(field, text) if field.id == ACCOUNT else ""


def plain(field: FormField, value: object) -> str:
    """What was typed as it is kept: without space around it, and full-width ４２ as 42 where digits are meant."""
    text = str(value).strip()
    if field.id == ACCOUNT:
        return "".join(unicodedata.normalize("NFKC", text).split())
    return unicodedata.normalize("NFKC", text).strip() if field.type in OF_DIGITS else text


def typed(field: FormField, value: object) -> object:
    """A well-written answer as the value rules work on."""
    if isinstance(value, list):
        return list(value)
    text = plain(field, value)
    if field.type in ("int", "region"):
        return int(text)
    if field.type == "money":
        return int(Decimal(text.replace(",", "")) * 100)
    if field.type == "date":
        return date.fromisoformat(text)
    if field.type == "bool":
        return text in TRUE
    return text


def shown(field: FormField, value: object) -> str:
    """An answer as people read it; what is badly written stays as typed."""
    if value in ("", None, []):
        return ""
    if isinstance(value, list):
        return "、".join(field.codes.get(one, one) for one in value)
    text = str(value)
    if problem_with(field, text):
        return text
    if field.type == "date":
        return long_day(date.fromisoformat(text))
    if field.type == "money":
        return yuan(int(Decimal(text.replace(",", "")) * 100))
    if field.type == "bool":
        return "是" if text in TRUE else "否"
    if field.type == "code":
        return field.codes[text]
    if field.type == "region":
        return region_path(int(text))
    if field.type == "int":
        return yuan(int(text) * 100) if field.unit == YUAN else f"{int(text):,}{field.unit}"
    return f"{text}{field.unit}"


def _wrong_number(field: FormField, text: str) -> str:
    if not re.fullmatch(r"-?\d+", text):
        return f"{field.label}应填整数"
    number = int(text)
    if field.least is not None and number < field.least:
        return f"{field.label}至少{field.least}{field.unit}"
    if field.most is not None and number > field.most:
        return f"{field.label}最多{field.most}{field.unit}"
    return ""


def _wrong_money(field: FormField, text: str) -> str:
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return f"{field.label}应填金额，单位元，例如 5000"
    if not amount.is_finite() or amount < 0 or amount != round(amount, 2):
        return f"{field.label}应是不小于0的金额，最多两位小数"
    return ""


def _wrong_day(field: FormField, text: str) -> str:
    try:
        date.fromisoformat(text)
    except ValueError:
        return f"{field.label}应是一个日期，例如 2026-03-18"
    return ""


def _wrong_phone(field: FormField, text: str) -> str:
    try:
        read_phone(text)
    except WrongPhone as wrong:
        return f"{field.label}{wrong}"
    return ""


def _wrong_id_number(field: FormField, text: str) -> str:
    try:
        read_id_number(text, today=calendar.today())
    except WrongIdNumber as wrong:
        return f"{field.label}{wrong}"
    return ""


def _wrong_choice(field: FormField, text: str) -> str:
    return "" if text in field.codes else f"请在{field.label}的选项里选一个"


def _wrong_yes_no(field: FormField, text: str) -> str:
    return "" if text in TRUE + FALSE else f"{field.label}请选是或否"


def _wrong_region(field: FormField, text: str) -> str:
    return "" if re.fullmatch(r"\d{12}", text) else f"{field.label}应是12位区划代码"


def _wrong_account(field: FormField, text: str) -> str:
    if not (text.isascii() and text.isdigit()):
        return f"{field.label}只能是数字"
    most = field.max_length or LONGEST_ACCOUNT
    if SHORTEST_ACCOUNT <= len(text) <= most:
        return ""
    return f"{field.label}应为{SHORTEST_ACCOUNT}到{most}位，现在{len(text)}位"
