"""Drafting a change of a measure, or a new one: whatever is written is kept, right or wrong."""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from typing import Any

from django.db import transaction
from pypinyin import lazy_pinyin

from guiyan.accounts import offices
from guiyan.accounts.permissions import require
from guiyan.kernel import audit, calendar, releases, workflow
from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import NotFound, Refused
from guiyan.kernel.texts import at_most, visible
from guiyan.kernel.turns import take_turn
from guiyan.packs import Measure, Pack
from guiyan.packs.writing import as_texts, cases_data, measure_data
from guiyan.policies import states
from guiyan.policies.models import RuleProposal
from guiyan.policies.permissions import PROPOSE

FLOW = "rule-proposal"
MOST_KEPT = 300_000
"""Characters of a measure with its cases; the longest measures of cities have a tenth of it."""
LONGEST_ID = 60


@transaction.atomic
def begin_rule(
    actor: Actor,
    *,
    measure_id: str | None = None,
    title: str = "",
    kind: str = "person",
    content: dict[str, Any] | None = None,
    cases: list[Any] | None = None,
    document_id: int | None = None,
    document_title: str = "",
    section: str = "",
    quote: str = "",
    item_like: str = "",
    plan_link: dict[str, Any] | None = None,
) -> RuleProposal:
    """A new draft: of the measure in force with a version that starts tomorrow, or of a new measure.

    measure_id: None for a new one, which needs a title. content, cases: what a new one begins with, if anything.
    A second click gives the draft that the first one made.
    """
    require(actor, PROPOSE)
    take_turn(f"policies.begin:{actor.user_id}")
    pack = releases.current()
    proposal = RuleProposal(base_release=releases.current_id(), is_new=measure_id is None)
    if measure_id is None:
        name = at_most(visible(title), 120, "名称")
        if not name:
            raise Refused("请给新措施起个名称。", "title")
        proposal.measure_id = new_id(pack, name)
        proposal.content = content if content is not None else empty_measure(name, kind, section)
        proposal.cases = cases if cases is not None else []
    else:
        measure = pack.measures.get(measure_id)
        if measure is None:
            raise NotFound("没有这项措施。")
        proposal.measure_id = measure_id
        proposal.content = with_next_version(measure, calendar.today())
        proposal.cases = cases_data(case for case in pack.examples if case.measure == measure_id)
    standing = untouched(actor, proposal)
    if standing is not None:
        return standing
    write_document(proposal, document_id, document_title, section, quote)
    proposal.item_like, proposal.plan_link = item_like, cleaned(plan_link)
    read_typed(proposal)
    office = offices.office_of(actor, PROPOSE)
    proposal.region, proposal.unit_id = office.region, office.unit_id
    proposal.begun_by, proposal.begun_by_name, proposal.begun_at = actor.user_id, actor.label, calendar.now()
    note_editor(proposal, actor)
    if FLOW not in pack.flows:
        raise Refused(f"城市包里还没有规则修改的流程（flows/{FLOW}.yaml），请实施人员先装上。", "flow")
    proposal = workflow.begin(proposal, FLOW, actor=actor)
    detail: dict[str, audit.Value] = {"measure": proposal.measure_id, "new": proposal.is_new}
    audit.record(actor, "rule.begin", proposal.ref, region=proposal.region, detail=detail)
    return proposal


@transaction.atomic
def save_rule(
    actor: Actor,
    *,
    proposal_id: int,
    content: dict[str, Any],
    cases: list[Any],
    seen_version: int,
    item_like: str | None = None,
    document_id: int | None = None,
    document_title: str | None = None,
    section: str | None = None,
    quote: str | None = None,
    plan_link: dict[str, Any] | None = None,
) -> RuleProposal:
    """Keep what was written, faults and all. What is None stays as it was.

    Refused with code `two-tabs` when it was saved by somebody since: nothing is written, the caller shows both.
    """
    proposal = locked(proposal_id)
    require(actor, PROPOSE, proposal)
    if proposal.state != states.DRAFT:
        raise Refused(f"这条修改现在是“{proposal.state_label}”，不能再改。要改，请先退回。", "wrong_state")
    if proposal.version != seen_version:
        when = f"{calendar.long_day(proposal.edited_at)}{proposal.edited_at.astimezone():%H:%M}"
        said = f"{proposal.edited_by_name}{when}已经存过一次，和您打开时不一样了。您写的还在这一页，请对照以后再存。"
        raise Refused(said, "two-tabs")
    proposal.content, proposal.cases = cleaned(content), cleaned(cases)
    if len(json.dumps([proposal.content, proposal.cases], ensure_ascii=False)) > MOST_KEPT:
        raise Refused("写得太多，存不下。请拆成几项措施，或者减少标准案例。", "too-long")
    if item_like is not None:
        proposal.item_like = item_like
    if plan_link is not None:
        proposal.plan_link = cleaned(plan_link)
    write_document(proposal, document_id, document_title, section, quote)
    read_typed(proposal)
    note_editor(proposal, actor)
    proposal.version += 1
    proposal.save()
    audit.record(actor, "rule.save", proposal.ref, region=proposal.region, detail={"version": proposal.version})
    return proposal


