"""The builder's page: a draft, what is wrong with it, what it means, whom it fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from guiyan.desk.rules.benefit_showing import BENEFITS, benefit_of
from guiyan.desk.rules.case_showing import VERDICTS, CaseView, case_view
from guiyan.desk.rules.choices import Choices
from guiyan.desk.rules.clauses import clause_of, words_are_there
from guiyan.desk.rules.content import Data, kind_of, last_version, listed, mapping, row_of, version_before, words
from guiyan.desk.rules.counts import counts_of
from guiyan.desk.rules.showing import (
    ONCE,
    STRENGTHS,
    TYPES,
    choices_of,
    conditions_of,
    parameters_of,
)
from guiyan.desk.rules.troubles import by_place, troubles_of
from guiyan.desk.rules.wording import meaning_of
from guiyan.engine.rules.building_words import faults
from guiyan.engine.values.declared import day
from guiyan.kernel import releases
from guiyan.kernel.actors import Actor
from guiyan.packs import Pack
from guiyan.policies import queries, states
from guiyan.policies.models import RuleProposal
from guiyan.policies.queries import CaseOutcome, Checked

WHOM = {"person": "个人", "organisation": "企业和单位", "project": "项目"}


def builder_of(actor: Actor, proposal: RuleProposal, *, counted: bool = True) -> dict[str, Any]:
    """Everything the page draws of the proposal as it stands, saved or as it was typed just now.

    counted: whether people are counted as well; the controls do without.
    """
    pack = releases.current()
    content: Data = proposal.content
    found = queries.checked(proposal)
    choices = choices_of(pack, content)
    unfinished = list(unfinished_in(content, choices))
    troubles = troubles_of(content, found.problems, unfinished)
    errors = by_place(troubles)
    version = last_version(content)
    return {
        "proposal": proposal,
        "kind_words": WHOM[kind_of(content)],
        "basics": basics_of(content, choices, pack),
        "conditions": conditions_of(content, choices, errors),
        "open_conditions": "\n".join(map(str, listed(content.get("open_conditions")))),
        "benefit": benefit_of(content, choices, errors),
        "benefit_kinds": BENEFITS,
        "parameters": parameters_of(content, pack, errors),
        "parameter_types": TYPES,
        "days": days_of(version),
        "cases": cases_of(proposal, found, choices, errors),
        "case_verdicts": VERDICTS,
        "carries": bool(version_before(content)),
        "clause": clause_of(actor, proposal, pack),
        "words_missing": words_are_there(proposal) is False,
        "errors": errors,
        **side_of(proposal, found, troubles, counted=counted),
    }


def side_of(proposal: RuleProposal, found: Checked, troubles: Any, *, counted: bool = True) -> dict[str, Any]:
    """The rail: the sentence, the counts, the cases in short, and what still stands in the way."""
    failing = [case for case in found.cases if not case.holds]
    return {
        "found": found,
        "meaning": meaning_of(found),
        "counts": counts_of(found.measure, before_of(proposal), proposal.effective_on) if counted else None,
        "failing": failing,
        "holding": len(found.cases) - len(failing),
        "troubles": troubles,
        "ready": found.ready,
        "may_take": True,
    }


def before_of(proposal: RuleProposal) -> Any:
    """The measure that the draft would change, as it is in force; None for a new one."""
    return None if proposal.is_new else releases.current().compiled.get(proposal.measure_id)


def unfinished_in(content: Data, choices: Choices) -> Iterator[str]:
    """The prefixes of conditions and tiers with a line that is not finished."""
    version = last_version(content)
    whens = [(f"c{n}", mapping(one).get("when")) for n, one in enumerate(mapping(version.get("conditions")).values())]
    tiers = listed(mapping(version.get("benefit")).get("tiers"))
    whens += [(f"t{n}", mapping(tier)["when"]) for n, tier in enumerate(tiers) if "when" in mapping(tier)]
    for prefix, when in whens:
        row = row_of(when)
        if row is not None and next(faults(row, choices.saying), None) is not None:
            yield prefix


def basics_of(content: Data, choices: Choices, pack: Pack) -> dict[str, Any]:
    kind = kind_of(content)
    payer = words(content.get("payer"))
    payers = choices.payers if payer in ("", *dict(choices.payers)) else [*choices.payers, (payer, payer)]
    return {
        **{key: words(content.get(key)) for key in ("title", "plain", "strength", "once_per")},
        "kind": kind,
        "payer": payer,
        "kinds": list(states.KINDS.items()),
        "strengths": STRENGTHS,
        "onces": [one for one in ONCE if one[0] in ("", kind, words(content.get("once_per")))],
        "payers": payers,
        "items": [(item.id, item.title) for item in queries.patterns_for(kind)],
    }


def days_of(version: Data) -> dict[str, Any]:
    """A text that is no day is shown as it was typed: the browser's own control would drop it."""
    found: dict[str, Any] = {}
    for key in ("from", "to"):
        written = words(version.get(key))
        found |= {key: written, f"{key}_day": day_of(written)}
        found[f"{key}_type"] = "text" if written and found[f"{key}_day"] is None else "date"
    return found


def day_of(text: str) -> date | None:
    try:
        return day(text)
    except ValueError:
        return None


@dataclass(frozen=True)
class GoldenRow:
    """One case as the second person reads it: on which day, what is known, and how it came out."""

    on: str
    said: str
    outcome: CaseOutcome


def golden_rows(proposal: RuleProposal, found: Checked) -> tuple[list[GoldenRow], list[GoldenRow]]:
    """Those of the version being written, and those of the versions before."""
    choices = choices_of(releases.current(), proposal.content)
    cases, start = listed(proposal.cases), words(last_version(proposal.content).get("from"))
    rows: tuple[list[GoldenRow], list[GoldenRow]] = ([], [])
    for outcome in found.cases:
        case = mapping(cases[outcome.place])
        view = case_view(outcome.place, case, (), choices, outcome, "")
        rows[view.on < start].append(GoldenRow(view.day, view.said, outcome))
    return rows


def cases_of(proposal: RuleProposal, found: Checked, choices: Choices, errors: Any) -> list[CaseView]:
    versions = found.measure.versions if found.measure is not None else ()
    asked = [fact for version in versions for fact in (*version.facts, *version.amount_facts)]
    outcomes = {case.place: case for case in found.cases}
    return [
        case_view(place, mapping(case), asked, choices, outcomes.get(place), errors.get(f"k{place}", ""))
        for place, case in enumerate(listed(proposal.cases))
    ]
