"""Reading in a process of its own, for formats that native code takes apart: bounded memory and time, no shared state.

PDFium is not safe in threads and, like every parser of binary files, may be brought down by a file made for it. There
it takes down a child that has nothing but the file; the parent says in words that the file can't be read.
"""

from __future__ import annotations

import json
import subprocess
import sys

from guiyan.engine.documents.errors import DocumentRefused
from guiyan.engine.documents.files.child import SECONDS

COMMAND = ("-m", "guiyan.engine.documents.files.child")
_OVER = "文件“{name}”结构异常，在限定的内存和时间内读不完。请用原来的软件打开，另存一份后重新上传。"


def read_apart(reader: str, filename: str, content: bytes) -> tuple[str, str]:
    """What the reader (`pdf` or `xlsx`) finds: text and margins. Raises DocumentRefused."""
    head = json.dumps({"reader": reader, "filename": filename}).encode()
    try:
        done = subprocess.run(
            [sys.executable, *COMMAND],
            input=head + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS + 15,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DocumentRefused("too-large", _OVER.format(name=filename)) from error
    if done.returncode != 0:
        raise DocumentRefused("too-large", _OVER.format(name=filename))
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise DocumentRefused(*answer["refused"])
    return answer["text"], answer["margins"]
