"""Unified social credit codes of organisations (GB 32100, with the organisation code of GB 11714 inside)."""

from __future__ import annotations

from guiyan.registers.wrong import WrongValue

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
ORGANISATION_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


class WrongCreditCode(WrongValue):
    """A unified social credit code that can not be one."""


def check_character(first17: str) -> str:
    total = sum(ALPHABET.index(sign) * weight for sign, weight in zip(first17, WEIGHTS, strict=True))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check(first8: str) -> str:
    """The ninth character of an organisation code (GB 11714)."""
    total = sum(ORGANISATION_ALPHABET.index(sign) * w for sign, w in zip(first8, ORGANISATION_WEIGHTS, strict=True))
    return {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


def read_credit_code(text: str) -> str:
    """The code in capitals without spaces. Raises WrongCreditCode."""
    code = "".join(text.split()).upper()
    if "E+" in code:
        raise WrongCreditCode("被表格软件改成了科学计数法", "请把这一列设为文本，再填18位代码")
    if len(code) != 18:
        raise WrongCreditCode(f"有{len(code)}位", "应为18位")
    for place, sign in enumerate(code, 1):
        if sign not in ALPHABET:
            raise WrongCreditCode(f"第{place}位“{sign}”不会出现在代码中", "应为数字或大写字母（不用I、O、S、V、Z）")
    if not code[2:8].isdigit():
        raise WrongCreditCode("第3—8位有字母", "应为登记机关的6位区划代码")
    expected = check_character(code[:17])
    if code[17] != expected:
        raise WrongCreditCode("校验位不符", f"第18位应为{expected}；如果第18位没错，请核对前17位")
    return code
