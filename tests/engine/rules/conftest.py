"""Property tests here have no deadline: a busy machine is not a fault of a rule."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
