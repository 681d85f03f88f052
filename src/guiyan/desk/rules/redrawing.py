"""What of the builder is drawn anew after a change, so that nobody's typing is taken from under the hand.

The controls are drawn again only where there are other controls than before. Otherwise only the slots are: what is
wrong, what a condition says, how a case came out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string

from guiyan.desk.rules.posted import Posted
from guiyan.desk.rules.row_showing import GroupView, LineView

BUILDER = "desk/rules/part_builder.html"
WHOLE = ("basics", "conditions", "benefit", "days", "cases", "clause")
# What is typed and chosen, and the slots: none of it says which controls there are.
MOVING = re.compile(
    r'<p class="(?:field-error|rule-reads)".*?</p>|<div class="case-outcome.*?</div>'
    r'|<summary class="case-head.*?</summary>|<span class="day-words".*?</span>'
    r'|<span class="sr-only" data-words>.*?</span>|(?<=<textarea )[^>]*>[^<]*| selected| checked| open(?=[> ])',
    re.DOTALL,
)
TYPED = re.compile(r'(<input class="input"[^>]*?) value="[^"]*"')


def shape_of(context: dict[str, Any]) -> str:
    """Names the controls that the builder has, whatever stands in them."""
    html = TYPED.sub(r"\1", render_to_string(BUILDER, context))
    return hashlib.sha256(MOVING.sub("", html).encode()).hexdigest()


def still(context: dict[str, Any]) -> dict[str, Any]:
    """The controls stay as they are: only the slots are sent."""
    return {"slots": slots_in(context), "same": True}


def focus_of(posted: Posted, context: dict[str, Any]) -> str:
    """Where the hand goes on after a button: to what was added, or to the place that something was taken from."""
    last = {
        "add-condition": context["conditions"],
        "add-parameter": context["parameters"],
        "add-case": context["cases"],
        "add-tier": [tier for tier in context["benefit"].tiers if not tier.is_rest],
    }
    if last.get(posted.verb):
        return str(last[posted.verb][-1].prefix)
    if posted.verb in ("add-line", "add-group"):
        return last_line(posted.at, context)
    if posted.verb == "remove-row":
        return posted.at.rpartition(".")[0]
    if posted.verb == "remove":
        return {"c": "conditions", "p": "parameters", "t": "benefit", "k": "cases"}.get(posted.at[:1], "")
    if posted.verb == "copy-case" and posted.at[1:].isdigit():
        return f"k{int(posted.at[1:]) + 1}"
    return posted.at if posted.verb == "up" else ""


def last_line(prefix: str, context: dict[str, Any]) -> str:
    """The last line drawn inside the group: what was added stands at its end."""
    rows = [one.row for one in (*context["conditions"], *context["benefit"].tiers)]
    inside = [name for row in rows for name, _ in lines_in(row) if name.startswith(f"{prefix}.")]
    return inside[-1] if inside else ""


def slots_in(context: dict[str, Any]) -> list[tuple[str, str]]:
    """(id, what is wrong there), also where nothing is any longer."""
    errors = context["errors"]
    found = [(name, errors.get(name, "")) for name in WHOLE]
    tiers = context["benefit"].tiers
    for one in (*context["conditions"], *context["parameters"], *tiers, *context["cases"]):
        found.append((one.prefix, one.error))
    for one in (*context["conditions"], *tiers):
        found += lines_in(one.row)
    return found


def lines_in(row: LineView | GroupView | None) -> Iterator[tuple[str, str]]:
    if row is None:
        return
    yield row.prefix, row.error
    if isinstance(row, GroupView):
        for each in row.rows:
            yield from lines_in(each)
