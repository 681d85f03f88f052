"""Mobile numbers of the mainland: one way of writing, checking, masking."""

from __future__ import annotations

import re

from guiyan.registers.wrong import WrongValue

LENGTH = 11
PLAIN = re.compile(r"1[3-9][0-9]{9}")
SEPARATORS = re.compile(r"[\s\-—–()（）.]")


class WrongPhone(WrongValue):
    """A mobile number that can not be one."""


def read_phone(text: str) -> str:
    """Eleven digits, without +86 and separators. Raises WrongPhone."""
    if PLAIN.fullmatch(text):
        return text
    digits = SEPARATORS.sub("", text)
    digits = re.sub(r"^(\+86|0086|86(?=1\d{10}$))", "", digits)
    if not (digits.isascii() and digits.isdigit()):
        raise WrongPhone("有不是数字的字符", "应为11位手机号")
    if len(digits) < LENGTH:
        raise WrongPhone(f"少了{LENGTH - len(digits)}位", "应为11位")
    if len(digits) > LENGTH:
        raise WrongPhone(f"多了{len(digits) - LENGTH}位", "应为11位")
    if not re.match(r"1[3-9]", digits):
        raise WrongPhone("不是手机号", "应以13—19开头")
    return digits


def mask_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) == LENGTH else "*" * len(phone)
