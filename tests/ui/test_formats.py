"""How values are written for people."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from guiyan.config.ui import formats


def shown(source: str, **context: object) -> str:
    return Template("{% load guiyan_ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0元"),
        (500000, "5,000元"),
        (500050, "5,000.50元"),
        (1236000, "12,360元"),
        (6000000, "6万元"),
        (30000000, "30万元"),
        (86500000, "86.5万元"),
        (99350000 * 10, "993.5万元"),
        (13_72_000_000_00, "13.72亿元"),
        (13_72_123_456_00, "1,372,123,456元"),
    ],
)
def test_money_is_written_exactly(fen: int, text: str) -> None:
    assert formats.yuan_text(fen) == text


@given(st.integers(min_value=0, max_value=10**14))
def test_the_written_amount_reads_back_to_the_same_fen(fen: int) -> None:
    text = formats.yuan_text(fen).removesuffix("元").replace(",", "")
    scale = {"万": 10**6, "亿": 10**10}.get(text[-1], 100)
    whole, _, rest = text.rstrip("万亿").partition(".")
    assert int(whole) * scale + (int(rest) * scale // 10 ** len(rest) if rest else 0) == fen


def test_a_notice_writes_all_digits_and_a_tile_rounds() -> None:
    assert formats.full_yuan_text(6000000) == "60,000元"
    assert formats.short_yuan_text(13_72_123_456_00) == "13.72亿元"
    assert formats.ledger_text(-123456789) == "-1,234,567.89"


def test_the_year_is_left_out_only_when_it_is_this_year() -> None:
    assert formats.short_date_text(date(2026, 6, 9), 2026) == "6月9日"
    assert formats.short_date_text(date(2025, 6, 9), 2026) == "2025年6月9日"


def test_a_moment_in_another_zone_is_written_in_the_citys() -> None:
    assert formats.date_text(datetime(2026, 6, 8, 20, 0, tzinfo=UTC)) == "2026年6月9日"
    assert formats.time_text(datetime(2026, 6, 8, 0, 41, tzinfo=UTC)) == "08:41"


def test_names_are_masked_as_agreed() -> None:
    assert [formats.masked_name(name) for name in ("李芳", "张晓明", "欧阳晓明", "王")] == [
        "李*",
        "张*明",
        "欧**明",
        "王*",
    ]


def test_nothing_reads_as_a_dash_and_zero_as_zero() -> None:
    assert shown(
        "{{ x|dash }} {{ x|yuan }} {{ x|date_cn }} {{ zero|dash }} {{ zero|yuan|striptags }}", x=None, zero=0
    ) == ("— — — 0 0元")


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert shown("{{ fen|yuan }}", fen=500000) == '<span class="nb">5,000元</span>'
    assert shown("{{ share|percent|striptags }}", share=0.549) == "54.9%"


def test_a_sentence_keeps_each_number_with_its_unit_and_escapes_the_rest() -> None:
    sentence = Template("{% load guiyan_ui %}{{ words|whole_amounts }}").render(
        Context({"words": "拨付6笔30,000元，慢4.4%<b>，共30万元"})
    )
    assert sentence.startswith('拨付<span class="nb">6笔</span><span class="nb">30,000元</span>，慢')
    assert '<span class="nb">4.4%</span>&lt;b&gt;' in sentence
    assert sentence.endswith('共<span class="nb">30万元</span>')
