"""`bin/guiyan documents FILE…`: import policy documents; `--publish` confirms all and publishes."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from guiyan.cli.environment import say

if TYPE_CHECKING:
    from guiyan.kernel.actors import Actor
    from guiyan.plans.models import Document


def run(arguments: list[str]) -> int:
    """Prints a JSON list: each file, its document and what was read. A file imported before is left alone."""
    options = parsed(arguments)
    from guiyan.accounts.scope import scope_of
    from guiyan.kernel.errors import Refused
    from guiyan.kernel.scope import entered

    officer = policy_officer(options.officer)
    told = []
    for path in options.files:
        say(f"读取{path.name}")
        with entered(scope_of(officer)):
            try:
                told.append(imported(officer, path, publish=options.publish))
            except Refused as refusal:
                if refusal.code != "imported-before":
                    raise
                told.append({"file": path.name, "skipped": str(refusal)})
    print(json.dumps(told, ensure_ascii=False))
    return 0


def parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/guiyan documents", description="导入政策文件（.txt、.docx），供核对。")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--officer", default="", help="以谁的身份（用户名；默认有导入权限的演示账号）")
    parser.add_argument("--publish", action="store_true", help="演示用：全部确认并发布")
    return parser.parse_args(arguments)


def policy_officer(username: str) -> Actor:
    """The account to act as: the one named, or the first of the demonstration that may import."""
    from guiyan.accounts.models import User
    from guiyan.accounts.queries import actor_by_username, actor_of
    from guiyan.kernel.actors import holds
    from guiyan.kernel.errors import Refused

    if username:
        return actor_by_username(username)
    actors = (actor_of(user) for user in User.objects.filter(is_demo=True).order_by("pk"))
    found = next((actor for actor in actors if holds(actor, "document.import")), None)
    if found is None:
        raise Refused("没有可以导入文件的账号，请用 --officer 指定。", "no-officer")
    return found


def imported(officer: Actor, path: Path, *, publish: bool) -> dict[str, object]:
    from guiyan.plans import actions, queries

    # A revised file of the demonstration would stand in force beside the earlier one, every number twice.
    if publish and queries.documents_for(officer).filter(file_name=path.name, state="in_force").exists():
        return {"file": path.name, "skipped": "同名的文件已在执行。修订稿请在工作台导入、核对后发布。"}
    document = actions.import_document(officer, name=path.name, content=path.read_bytes())
    if publish:
        publish_all(officer, document)
    read = {kind: total for kind, (_, total) in queries.progress_of(document).by_kind.items()}
    return {"file": path.name, "document": document.pk, **read, "published": publish}


def publish_all(officer: Actor, document: Document) -> None:
    """What an officer does by hand at the desk, over every reading."""
    from guiyan.plans import actions, queries
    from guiyan.policies.actions import confirm_measure

    for mention in document.mentions.all():
        if mention.is_unknown:
            actions.resolve_mention(officer, mention=mention, unit_codes=[], is_outside=True)
    for item in queries.items_of(document, only_open=True):
        actions.decide_item(officer, item=item, decision="confirmed", version=item.version)
    published = actions.publish_document(officer, document=document)
    for reading in queries.linked_measures(published):
        confirm_measure(officer, **asdict(reading))
