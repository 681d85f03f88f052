"""`bin/guiyan healthz`: asks the running web for its health; exit status 1 with the reason when it is not well."""

from __future__ import annotations

import argparse
import sys
import urllib.error
import urllib.request


def run(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/guiyan healthz", description="询问网站是否正常。")
    parser.add_argument("--port", type=int, default=8000, help="网站端口，默认 8000")
    reason = complaint(f"http://127.0.0.1:{parser.parse_args(argv).port}/healthz")
    print(reason or "正常", file=sys.stderr)
    return 1 if reason else 0


def complaint(url: str) -> str:
    """What /healthz complains of; nothing when it answers 200."""
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=10):
            return ""
    except urllib.error.HTTPError as error:
        return error.read().decode("utf-8", "replace")[:300] or str(error)
    except OSError as error:
        return str(error)
