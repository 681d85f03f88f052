"""How somebody can be answered: a mobile phone, a landline or an e-mail address, written one way."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from guiyan.kernel.texts import visible
from guiyan.registers.phones import SEPARATORS, WrongPhone, read_phone

# 0715-1234567, 1234567, 400 123 4567; an extension only behind a mark of its own.
LANDLINE = re.compile(r"(?:(?:\+?86)?0\d{2,3})?\d{7,8}(?:(?:转|#|ext)\d{1,6})?|[48]00\d{7}")


class WrongContact(ValueError):
    """Nobody could be reached by this; the message says what would be right."""


def read_contact(text: str) -> str:
    """The number without separators, or the address as written. Raises WrongContact."""
    written = visible(unicodedata.normalize("NFKC", text))
    if "@" in written:
        return email(written)
    try:
        return read_phone(written)
    except WrongPhone:
        digits = SEPARATORS.sub("", written)
    # Eleven digits that begin with 1 were meant as a mobile number; area codes begin with 0.
    if not LANDLINE.fullmatch(digits) or digits == digits[:1] * len(digits):
        raise WrongContact("请填写能联系到您的手机号、带区号的座机号或电子邮箱，例如0715-8256000。")
    return digits


def email(written: str) -> str:
    try:
        validate_email(written)
    except ValidationError:
        raise WrongContact("电子邮箱不完整，请核对，例如name@example.com。") from None
    return written
