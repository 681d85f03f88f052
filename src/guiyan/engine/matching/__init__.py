"""Matching many to many: the best sharing out over all, not first come (no Django, no network)."""

from guiyan.engine.matching.transport import Choice, share_out

__all__ = ["Choice", "share_out"]
