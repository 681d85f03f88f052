"""Log lines without personal data: long numbers are masked, and the database's quoting of values is left out."""

from __future__ import annotations

import logging
import re

# Identity, phone and bank numbers. Case numbers and ids of ours are shorter or broken by hyphens.
LONG_NUMBER = re.compile(r"\d{8,}[\dXx]?")
# PostgreSQL repeats the row's values after DETAIL; psycopg hands it on as part of the message.
QUOTED_VALUES = re.compile(
    r"^(?:DETAIL|CONTEXT|HINT|QUERY):.*?(?=^\S*Error\b|^Traceback|^The above|^During|\Z)", re.MULTILINE | re.DOTALL
)


class DiscreetFormatter(logging.Formatter):
    """Formats as usual, then takes out what may be about a person."""

    def format(self, record: logging.LogRecord) -> str:
        return discreet(super().format(record))


def discreet(text: str) -> str:
    return LONG_NUMBER.sub("********", QUOTED_VALUES.sub("", text))
