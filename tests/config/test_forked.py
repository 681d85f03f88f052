"""The web server loads the application and forks: what it loaded must neither use nor end threads that stay behind."""

from __future__ import annotations

import subprocess
import sys

FORKING = """
import os
import signal
from guiyan.config import wsgi
child = os.fork()
if child == 0:
    import polars
    polars.DataFrame({"a": [1, 2]}).lazy().group_by("a").len().collect()
    raise SystemExit(0)
signal.signal(signal.SIGALRM, lambda *_: os.kill(child, signal.SIGKILL))
signal.alarm(60)
raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_a_forked_process_of_the_application_counts_and_ends_by_itself() -> None:
    done = subprocess.run([sys.executable, "-c", FORKING], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
