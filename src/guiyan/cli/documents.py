"""`bin/guiyan documents FILE …`: policy documents brought in for review, as the officer who would bring them."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from guiyan.cli.environment import say
from guiyan.kernel.errors import Refused


def run(argv: list[str]) -> int:
    """Prints one line of JSON for each document; one that is there already is said so and left alone."""
    options = parsed(argv)
    from guiyan.accounts.queries import actor_by_username
    from guiyan.accounts.scope import scope_of
    from guiyan.kernel.scope import entered
    from guiyan.plans.actions import import_document

    officer = actor_by_username(options.officer or policy_officer())
    for path in options.files:
        try:
            with entered(scope_of(officer)):
                document = import_document(officer, name=path.name, content=path.read_bytes())
        except Refused as refusal:
            if refusal.code != "imported-before":
                raise
            say(f"{path.name}：已导入过，不再重复。")
            continue
        print(json.dumps({"document": document.pk, "title": document.title, "file": path.name}, ensure_ascii=False))
    return 0


def parsed(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan documents", description="导入政策文件（.txt、.docx），供核对。")
    parser.add_argument("files", nargs="+", type=existing_file, metavar="FILE")
    parser.add_argument("--as", dest="officer", default="", help="以哪个账号导入（默认示例账号中的政策岗）")
    return parser.parse_args(argv)


def existing_file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"没有文件“{text}”")
    return path


def policy_officer() -> str:
    """The first sample account that may import documents."""
    from guiyan.kernel import releases

    pack = releases.current()
    for username, who in pack.demo.items():
        if any("document.import" in pack.roles[role].permissions for role in who.roles):
            return username
    raise Refused("没有可导入文件的示例账号，请用 --as 指明账号。")
