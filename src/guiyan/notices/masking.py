"""What may stand in public: names as the item says, numbers never in full. A full number stops the publication."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from guiyan.kernel.errors import Refused

# A run of digits that could be an ID number, a phone or a bank account, however it is spaced.
LONG_NUMBER = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){9,18}[ -]?[\dXx]?(?![\d.,])")
CREDIT_CODE = re.compile(r"\b9[0-9A-HJ-NPQRTUWXY]\d{6}[0-9A-HJ-NPQRTUWXY]{10}\b")  # of firms: they begin with 9


def masked_name(name: str) -> str:
    """张晓明 -> 张*明, 李华 -> 李*, 欧阳小明 -> 欧**明."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def full_number_in(text: str) -> str | None:
    """A number of a person in full, or None. Credit codes of firms are public."""
    found = LONG_NUMBER.search(CREDIT_CODE.sub("", text))
    return found.group() if found else None


def refuse_full_numbers(rows: Iterable[Sequence[str]]) -> None:
    """Raise Refused, naming the line, when a cell holds a number that nobody may publish."""
    for line_no, cells in enumerate(rows, start=1):
        for cell in cells:
            if full_number_in(cell):
                raise Refused(
                    f"第{line_no}行有没有遮盖的号码，不能公示。请先核对这一件的经营主体名称和地址。", "unmasked"
                )
