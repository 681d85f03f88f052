"""Named places where a test may end this process with kill -9, to see that nothing is lost or done twice."""

from __future__ import annotations

import os
import signal

from django.conf import settings

NAMES = frozenset(
    {"locked", "posted", "before_commit", "after_commit", "payment_file_written", "result_half_read", "received"}
    | {"piece_written", "told_some", "text_taken", "arrival_followed", "terms_written", "rows_taken"}
    | {"part_compared", "people_linked", "piece_undone"}
)


def hit(name: str) -> None:
    """End this process here if GUIYAN_FAILPOINT, or the file `failpoint` in GUIYAN_HOME, asks for it.

    The file is taken away first, so that the process started next goes on; the variable holds for good.
    """
    if name not in NAMES:
        raise ValueError(f"unknown failpoint {name}; known: {', '.join(sorted(NAMES))}")
    if os.environ.get("GUIYAN_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)
    asked = settings.GUIYAN_HOME / "failpoint"
    try:
        if asked.read_text().strip() != name:
            return
        asked.unlink()
    except FileNotFoundError:
        return
    os.kill(os.getpid(), signal.SIGKILL)
