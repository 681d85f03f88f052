"""Writing the registers: report, import, undo, merge. One transaction an action."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.kernel import audit, releases
from guiyan.kernel.actors import Actor, holds
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import NotAllowed, NotFound, Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.regions import Interval
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import Register
from guiyan.registers import states
from guiyan.registers.exporting.asking import ask_export, decide_export, fetch_export
from guiyan.registers.importing import undoing
from guiyan.registers.importing.handing import choose_sheet, name_columns
from guiyan.registers.importing.handing import confirm as confirm_file
from guiyan.registers.importing.handing import drop as drop_file
from guiyan.registers.importing.handing import hand_in as keep_file
from guiyan.registers.importing.lists import ListSummary, run_list_import
from guiyan.registers.importing.run import ImportSummary, run_import
from guiyan.registers.keeping.answering import ask, reply, take_back
from guiyan.registers.keeping.drafts import drop_draft, save_draft
from guiyan.registers.keeping.editing import Changed, Edited, add_entry, edit_entry
from guiyan.registers.keeping.journals import add_happening, void_happening
from guiyan.registers.keeping.levels import decide_level
from guiyan.registers.keeping.own import self_report
from guiyan.registers.keeping.own_drafts import drop_own_draft, save_own_draft
from guiyan.registers.keeping.replying import MOST_AT_ONCE, reply_many
from guiyan.registers.keeping.reporting import report_in
from guiyan.registers.keeping.sending import mend_entry, send_entry, send_file, take_back_file
from guiyan.registers.linking.deciding import decide_link, decide_links, merge, settle_finding, unmerge
from guiyan.registers.models import ComparisonList, ImportFile, ImportRun, Subject
from guiyan.registers.pictures import keep_picture
from guiyan.registers.queries.sending import require_sender
from guiyan.registers.queries.subjects import canonical
from guiyan.registers.relations.assigning import assign_helper, end_helper
from guiyan.registers.relations.bulk import assign_many, undo_run
from guiyan.registers.relations.giving import give_instead, give_nearest
from guiyan.registers.rights.asking import ask_correction, ask_erasure, withdraw_request
from guiyan.registers.rights.copying import ask_copy, fetch_copy
from guiyan.registers.rights.deciding import accept_correction, decide_erasure, lift_block, refuse_request
from guiyan.registers.sealing import digest_of
from guiyan.registers.sharing.binding import note_compared
from guiyan.registers.sharing.using import answer_application, apply_for_data, withdraw_use
from guiyan.registers.tables import register_of
from guiyan.registers.values import Value, refuse_beyond_bounds
from guiyan.registers.writing import Outcome, Report, Taken, take
from guiyan.registers.writing.identify import NewSubject, find_or_make
from guiyan.registers.wrong import WrongValue

__all__ = [
    "MOST_AT_ONCE",
    "Changed",
    "Edited",
    "accept_correction",
    "add_entry",
    "add_happening",
    "answer_application",
    "apply_for_data",
    "ask",
    "ask_copy",
    "ask_correction",
    "ask_erasure",
    "ask_export",
    "assign_helper",
    "assign_many",
    "choose_sheet",
    "confirm_file",
    "decide_erasure",
    "decide_export",
    "decide_level",
    "decide_link",
    "decide_links",
    "drop_draft",
    "drop_file",
    "drop_own_draft",
    "edit_entry",
    "end_helper",
    "fetch_copy",
    "fetch_export",
    "give_instead",
    "give_nearest",
    "hand_in",
    "import_list",
    "import_rows",
    "keep_picture",
    "know_firm",
    "lift_block",
    "mend_entry",
    "merge",
    "name_columns",
    "note_compared",
    "record",
    "record_many",
    "refuse_request",
    "reply",
    "reply_many",
    "report_in",
    "save_draft",
    "save_own_draft",
    "self_report",
    "send_entry",
    "send_file",
    "settle_finding",
    "take_back",
    "take_back_file",
    "undo_import",
    "undo_run",
    "unmerge",
    "void_happening",
    "withdraw_request",
    "withdraw_use",
]

SELF = "self"
CASE = "case"
# Who handles cases may say what their checks found; imports and corrections have a permission of their own.
CASE_PERMISSIONS = ("case.accept", "case.check", "case.review", "case.enter")


class Place:
    """A region to ask permission for."""

    def __init__(self, region: int) -> None:
        self.region = region


@transaction.atomic
def record(
    actor: Actor,
    *,
    register: str,
    values: Mapping[str, Value],
    source: str,
    at: date | None = None,
    basis: str = "",
    subject_id: int | None = None,
    region: int | None = None,
) -> int:
    """Take one report and return the subject it is about.

    source: one that the register declares. The subject follows from the key among the values, or from subject_id;
    otherwise it is new. Values are typed. Publishes `subject.changed` if anything shown did.
    Raises Refused for a value beyond the bounds that its field declares.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    refuse_unknown(declared, values, source)
    refuse_impossible(declared, values)
    with entered(Scope.system()):
        place = region_for(declared, values, subject_id, region, pack.city.region)
        # Whoever handles a case answers for its county, wherever the applicant's home is.
        asked = region if source == CASE and region is not None else place
        require_report(actor, source, asked, subject_id)
        (taken,) = take(pack, declared, [Report(values, source, at or today(), basis, subject_id)], region=place)
        if taken.outcome is not Outcome.UNCHANGED:
            detail = {"source": source, "outcome": taken.outcome.value}
            audit.record(
                actor, f"register.record:{register}", f"subject:{taken.subject_id}", region=place, detail=detail
            )
            publish("subject.changed", subject_id=taken.subject_id, register=register)
    return taken.subject_id


