"""The contrasts the visual direction promises, computed from the style sheets themselves."""

import re
from pathlib import Path

import pytest

import guiyan.config

CSS = Path(guiyan.config.__path__[0]) / "static" / "guiyan" / "css"
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6});")


def tokens(css: str) -> dict[str, str]:
    return dict(HEX.findall(css))


LIGHT = tokens((CSS / "tokens.css").read_text())
DARK = LIGHT | tokens((CSS / "cockpit.css").read_text())


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT = [
    ("ink", "surface"), ("ink-2", "surface"), ("ink-3", "surface"), ("ink-3", "sunken"), ("ink-3", "bg"),
    ("ink-2", "head"), ("blue-700", "surface"), ("blue-700", "blue-50"), ("blue-800", "blue-100"),
    ("red-600", "surface"), ("red-600", "red-50"), ("red-700", "red-100"), ("amber-700", "surface"),
    ("amber-700", "amber-50"), ("green-700", "surface"), ("green-700", "green-50"), ("warm-700", "warm-100"),
    ("ink-2", "warm-50"), ("ink-2", "amber-50"), ("ink-3", "blue-50"), ("surface", "blue-600"),
    ("surface", "blue-700"), ("surface", "blue-800"),
]  # fmt: skip
EDGES = [
    ("field", "surface"), ("blue-400", "surface"), ("amber-500", "surface"), ("green-500", "surface"),
    ("red-500", "surface"), ("blue-600", "chart-before"), ("red-600", "surface"),
]  # fmt: skip
DARK_TEXT = [
    ("ink", "surface"), ("ink-2", "surface"), ("ink-2", "bg"), ("ink-2", "sunken"), ("blue-700", "surface"),
    ("amber-700", "surface"), ("green-700", "surface"), ("red-600", "surface"), ("ink", "blue-100"),
]  # fmt: skip
DARK_EDGES = [("bar-fill", "bar-ground"), ("bar-marker", "bar-ground"), ("amber-500", "surface"), ("ring", "bg")]


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_has_at_least_four_and_a_half(text: str, ground: str) -> None:
    assert contrast(LIGHT[text], LIGHT[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_and_lights_have_at_least_three(edge: str, ground: str) -> None:
    assert contrast(LIGHT[edge], LIGHT[ground]) >= 3


@pytest.mark.parametrize(("text", "ground"), DARK_TEXT)
def test_dark_text_has_at_least_four_and_a_half(text: str, ground: str) -> None:
    assert contrast(DARK[text], DARK[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), DARK_EDGES)
def test_dark_edges_have_at_least_three(edge: str, ground: str) -> None:
    assert contrast(DARK[edge], DARK[ground]) >= 3


@pytest.mark.parametrize(("text", "levels"), [("map-text", "123"), ("map-text-dark", "45")])
def test_names_on_the_dark_map_are_readable(text: str, levels: str) -> None:
    assert all(contrast(DARK[text], DARK[f"map-{level}"]) >= 4.5 for level in levels)


def test_names_on_the_light_map_are_readable() -> None:
    assert all(contrast(LIGHT["ink"], LIGHT[f"map-{level}"]) >= 4.5 for level in "123")
    assert all(contrast(LIGHT["surface"], LIGHT[f"map-{level}"]) >= 4.5 for level in "45")


def test_every_colour_used_by_name_is_a_token() -> None:
    used = {name for file in CSS.rglob("*.css") for name in re.findall(r"var\(--([\w-]+)\)", file.read_text())}
    defined = set(re.findall(r"--([\w-]+):", "".join(file.read_text() for file in CSS.rglob("*.css"))))
    assert used <= defined


def test_there_are_no_gradients_and_no_italics() -> None:
    for file in CSS.rglob("*.css"):
        assert not re.search(r"gradient\(|font-style:\s*italic", file.read_text()), file.name
