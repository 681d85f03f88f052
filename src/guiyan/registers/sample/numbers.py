"""Numbers of invented people and firms: right by their check digits, and outside what was ever given out."""

from __future__ import annotations

from datetime import date
from random import Random

from guiyan.registers import credit_codes, id_numbers

# No county of Xianning has it and none ever had: a number with it can't be a real person's or firm's.
NOWHERE = "421299"
PHONE_PREFIX = "154"


def id_number(born: date, gender: str, sequence: int) -> str:
    """sequence: 0–499 among those born on that day with that gender."""
    code = sequence * 2 + (1 if gender == "男" else 0)
    first = f"{NOWHERE}{born:%Y%m%d}{code:03d}"
    return first + id_numbers.check_character(first)


def credit_code(kind: str, serial: int) -> str:
    """kind: company | individual | cooperative; serial: of the firm in the sample."""
    category = {"company": "91", "individual": "92", "cooperative": "93"}[kind]
    organisation = f"MA{serial:06d}"[-8:] if serial < 1_000_000 else f"{serial:08d}"
    first = category + NOWHERE + organisation + credit_codes.organisation_check(organisation)
    return first + credit_codes.check_character(first)


def phone(serial: int) -> str:
    # Multiplying by a unit modulo 10^8 scatters neighbours and keeps the numbers apart.
    return f"{PHONE_PREFIX}{(serial * 48_271_903 + 10_007) % 100_000_000:08d}"


def pick_date(random: Random, first: date, last: date) -> date:
    return date.fromordinal(random.randint(first.toordinal(), last.toordinal()))
