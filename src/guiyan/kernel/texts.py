"""Words that people type: as long as they may be, without what nobody sees, and shown without numbers of persons."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from guiyan.kernel.errors import Refused

ECHOED = 20
# What Django's fields would say in words of their own; for `error_messages` of forms.
FORM_WORDS = {
    "max_length": "最多%(limit_value)d字，现在%(show_value)d字，请写短些。",
    "null_characters_not_allowed": "里面有看不见的字符，请删掉重写。",
    "invalid_choice": "请在列出的里面选一个。",
    "invalid": "填写的内容认不出来，请重新填写。",
}
# Letters by their class, yet nothing to see: fillers of Hangul, the empty Braille cell.
BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
# Control characters, signs of no width, halves of pairs. Rare characters of names may be unassigned or private: kept.
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
NOTHING_ALONE = "ZM"  # blanks and accents say nothing without a letter
AMOUNT = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")

# The same numbers as config.discreet keeps out of addresses, as they stand in running text: written close to Chinese
# words, with blanks between their digits, a mobile with hyphens.
GAP = r"[\s\u200b-\u200d\u2060\ufeff]*"
MOBILE = rf"1{GAP}[3-9](?:{GAP}-?{GAP}\d){{9}}"
LONG = rf"\d(?:{GAP}\d){{14,18}}"
ID_NUMBER = rf"\d(?:{GAP}\d){{16}}{GAP}[\dXx]"
PERSONAL = re.compile(rf"(?<!\d)(?:{ID_NUMBER}|{MOBILE}|{LONG})(?!\d)")
WIDE_DIGITS = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")


def at_most(text: str, most: int, what: str) -> str:
    """The text without blanks around it. Refused, with both lengths, when it is longer than is kept."""
    words = text.strip()
    if len(words) > most:
        raise Refused(f"{what}最多{most}字，现在{len(words)}字，请写短些，详细的放在材料里。", "too-long")
    return words


def visible(text: str) -> str:
    """The text without control characters, without signs of no width and without blanks around it.

    Empty when nothing of it can be seen, however many characters were sent.
    """
    kept = "".join(sign for sign in text if unicodedata.category(sign) not in UNSEEN and sign not in BLANK).strip()
    return kept if any(unicodedata.category(sign)[0] not in NOTHING_ALONE for sign in kept) else ""


def shortened(text: str, most: int = ECHOED) -> str:
    """What somebody typed, said back in a message: its beginning."""
    return text if len(text) <= most else f"{text[:most]}…"


def plain_amount(text: str) -> Decimal | None:
    """An amount as people write it: digits, perhaps with commas between thousands and a decimal point; else None.

    Full-width digits are digits. A sign or an exponent (1e5) is no way of writing money.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    return Decimal(written.replace(",", "")) if AMOUNT.fullmatch(written) else None


def masked_numbers(text: str) -> str:
    """The text with identity numbers, mobile phones and bank cards masked; everything else as it was written."""
    plain, shown, end = text.translate(WIDE_DIGITS), [], 0
    for found in PERSONAL.finditer(plain):
        shown += [text[end : found.start()], masked_number(found.group())]
        end = found.end()
    return "".join([*shown, text[end:]])


def masked_number(number: str) -> str:
    """138****0000, 4212**********0021, ************0381: what is left is what officers know a number again by."""
    signs = "".join(sign for sign in number if sign.isalnum())
    head = {11: 3, 18: 4}.get(len(signs), 0)
    return signs[:head] + "*" * (len(signs) - head - 4) + signs[-4:]