def locked(proposal_id: int) -> RuleProposal:
    """The row held until the transaction ends. Raises NotFound for one that the scope does not show."""
    found = RuleProposal.objects.select_for_update().filter(pk=proposal_id).first()
    if found is None:
        raise NotFound("没有这条规则修改，或者不在您的管辖范围。")
    return found


def untouched(actor: Actor, proposal: RuleProposal) -> RuleProposal | None:
    """A draft of the very same by the same officer in which nothing was written yet."""
    same = RuleProposal.objects.filter(begun_by=actor.user_id, state=states.DRAFT, version=1, is_new=proposal.is_new)
    return next(
        (
            one
            for one in same.filter(base_release=proposal.base_release)
            if (one.content, one.cases) == (as_texts(proposal.content), as_texts(proposal.cases))
        ),
        None,
    )


def write_document(
    proposal: RuleProposal, document_id: int | None, title: str | None, section: str | None, quote: str | None
) -> None:
    if document_id is not None and document_id != proposal.document_id:
        proposal.document_id, proposal.document_ended_at = document_id, None
    if title is not None:
        proposal.document_title = at_most(title, 300, "文件名称")
    if section is not None:
        proposal.section = at_most(section, 300, "条款")
    if quote is not None:
        proposal.quote = cleaned_text(quote)


def read_typed(proposal: RuleProposal) -> None:
    """The columns that lists read, as far as the content says them; what it says wrongly is left as it was."""
    content = proposal.content = cleaned(proposal.content)
    proposal.cases = cleaned(proposal.cases)
    title, kind = content.get("title"), content.get("for")
    if isinstance(title, str) and visible(title):
        proposal.title = visible(title)[:120]
    if kind in states.KINDS:
        proposal.kind = kind
    clause = content.get("clause")
    if not proposal.section and isinstance(clause, dict) and isinstance(clause.get("section"), str):
        proposal.section = clause["section"][:300]
    if proposal.item_like:
        content["item"] = proposal.measure_id
    elif content.get("item") == proposal.measure_id and proposal.measure_id not in releases.current().items:
        content.pop("item")  # no item is made for it any more
    proposal.effective_on = last_start(content)


def last_start(content: dict[str, Any]) -> dt.date | None:
    """The day on which the latest version begins; None where it is no day."""
    versions = content.get("versions")
    starts = [one.get("from") for one in versions if isinstance(one, dict)] if isinstance(versions, list) else []
    days = []
    for start in starts:
        try:
            days.append(dt.date.fromisoformat(str(start)))
        except ValueError:
            continue
    return max(days, default=None)


def note_editor(proposal: RuleProposal, actor: Actor) -> None:
    proposal.edited_by, proposal.edited_by_name, proposal.edited_at = actor.user_id, actor.label, calendar.now()
    proposal.editors = sorted({*proposal.editors, *actor.persons})


def with_next_version(measure: Measure, today: dt.date) -> dict[str, Any]:
    """The measure with a version more, as the last one, from tomorrow on; one that is still to come is not doubled."""
    content, last = measure_data(measure), measure.versions[-1]
    if last.valid_from <= today:
        next_one = {key: value for key, value in content["versions"][-1].items() if key != "to"}
        start = max(today, last.valid_to or today) + dt.timedelta(days=1)
        content["versions"].append({**next_one, "from": start.isoformat()})
    return content


def empty_measure(title: str, kind: str, section: str) -> dict[str, Any]:
    return {
        "title": title,
        "for": kind if kind in states.KINDS else "person",
        "clause": {"document": "", "plan": "", "section": section},
        "strength": "shall",
        "versions": [{"from": calendar.today().isoformat(), "conditions": {}, "benefit": {"kind": "grant"}}],
    }


def new_id(pack: Pack, title: str) -> str:
    """The title in pinyin, with a number where it is taken: shuang-ren-qiu-zhi-bu-tie."""
    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(unicodedata.normalize("NFKC", title))).lower())
    stem = "-".join(words)[:LONGEST_ID].strip("-") or "measure"
    open_ids = RuleProposal.objects.filter(is_new=True).exclude(state=states.WITHDRAWN)
    taken = {*pack.measures, *pack.items, *open_ids.values_list("measure_id", flat=True)}
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)


def cleaned(value: Any) -> Any:
    """Scalars as texts, without signs that a database can't keep."""
    return without_controls(as_texts(value))


def without_controls(value: Any) -> Any:
    if isinstance(value, dict):
        return {cleaned_text(key): without_controls(each) for key, each in value.items()}
    if isinstance(value, list):
        return [without_controls(each) for each in value]
    return cleaned_text(value) if isinstance(value, str) else value


def cleaned_text(text: str) -> str:
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()
