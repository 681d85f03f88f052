"""Types of declared data. YAML gives every scalar as text; these types read that text strictly and refuse to guess.

`no` is text, `0421` keeps its zero, `8:30` stays a time of day: only the field's own type decides what a scalar means.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict

from guiyan.engine.values.regions import region_code

WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
YUAN = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]{1,2})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST = 2**53  # whole numbers stay exact in JSON, Parquet and SQL alike


class Declared(BaseModel):
    """Base of everything a pack declares: unknown keys are refused and nothing changes after loading."""

    # Built on first use: a command that screens one person doesn't need the models of forms and flows.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


def whole_number(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        number = value
    elif isinstance(value, str) and WHOLE.fullmatch(value):
        number = int(value)
    else:
        raise ValueError(f"a whole number is needed, not `{value}`")
    if abs(number) > LARGEST:
        raise ValueError(f"{number} is too large")
    return number


def truth(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise ValueError(f"true or false is needed, not `{value}`")


def day(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError as wrong:
            raise ValueError(f"`{value}` is not a day of the calendar: {wrong}") from None
    raise ValueError(f"a day such as 2025-06-09 is needed, not `{value}`")


def plain_text(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return value
    raise ValueError(f"text is needed, not `{value}`")


def yuan(value: object) -> Decimal:
    """Exact yuan with at most two decimals."""
    text = str(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else ""
    if not YUAN.fullmatch(text):
        raise ValueError(f"an amount in yuan such as 5000 or 12.50 is needed, not `{value}`")
    return Decimal(text)


def fen(amount: Decimal) -> int:
    """Yuan to fen; exact, because `yuan` allows two decimals."""
    return int(amount * 100)


YamlInt = Annotated[int, BeforeValidator(whole_number)]
YamlBool = Annotated[bool, BeforeValidator(truth)]
YamlDay = Annotated[dt.date, BeforeValidator(day)]
YamlText = Annotated[str, BeforeValidator(plain_text)]
YamlYuan = Annotated[Decimal, BeforeValidator(yuan)]
YamlRegion = Annotated[int, BeforeValidator(region_code)]
Fen = int
