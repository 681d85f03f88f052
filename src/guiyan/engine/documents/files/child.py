"""The child process of `apart`: bounds itself, reads one file from standard input, answers in JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

from guiyan.engine.documents.errors import DocumentRefused

MEMORY_BYTES = 1536 * 1024 * 1024
SECONDS = 60


def _limit() -> None:
    """Bound this process; systems without such limits keep the parent's time limit."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _readers() -> dict[str, Callable[[str, bytes], tuple[str, str]]]:
    from guiyan.engine.documents.files.excel import text_of_xlsx
    from guiyan.engine.documents.files.pdf import text_of_pdf

    return {"pdf": text_of_pdf, "xlsx": text_of_xlsx}


def main() -> int:
    """The child: a line of JSON and the file on standard input, JSON on standard output."""
    _limit()
    head = json.loads(sys.stdin.buffer.readline())
    try:
        text, margins = _readers()[head["reader"]](head["filename"], sys.stdin.buffer.read())
        answer: dict[str, object] = {"text": text, "margins": margins}
    except DocumentRefused as refusal:
        answer = {"refused": [refusal.code, refusal.reason]}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
