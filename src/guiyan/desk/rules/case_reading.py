"""The controls of golden cases → data: facts, the verdict that is right, and what else is checked."""

from __future__ import annotations

from guiyan.desk.rules.content import Data, without_nothing, words
from guiyan.desk.rules.posted import MOST, Posted

LISTED, NONE = "[]", ".none"
# What a case may check besides, kept as it is written until it is taken away.
BESIDES = {
    "missing": "还差的信息",
    "amount_min_yuan": "最少金额",
    "amount_missing": "金额还差的信息",
    "unpublished": "金额未公布",
    "valid_until": "有效至",
}


def read_cases(posted: Posted, before: list[Data], today: str, since: str = "") -> list[Data]:
    """`before` gives what the form only carries along. since: when the version before the one being written began."""
    if "ks" not in posted.sent:
        return before
    places = [place for place in range(posted.count("ks")) if not posted.does("remove", f"k{place}")]
    found = [read_case(posted, f"k{place}", before) for place in places]
    if posted.verb == "copy-case" and (place := posted.at[1:]).isdigit() and int(place) < len(found):
        copied = found[int(place)]
        found.insert(int(place) + 1, {**copied, "title": f"{words(copied.get('title'))}（另一种）"})
    if posted.verb == "carry-cases":
        found += carried(found, since, posted.text("from"))
    if posted.verb == "add-case":
        found.append({"title": "", "on": today, "verdict": "yes"})
    return found[:MOST]


def carried(cases: list[Data], since: str, start: str) -> list[Data]:
    """The cases of the version before once more, on the first day of the new one, those that are not there yet.

    What only the day decides (until when a verdict stands) is left out.
    """
    there = [case.get("facts") for case in cases if words(case.get("on")) >= start]
    found: list[Data] = []
    for case in cases:
        earlier = since <= words(case.get("on")) < start and case.get("verdict") != "expired"
        if earlier and case.get("facts") not in there:
            there.append(case.get("facts"))
            found.append({**{key: value for key, value in case.items() if key != "valid_until"}, "on": start})
    return found


def read_case(posted: Posted, prefix: str, before: list[Data]) -> Data:
    place = posted.text(f"{prefix}.was")
    was = before[int(place)] if place.isdigit() and int(place) < len(before) else {}
    kept = {key: was[key] for key in BESIDES if key in was and posted.text(f"{prefix}.keep")}
    said: Data = {"title": posted.text(f"{prefix}.title"), "on": posted.text(f"{prefix}.on")}
    amount = without_commas(posted.text(f"{prefix}.amount_yuan"))
    return {
        **said,
        **without_nothing({"facts": read_facts(posted, f"{prefix}.f.")}),
        "verdict": posted.text(f"{prefix}.verdict") or "yes",
        **kept,
        **without_nothing({"amount_yuan": amount}),
    }


def read_facts(posted: Posted, start: str) -> Data:
    """`age_years` is a value, `received[]` the ticked ones of a list, `received.none` that there are none,
    `received_yuan:x` an amount; what is empty is not known."""
    facts: Data = {}
    for name in (one for one in posted.sent if one.startswith(start)):
        fact, _, key = name.removeprefix(start).partition(":")
        if fact.endswith(LISTED):
            facts[fact.removesuffix(LISTED)] = posted.many(name)
        elif fact.endswith(NONE):
            facts.setdefault(fact.removesuffix(NONE), [])
        elif value := without_commas(posted.text(name)):
            if key:
                facts.setdefault(fact, {})[key] = value
            else:
                facts[fact] = value
    return facts


def without_commas(value: str) -> str:
    plain = value.replace(",", "").replace("，", "")
    return plain if plain.removeprefix("-").isdigit() else value
