"""The benefit's controls → data: one amount for all, or tiers, each with an amount, its two ends or payments."""

from __future__ import annotations

from guiyan.desk.rules.content import Data, as_written, listed, mapping, text_of, without_nothing
from guiyan.desk.rules.posted import MOST, Posted
from guiyan.desk.rules.row_reading import read_row
from guiyan.engine.rules.building import EMPTY_LINE
from guiyan.engine.rules.building_words import Saying

# How a sum is said: which of its keys the form asks for.
WAYS = {
    "fixed": ("amount_yuan",),
    "up_to": ("amount_max_yuan",),
    "range": ("amount_min_yuan", "amount_max_yuan"),
    "from": ("amount_min_yuan",),
    "none": (),
}
PAYMENTS, TIERS = "payments", "tiers"
LONGEST = 24


def way_of(data: Data) -> str:
    """How the sum is said now."""
    if data.get(PAYMENTS) is not None:
        return PAYMENTS
    said = {key for key in ("amount_yuan", "amount_min_yuan", "amount_max_yuan") if data.get(key) is not None}
    return next((way for way, keys in WAYS.items() if said == set(keys)), "fixed")


def read_benefit(posted: Posted, before: Data, saying: Saying) -> Data:
    if "b.kind" not in posted.sent:
        return before
    found: Data = {"kind": posted.text("b.kind"), "less_received": posted.many("b.less")}
    if posted.text("b.way") == TIERS:
        found[TIERS] = read_tiers(posted, before, saying)
    else:
        found |= read_sum(posted, "b")
    return without_nothing(found) | {key: value for key, value in found.items() if key.startswith("amount_")}


def read_sum(posted: Posted, prefix: str) -> Data:
    """The keys of the way that is chosen, empty where nothing is typed yet; a percentage wherever one is given."""
    way = posted.text(f"{prefix}.way")
    found = {key: amount(posted, f"{prefix}.{key}") for key in WAYS.get(way, ())}
    rate = posted.text(f"{prefix}.rate_percent.from") or posted.text(f"{prefix}.rate_percent").removesuffix("%")
    return found | ({"rate_percent": rate} if rate else {})


def amount(posted: Posted, name: str) -> str:
    """Yuan as typed, without the commas that people write; `:limit` where a parameter is chosen; 30万 is 300000."""
    written = posted.text(f"{name}.from") or posted.text(name)
    plain = written.replace(",", "").replace("，", "").removesuffix("元")
    if plain.endswith("万") and plain[:-1].isdigit():
        return f"{int(plain[:-1][:LONGEST]) * 10_000}"
    return plain


def read_tiers(posted: Posted, before: Data, saying: Saying) -> list[Data]:
    if "ts" not in posted.sent:
        # Tiers are asked for, for the first time: what was one amount becomes the first of two.
        first = {key: value for key, value in before.items() if key.startswith("amount_") or key == "rate_percent"}
        return listed(before.get(TIERS)) or [{**empty_tier(), **first}, {"label": "其他的", "amount_yuan": ""}]
    places = [place for place in range(posted.count("ts")) if not posted.does("remove", f"t{place}")]
    tiers = [read_tier(posted, f"t{place}", mapping(one_of(before, place)), saying) for place in places]
    if posted.verb == "add-tier":
        last = tiers[-1:] if tiers and "when" not in tiers[-1] else []
        tiers = [*tiers[: len(tiers) - len(last)], empty_tier(), *last][:MOST]
    return tiers


def one_of(before: Data, place: int) -> object:
    tiers = listed(before.get(TIERS))
    return tiers[place] if place < len(tiers) else {}


def empty_tier() -> Data:
    return {"label": "", "when": text_of(EMPTY_LINE), "amount_yuan": ""}


def read_tier(posted: Posted, prefix: str, before: Data, saying: Saying) -> Data:
    found: Data = {"label": posted.text(f"{prefix}.label")}
    if not posted.text(f"{prefix}.else"):
        found["when"] = as_written(read_row(posted, f"{prefix}.w", saying), before.get("when"))
    if posted.text(f"{prefix}.way") != PAYMENTS:
        return found | read_sum(posted, prefix)
    return found | {PAYMENTS: read_payments(posted, prefix)}


def read_payments(posted: Posted, prefix: str) -> Data:
    """The first while the fact is 1, the second at 2: as many as there are boxes, two at least."""
    count = max(posted.count(f"{prefix}.pays"), 2)
    each = [amount(posted, f"{prefix}.pay{n}") for n in range(count) if not posted.does("remove", f"{prefix}.pay{n}")]
    if posted.does("add-payment", prefix):
        each.append("")
    return {"by": posted.text(f"{prefix}.by"), "amounts_yuan": each[:MOST]}
