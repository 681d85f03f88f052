"""The form → the measure as data. What is typed wrong stays what was typed; saying so is `checked`'s."""

from __future__ import annotations

from guiyan.desk.rules.benefit_reading import read_benefit
from guiyan.desk.rules.content import (
    Data,
    as_written,
    last_version,
    mapping,
    next_name,
    row_of,
    saying_of,
    text_of,
    with_version,
    without_nothing,
    words,
)
from guiyan.desk.rules.posted import Posted
from guiyan.desk.rules.row_reading import read_row
from guiyan.engine.rules.building import EMPTY_LINE
from guiyan.engine.rules.building_words import Saying
from guiyan.packs import Pack

PLAIN = ("title", "plain", "strength", "payer", "once_per")


def read_content(posted: Posted, before: Data, pack: Pack, clause: Data, *, is_new: bool) -> Data:
    """The whole measure; `before` gives what the form does not ask (earlier versions, who handles it).

    clause: what was chosen of the document.
    """
    asked = [name for name in PLAIN if name in posted.sent]
    content = {**before, **{name: posted.text(name) for name in asked}}
    if is_new and "for" in posted.sent:
        content["for"] = posted.text("for")
    if "open_conditions" in posted.sent:
        content["open_conditions"] = posted.lines("open_conditions")
    content["clause"] = {**mapping(before.get("clause")), **clause}
    version = last_version(content)
    if "from" in posted.sent:
        version |= {"from": posted.text("from"), "to": posted.text("to")}
    version["parameters"] = read_parameters(posted, mapping(version.get("parameters")))
    content = with_version(content, version)
    saying = saying_of(pack, content)
    version["conditions"] = read_conditions(posted, mapping(version.get("conditions")), saying)
    version["benefit"] = read_benefit(posted, mapping(version.get("benefit")), saying)
    kept = without_nothing(version) | {"conditions": version["conditions"]}
    return without_nothing(with_version(content, kept))


def read_parameters(posted: Posted, before: Data) -> Data:
    """By the name that conditions call them; one that is taken away is gone, and lines that named it say so."""
    if "ps" not in posted.sent:
        return before
    found: Data = {}
    for place in range(posted.count("ps")):
        prefix = f"p{place}"
        if posted.does("remove", prefix):
            continue
        name = posted.text(f"{prefix}.id") or next_name("p", before | found)
        found[name] = read_parameter(posted, prefix, mapping(before.get(name)))
    if posted.verb == "add-parameter":
        found[next_name("p", before | found)] = {"label": "", "type": "int", "value": "", "set_by": ""}
    return found


def read_parameter(posted: Posted, prefix: str, before: Data) -> Data:
    said = {key: posted.text(f"{prefix}.{key}") for key in ("label", "type", "set_by")}
    if before.get("by_region"):
        each = {code: posted.text(f"{prefix}.at.{code}") or None for code in mapping(before["by_region"])}
        return {**before, **said, "by_region": each}
    value = posted.text(f"{prefix}.value").replace(",", "").replace("，", "") if said["type"] == "int" else ""
    return {**before, **said, "value": value or posted.text(f"{prefix}.value") or None}


def read_conditions(posted: Posted, before: Data, saying: Saying) -> Data:
    if "cs" not in posted.sent:
        return before
    found: Data = {}
    for place in range(posted.count("cs")):
        prefix = f"c{place}"
        if posted.does("remove", prefix):
            continue
        name = posted.text(f"{prefix}.id") or next_name("c", before | found)
        was = mapping(before.get(name)).get("when")
        found[name] = {"label": posted.text(f"{prefix}.label"), "when": read_when(posted, f"{prefix}.w", saying, was)}
    if posted.verb == "add-condition":
        found[next_name("c", before | found)] = {"label": "", "when": text_of(EMPTY_LINE)}
    return moved(found, posted)


def read_when(posted: Posted, prefix: str, saying: Saying, before: object) -> str:
    """What no builder can show is carried along as it was written, unless a new row takes its place."""
    written = words(posted.sent.get(f"{prefix}.written"))
    if written and row_of(written) is None and not posted.does("rewrite", prefix):
        return written
    return as_written(read_row(posted, prefix, saying), before)


def moved(found: Data, posted: Posted) -> Data:
    """One condition a place up."""
    names = list(found)
    if posted.verb != "up" or not posted.at[1:].isdigit():
        return found
    place = int(posted.at[1:])
    if 0 < place < len(names):
        names[place - 1], names[place] = names[place], names[place - 1]
    return {name: found[name] for name in names}