@transaction.atomic
def record_many(
    actor: Actor, *, register: str, reports: Sequence[Report], region: int, permission: str = "register.import"
) -> list[Taken]:
    """Take reports of one register together; one outcome each, in their order.

    region: where a subject belongs whose report names no region. permission: what the actor needs in the place of each.
    Publishes `subject.changed` for each of whom anything shown did change.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    places = []
    for one in reports:
        refuse_unknown(declared, one.values, one.source)
        refuse_impossible(declared, one.values)
        places.append(region_for(declared, one.values, one.subject_id, region, pack.city.region))
        require(actor, permission, Place(places[-1]), unit=None)
    with entered(Scope.system()):
        taken = take(pack, declared, reports, region=region)
        for found, report, place in zip(taken, reports, places, strict=True):
            if found.outcome is not Outcome.UNCHANGED:
                detail: dict[str, audit.Value] = {"source": report.source, "outcome": found.outcome.value}
                audit.record(
                    actor, f"register.record:{register}", f"subject:{found.subject_id}", region=place, detail=detail
                )
                publish("subject.changed", subject_id=found.subject_id, register=register)
    return taken


def know_firm(actor: Actor, *, name: str, credit_code: str, region: int) -> int:
    """The subject of a credit code that no register knows yet, so that what is asked for it can be held to it.

    It is in no register and nobody's own until a report says so. Two at once get the same subject.
    """
    with entered(Scope.system()):
        key = states.KEY_CREDIT_CODE, digest_of(states.KEY_CREDIT_CODE, credit_code)
        known, new = find_or_make({key: NewSubject(states.ORGANISATION, name[:120], region)})
        if new:
            audit.record(actor, "register.know_firm", f"subject:{known[key]}", region=region)
        return known[key]


def refuse_unknown(register: Register, values: Mapping[str, Value], source: str) -> None:
    unknown = [name for name in values if name not in register.fields]
    if unknown:
        raise Refused(f"名录“{register.label}”没有字段：{'、'.join(unknown)}。", "unknown-field")
    derived = [register.fields[name].label for name in values if register.fields[name].is_derived]
    if derived:
        raise Refused(f"这几项由系统汇总，不能填报：{'、'.join(derived)}。", "derived-field")
    if source not in register.sources:
        known = "、".join(f"{one.id}（{one.label}）" for one in register.sources.values())
        raise Refused(f"名录“{register.label}”没有来源“{source}”。可用的来源：{known}。", "unknown-source")


def refuse_impossible(register: Register, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        field = register.fields[name]
        try:
            refuse_beyond_bounds(field, value, today=today())
        except WrongValue as wrong:
            raise Refused(f"“{field.label}”{wrong.wrong}，{wrong.right}。", "out-of-bounds") from wrong


def region_for(
    register: Register, values: Mapping[str, Value], subject_id: int | None, region: int | None, city: int
) -> int:
    told = values.get(register.region_field)
    if isinstance(told, int) and not isinstance(told, bool):
        return told
    if region is not None:
        return region
    held = Subject.objects.filter(pk=subject_id or 0).values_list("region", flat=True).first()
    return held if held is not None else city


def require_report(actor: Actor, source: str, region: int, subject_id: int | None) -> None:
    if source == SELF and actor.subject_id is not None and subject_id is not None:
        if canonical(actor.subject_id) != canonical(subject_id):
            raise NotAllowed("只能填报本人的情况。")
        return
    permissions = CASE_PERMISSIONS if source == CASE else ()
    usable = next((one for one in permissions if holds(actor, one)), "register.import")
    require(actor, usable, Place(region), unit=None)


def import_rows(
    actor: Actor,
    *,
    register: str,
    path: Path,
    name: str = "",
    source: str = "",
    at: date | None = None,
    dry_run: bool = False,
    tell: Callable[[int], None] = lambda rows: None,
) -> ImportSummary:
    """Bring a file in by the register's template. Faulty rows are left out and listed; the others are taken.

    source: default the register's first. A row outside the actor's range is a fault of that row.
    """
    pack = releases.current()
    declared = register_of(pack, register)
    require(actor, "register.import")
    source = source or next(iter(declared.sources))
    refuse_unknown(declared, {}, source)
    allowed = ranges(actor, "register.import")
    return run_import(
        actor,
        pack,
        declared,
        path,
        name=name or path.name,
        source=source,
        at=at or today(),
        allowed=allowed,
        home=allowed[0][0] if allowed else pack.city.region,
        dry_run=dry_run,
        tell=tell,
    )


def hand_in(
    actor: Actor,
    *,
    register: str,
    source: str,
    as_of: date,
    name: str,
    blocks: Iterable[bytes],
    sender: int | None = None,
) -> ImportFile:
    """Keep an uploaded file, to have its columns named, see what it would change, and bring it in.

    sender: the unit outside government for which an officer does it; the entries are that unit's then.
    """
    require(actor, "register.import")
    allowed = ranges(actor, "register.import")
    home = allowed[0][0] if allowed else releases.current().city.region
    if sender is not None:
        require_sender(register_of(releases.current(), register), sender, source, allowed)
    return keep_file(
        actor, register=register, source=source, as_of=as_of, name=name, blocks=blocks, home=home, unit_id=sender
    )


def undo_import(actor: Actor, *, import_id: int) -> ImportRun:
    """Void every report of an import and show again what the others say. The reports stay on record.

    Of a large import a job makes the entries again, in pieces (`undo_left` of the run tells how many are waiting).
    """
    with entered(Scope.system()):
        return undoing.begin(actor, import_id)


def import_list(
    actor: Actor,
    *,
    list_id: str,
    path: Path,
    as_of: date,
    name: str = "",
    dry_run: bool = False,
    confirmed: str | bool = False,
    said_empty: bool = False,
) -> ListSummary:
    """Bring in a new issue of a list for comparison, as of a day that is not in the future.

    It stands for the actor's own range, beside the issues of those above and below. An older issue, or one of less
    than half the rows in force, `waits` until it is sent again with its `change` as confirmed. A file with a head
    alone is refused unless said_empty (本期无记录).
    """
    pack = releases.current()
    if list_id not in pack.lists:
        raise NotFound(f"没有名单“{list_id}”。现有名单：{'、'.join(pack.lists)}。")
    require(actor, "list.import")
    if as_of > today():
        raise Refused("名单日期不能晚于今天。请填名单反映的是哪一天的情况。", "future")
    allowed = ranges(actor, "list.import")
    return run_list_import(
        actor,
        pack.lists[list_id],
        path,
        name=name or path.name,
        as_of=as_of,
        region=allowed[0][0] if allowed else pack.city.region,
        dry_run=dry_run,
        confirmed=confirmed,
        said_empty=said_empty,
    )


@transaction.atomic
def undo_list(actor: Actor, *, issue_id: int) -> ComparisonList:
    """Take back the issue in force: the one it replaced stands again, or none. Its rows stay on record.

    Comparisons made with it stay as they were; a batch compared with it has to be compared again before it is signed.
    """
    with entered(Scope.system()):
        issue = ComparisonList.objects.select_for_update().filter(pk=issue_id).first()
        if issue is None:
            raise NotFound
        require(actor, "list.import", issue, unit=None)
        if not issue.is_current:
            raise Refused("只能撤销现在用的这一份。这一份已经换掉，或者已经撤销过。", "not-current")
        issue.is_current, issue.undone_at, issue.undone_by_label = False, now(), actor.label[:80]
        issue.save(update_fields=["is_current", "undone_at", "undone_by_label"])
        if issue.replaced_id is not None:
            ComparisonList.objects.filter(pk=issue.replaced_id).update(is_current=True)
        detail = {"back_to": issue.replaced_id}
        audit.record(actor, "list.undo", f"list:{issue.pk}", region=issue.region, detail=detail)
    return issue


def ranges(actor: Actor, permission: str) -> tuple[Interval, ...] | None:
    """The regions in which the actor holds a permission; None for the system: everywhere."""
    if actor.kind == "system":
        return None
    return tuple(sorted({i for grant in actor.grants if permission in grant.permissions for i in grant.regions}))
