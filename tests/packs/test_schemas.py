"""The JSON Schemas describe the files as they are written."""

from __future__ import annotations

import pytest

from guiyan.packs import KINDS, json_schema


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_schema(kind: str) -> None:
    schema = json_schema(kind)
    assert schema["title"] == kind and schema["$schema"].startswith("https://json-schema.org/")


def test_keys_are_those_of_the_files_and_ids_are_optional() -> None:
    schema = json_schema("measure")
    assert {"title", "for", "versions"} <= schema["properties"].keys()
    assert "kind" not in schema["properties"] and "id" not in schema["required"]
    assert schema["additionalProperties"] is False


def test_an_unknown_kind_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="Did you mean measure"):
        json_schema("mesure")
