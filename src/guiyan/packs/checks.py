"""All that is checked of a pack beyond the shape of its parts, whether it came from files or from the desk."""

from __future__ import annotations

from guiyan.packs.pack import Pack
from guiyan.packs.phrase_checks import check_phrases
from guiyan.packs.reading import Faults
from guiyan.packs.references import check_references
from guiyan.packs.rule_checks import check_rules


def check_pack(pack: Pack, faults: Faults) -> None:
    """Every reference, rule, golden case and phrase. All faults are collected; nothing is raised here."""
    check_references(pack, faults)
    check_rules(pack, faults)
    check_phrases(pack, faults)
