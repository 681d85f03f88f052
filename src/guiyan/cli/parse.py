"""`guiyan parse FILE`: one document read, printed as JSON. Needs no database."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from guiyan.engine.documents import DocumentRefused, parse_file

_USAGE = "用法：guiyan parse FILE（.txt .docx .pdf .html 或 .xlsx）"


def run(argv: list[str]) -> int:
    """Print the parsed document. 0 done, 1 refused with its reason on standard error, 2 wrong usage."""
    if len(argv) != 1 or argv[0].startswith("-"):
        print(_USAGE, file=sys.stderr)
        return 0 if argv in (["-h"], ["--help"]) else 2
    path = Path(argv[0])
    try:
        content = path.read_bytes()
        document = parse_file(path.name, content)
    except OSError as error:
        print(f"无法读取文件 {path}：{error.strerror}。请检查路径和权限。", file=sys.stderr)
        return 1
    except DocumentRefused as refusal:
        print(refusal.reason, file=sys.stderr)
        return 1
    sys.stdout.write(json.dumps(document.to_json(), ensure_ascii=False, indent=2) + "\n")
    return 0
