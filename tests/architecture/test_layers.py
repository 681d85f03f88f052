"""Foreign keys follow the arrows of the imports; every folder has its place."""

from __future__ import annotations

from django.apps import apps

from tests.architecture.contract import SOURCE, layer_heights, modules_with_inner_order


def test_every_module_stands_in_the_contract_and_every_layer_exists() -> None:
    folders = {path.name for path in SOURCE.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    assert folders == set(layer_heights())


def test_the_order_inside_is_held_for_every_module_with_tables() -> None:
    with_tables = {path.name for path in SOURCE.iterdir() if any(path.glob("models*"))}
    assert with_tables - {"kernel"} <= modules_with_inner_order()


def test_foreign_keys_point_down() -> None:
    heights = layer_heights()
    upward = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("guiyan.")
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model is not None
        if not points_down(module_of(model), module_of(field.related_model), heights)
    ]
    assert upward == []


def module_of(model: type) -> str:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "guiyan" else ""


def points_down(source: str, target: str, heights: dict[str, int]) -> bool:
    """Within a module, or to a lower layer; tables of Django's own lie below everything."""
    return source == target or target == "" or heights[target] < heights[source]


def test_the_rule_itself_tells_up_from_down() -> None:
    heights = layer_heights()
    assert points_down("cases", "accounts", heights)
    assert points_down("cases", "cases", heights)
    assert not points_down("accounts", "cases", heights)
    assert not points_down("plans", "policies", heights)
