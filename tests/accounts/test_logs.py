"""Log lines hold nothing about a person."""

from __future__ import annotations

import logging
import sys

from guiyan.config.logs import DiscreetFormatter


def line(message: str, *arguments: object, error: bool = False) -> str:
    details = sys.exc_info() if error else None
    record = logging.LogRecord("guiyan", logging.ERROR, __file__, 1, message, arguments, details)
    return DiscreetFormatter("%(levelname)s %(message)s").format(record)


def test_identity_phone_and_bank_numbers_are_masked() -> None:
    text = line("person %s phone %s account %s", "42122419900101001X", "13800000000", "6222000000000000000")
    assert text == "ERROR person ******** phone ******** account ********"


def test_ids_and_case_numbers_stay_readable() -> None:
    assert line("case:1234567 of 2026-06-08") == "ERROR case:1234567 of 2026-06-08"


def test_the_values_the_database_quotes_are_left_out() -> None:
    quoted = "duplicate key value\nDETAIL:  Key (name)=(张三) already exists,\n which is more.\n"
    try:
        try:
            raise ValueError(quoted)
        except ValueError as first:
            raise RuntimeError("not stored") from first
    except RuntimeError:
        text = line("failed", error=True)
    assert "张三" not in text and "which is more" not in text
    assert "duplicate key value" in text
    assert "RuntimeError: not stored" in text
