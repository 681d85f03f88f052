"""Somebody who objects can be answered: by phone or by e-mail, whatever way it was written."""

from __future__ import annotations

import pytest

from guiyan.notices.contacts import WrongContact, read_contact


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("154 0000 0000", "15400000000"),
        ("+86 154-0000-0000", "15400000000"),
        ("１５４００００００００", "15400000000"),
        ("0715-8256000", "07158256000"),
        ("（0715）8256000转12", "07158256000转12"),
        ("8256000", "8256000"),
        ("someone@example.com", "someone@example.com"),
    ],
)
def test_a_phone_or_an_e_mail_is_read_one_way(text: str, read: str) -> None:
    assert read_contact(text) == read


@pytest.mark.parametrize(
    "text", ["", "\u200b", "无", "示例电话", "123", "1540000000", "0000000", "12345678901234", "@", "a@b", "某@example"]
)
def test_what_reaches_nobody_is_no_contact(text: str) -> None:
    with pytest.raises(WrongContact):
        read_contact(text)
