"""Releases: the city packs that were applied, and the one in force.

`current()` is the pack everything runs on now; `release(id)` the one an older object was pinned to.
`desk_edits()` is what of the pack in force was changed at the desk; `wait_for_turn` before making the next one from it.
"""

from guiyan.kernel.releases.store import (
    NoRelease,
    apply,
    current,
    current_id,
    desk_edits,
    held,
    release,
    wait_for_turn,
)

__all__ = ["NoRelease", "apply", "current", "current_id", "desk_edits", "held", "release", "wait_for_turn"]
