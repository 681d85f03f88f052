"""`bin/guiyan serve`: the web processes (gunicorn, threads in few workers)."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile

from guiyan.cli.environment import home
from guiyan.kernel.postgres import open_database


def run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/guiyan serve", description="启动网站进程，Ctrl-C 停止。")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args(argv)
    open_database(home())
    os.environ["GUIYAN_DB_ROLE"] = "app"
    # exec: signals reach gunicorn itself, and the supervisor's child is the server and no shell around it.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *gunicorn_options(options)])


def gunicorn_options(options: argparse.Namespace) -> list[str]:
    return [
        "guiyan.config.wsgi:application",
        f"--bind={options.host}:{options.port}",
        "--worker-class=gthread",
        f"--workers={options.workers}",
        f"--threads={options.threads}",
        # Read the application once and fork: half the start, and a worker that died is back at once.
        "--preload",
        "--timeout=120",
        "--graceful-timeout=20",
        # Workers show they live by a file here; on a slow disk they would seem dead.
        f"--worker-tmp-dir={'/dev/shm' if os.path.isdir('/dev/shm') else tempfile.gettempdir()}",
        "--log-level=warning",
        "--no-control-socket",
    ]
