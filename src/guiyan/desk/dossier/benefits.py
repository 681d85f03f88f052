"""What she may be entitled to: each measure in force with its verdict, what is missing, the way to apply for her."""

from __future__ import annotations

from typing import Any

from guiyan.cases import queries as cases
from guiyan.cases.queries import Case
from guiyan.engine.rules import ScreenResult
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor, holds
from guiyan.policies import queries as policies
from guiyan.registers.queries import Known

ORDER = {"yes": 0, "unknown": 1, "no": 2, "expired": 3}
MOST_MISSING = 3


def benefit_rows(actor: Actor, person: Known, own: list[Case]) -> list[dict[str, Any]]:
    """One row a measure for people, those she may have first. The facts are read once."""
    results = policies.screen_answers(policies.known_facts(person.subject_id))
    items = {item.measure: item for item in releases.current().items.values()}
    mandates = cases.usable_mandates(actor, person.ids) if holds(actor, "case.help") else set()
    by_measure: dict[str, Case] = {}
    for case in own:
        by_measure.setdefault(case.measure, case)
    rows = []
    for result in sorted(results, key=lambda one: (ORDER[one.verdict], one.title)):
        item = items.get(result.id)
        rows.append(
            {
                "title": result.title,
                "verdict": result.verdict,
                "words": words_of(result),
                "open_conditions": result.open_conditions if result.verdict == "yes" else (),
                "clause": releases.current().clause_words(result.clause),
                "case": by_measure.get(result.id),
                "item": item.id if item else "",
                "entry": entry_for(actor, item.entries, item.id, mandates) if item else "",
            }
        )
    return rows


def words_of(result: ScreenResult) -> str:
    """缺：毕业日期; the first condition that speaks against it; nothing for a yes."""
    facts = releases.current().facts
    if result.verdict == "unknown":
        names = [facts[name].label for name in result.missing if name in facts]
        more = f"等{len(names)}项" if len(names) > MOST_MISSING else ""
        return f"缺：{'、'.join(names[:MOST_MISSING])}{more}"
    against = next((one.label for one in result.reasons if one.verdict in ("no", "expired")), "")
    return f"不满足：{against}" if result.verdict == "no" and against else against


def entry_for(actor: Actor, entries: tuple[str, ...], item: str, mandates: set[str]) -> str:
    """How this actor may begin it for her: at the counter, with her mandate, or by asking for one first."""
    if "counter" in entries and holds(actor, "case.enter"):
        return "counter"
    if "helper" in entries and holds(actor, "case.help"):
        return "helper" if item in mandates else "mandate"
    return ""
