"""Values: how text becomes a whole number, a day, a region code or money, strictly and the same everywhere."""

from guiyan.engine.values.declared import Declared, Fen, YamlBool, YamlDay, YamlInt, YamlRegion, YamlText, YamlYuan
from guiyan.engine.values.regions import region_code, region_span

__all__ = [
    "Declared",
    "Fen",
    "YamlBool",
    "YamlDay",
    "YamlInt",
    "YamlRegion",
    "YamlText",
    "YamlYuan",
    "region_code",
    "region_span",
]
