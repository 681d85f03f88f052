"""Releases: the city packs that were applied, and the one in force.

`current()` is the pack everything runs on now; `release(id)` the one an older object was pinned to.
"""

from guiyan.kernel.releases.store import NoRelease, apply, current, current_id, held, release

__all__ = ["NoRelease", "apply", "current", "current_id", "held", "release"]
