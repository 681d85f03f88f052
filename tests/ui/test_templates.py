"""What holds for every template of the project, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

import guiyan
from guiyan.config.ui.tags.leaves import sprite_names

ROOT = Path(guiyan.__path__[0])
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "script text": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "a javascript address": re.compile(r"javascript:"),
    "script in htmx attributes": re.compile(r"hx-on|js:\{"),
    "another site's file": re.compile(r"""(?:src|href)=["'](?:https?:)?//"""),
}


STYLES = (ROOT / "config" / "static" / "guiyan" / "css").rglob("*.css")
STYLED = {*re.findall(r"\.([a-zA-Z][\w-]*)", "".join(file.read_text() for file in STYLES)), "no-js"}


def names(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_runs_under_the_content_policy(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_compiles(path: Path) -> None:
    assert get_template(str(path).split("/templates/", 1)[1])


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_asks_only_for_icons_that_are_drawn(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    asked = re.findall(r'\{% icon "([^"]+)"', text) + re.findall(r'icon(?:_after)?="([^"]+)"', text)
    drawn = {*sprite_names(), "mark", "light-ok", "light-warn", "light-late", "light-paused", "light-idle"}
    assert set(asked) <= drawn


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_a_template_uses_only_classes_that_have_a_look(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    written = " ".join(re.findall(r'\sclass="([^"]*)"', re.sub(r"\{%.*?%\}", " ", text)))
    used = set(re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*", " ", written).split())
    assert used - STYLED == set()


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 40
