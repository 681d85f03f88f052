"""The one Library all tags register in, and how they read dicts and objects alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.template import Library

register = Library()


def part(thing: object, name: str, default: object = "") -> object:
    """`thing[name]` or `thing.name`: components take dicts and objects alike."""
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)
