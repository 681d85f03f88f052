"""What `bin/guiyan check` collects: each module offers `findings()` in its own `checks.py`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it must be. `code` is stable, `where` names the object, `message` says it in words."""

    code: str
    where: str
    message: str
