"""Writing answers: what may be changed, who changed it, and, once submitted, an audit row with the names of fields."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.cases import answers, declared, supplements
from guiyan.cases.models import Case
from guiyan.cases.permissions import is_own
from guiyan.kernel import audit
from guiyan.kernel.actors import Actor

COLUMNS = ("answers", "sealed", "account_tail", "answer_sources")


def keep_answers(actor: Actor, case: Case, values: Mapping[str, object]) -> None:
    """Take over what was typed, on the locked case. Refused for a field that a notice of what to add does not name."""
    changed = answers.changes(case, declared.form_of(case), values)
    supplements.refuse_unasked_fields(case, changed)
    write_answers(actor, case, changed)


def write_answers(actor: Actor, case: Case, changed: Mapping[str, str | list[str]]) -> None:
    """Save changed answers with their true source; after the first submission each change is audited, by name only."""
    if not changed:
        return
    answers.put_answers(case, declared.form_of(case), changed)
    own = is_own(actor, case.subject_id)
    if case.number or own != (case.entry == "self"):
        case.answer_sources = {**case.answer_sources, **dict.fromkeys(changed, who_answered(actor, case, own=own))}
    else:
        case.answer_sources = {name: who for name, who in case.answer_sources.items() if name not in changed}
    case.save(update_fields=COLUMNS)
    if case.number:
        detail = {"fields": ",".join(sorted(changed))}
        audit.record(actor, "case.answers", case.ref, region=case.region, detail=detail)


def who_answered(actor: Actor, case: Case, *, own: bool) -> str:
    """本人提交; 窗口代录，陈静; 帮办代办，李慧芳."""
    entries = dict(Case.ENTRIES)
    if own:
        return entries["self"]
    helping = case.entry == "helper" and actor.user_id == case.entered_by_id
    return f"{entries['helper' if helping else 'counter']}，{actor.label}"
