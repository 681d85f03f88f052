"""What this process took of the machine, and what the machine is."""

from __future__ import annotations

import os
import platform
import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def peak_mb() -> int:
    """The most memory this process held, in MB. `getrusage` would count what a parent held before it started us."""
    if STATUS.exists():
        for line in STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) // 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def machine() -> dict[str, object]:
    load = round(os.getloadavg()[0], 2)
    return {"processors": os.cpu_count(), "architecture": platform.machine(), "system": platform.system(), "load": load}
