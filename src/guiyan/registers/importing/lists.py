"""Bringing in a list for comparison: whole, dated, in place of the issue before. A faulty row refuses the file.

A list that lost its rows, or an older one, clears people who were paid: it replaces the one in force only after the
change was shown and confirmed. A list without anybody is taken only when somebody says that it is meant (本期无记录).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import IntegrityError, transaction

from guiyan.kernel import audit, crypto
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import now, today
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.register import ComparisonList as DeclaredList
from guiyan.packs.register import Field, ListColumn
from guiyan.registers import sealing
from guiyan.registers.importing.faults import MOST_KEPT, Fault
from guiyan.registers.importing.run import FAULTS_SHOWN, DryRunEnds, sha256_of
from guiyan.registers.importing.sheet import Sheet, open_sheet, places_of
from guiyan.registers.models import ComparisonList, ListRefusal
from guiyan.registers.sharing.binding import COMPARE, note_taken, refuse_unauthorised
from guiyan.registers.values import Reader, Value
from guiyan.registers.writing.staging import run, stage
from guiyan.registers.wrong import WrongValue

NAME_PURPOSE = "registers.list-name"
COLUMNS = (
    ("digest", "bytea"),
    ("name_sealed", "bytea"),
    ("amount_fen", "bigint"),
    ("happened_on", "date"),
    ("valid_from", "date"),
    ("valid_to", "date"),
    ("note", "text"),
    ("row_number", "integer"),
)


@dataclass
class ListSummary:
    list_id: str
    file: str
    as_of: date
    dry_run: bool
    said_empty: bool = False
    read: int = 0
    taken: int = 0
    same_as_before: bool = False
    seconds: float = 0.0
    issue_id: int | None = None
    refusal_id: int | None = None  # where the faults are kept
    rows_before: int | None = None  # of the issue in force
    as_of_before: date | None = None
    doubts: list[str] = field(default_factory=list)  # why it should be looked at before it replaces the other
    change: str = ""  # names this file, this day and what they would replace; to be confirmed as it is
    faults: list[Fault] = field(default_factory=list, repr=False)

    @property
    def waits(self) -> bool:
        """Whether nothing was taken only because somebody must confirm it first."""
        return bool(self.doubts) and self.issue_id is None and not self.faults and not self.dry_run

    def as_json(self) -> dict[str, object]:
        plain = {name: value for name, value in vars(self).items() if name != "faults"}
        return {
            **plain,
            "as_of": self.as_of.isoformat(),
            "as_of_before": self.as_of_before.isoformat() if self.as_of_before else None,
            "seconds": round(self.seconds, 3),
            "refused": len(self.faults),
        }


def run_list_import(
    actor: Actor,
    wanted: DeclaredList,
    path: Path,
    *,
    name: str,
    as_of: date,
    region: int,
    dry_run: bool,
    confirmed: str | bool,
    said_empty: bool = False,
) -> ListSummary:
    """Replace the list's current issue for this region. With any fault nothing is taken: half a list clears wrongly.

    confirmed: the `change` of an earlier summary, to take exactly that in spite of its doubts; True: whatever it is.
    said_empty: there is nobody on this issue, and that is meant.
    """
    started = time.monotonic()
    summary = ListSummary(wanted.id, name, as_of, dry_run, said_empty)
    sheet = open_sheet(path, name)
    digest = sha256_of(path)
    with entered(Scope.system()):
        use = refuse_unauthorised(wanted.id, COMPARE)
        before = ComparisonList.objects.filter(list_id=wanted.id, region=region, is_current=True).first()
        if before is not None and (before.sha256, before.as_of) == (digest, as_of):
            summary.same_as_before, summary.issue_id, summary.read = True, before.pk, before.row_count
            return summary
        try:
            with transaction.atomic():
                take_list(actor, wanted, sheet, summary, digest, region, before)
                refuse_empty(summary)
                compare_with(before, summary, digest)
                if dry_run or summary.faults or (summary.doubts and confirmed not in (True, summary.change)):
                    raise DryRunEnds
                record_import(actor, summary, digest, region)
                note_taken(actor, use, how="list", of=summary.issue_id, name=name, rows=summary.taken)
        except DryRunEnds:
            summary.issue_id, summary.taken = None, 0
        except IntegrityError as error:
            raise Refused(
                "刚刚有人换了这份名单，这次没有导入。请刷新页面看现在用的是哪一份，再决定要不要换。", "at-once"
            ) from error
        if summary.faults and not dry_run:
            summary.refusal_id = keep_faults(actor, summary, region)
    summary.seconds = time.monotonic() - started
    return summary


def keep_faults(actor: Actor, summary: ListSummary, region: int) -> int:
    """The first faults of a file that was not taken, for the error file."""
    kept = ListRefusal.objects.create(
        list_id=summary.list_id,
        file_name=summary.file[:200],
        faults=[list(fault) for fault in summary.faults[:FAULTS_SHOWN]],
        fault_count=len(summary.faults),
        region=region,
        user_id=actor.user_id,
        actor_label=actor.label,
        at=now(),
    )
    audit.record(actor, "list.refuse", f"list-refusal:{kept.pk}", region=region, detail={"faults": len(summary.faults)})
    return kept.pk


def refuse_empty(summary: ListSummary) -> None:
    """A head alone clears everybody: it counts only when it was said so, and then there must be nobody."""
    if summary.read == 0 and not summary.said_empty:
        raise Refused(
            f"“{summary.file}”里只有表头，一个人也没有，不能当作名单。请核对后上传完整的名单；"
            "确实没有人的，选“本期无记录”再导入。",
            "empty-list",
        )
    if summary.read and summary.said_empty:
        raise Refused(f"选了“本期无记录”，但“{summary.file}”里有{summary.read:,}行。请核对是不是选错了。", "not-empty")


def compare_with(before: ComparisonList | None, summary: ListSummary, digest: str) -> None:
    """Say what would change, and what of it is seldom meant."""
    if before is None:
        return
    summary.rows_before, summary.as_of_before = before.row_count, before.as_of
    summary.change = f"{before.pk}.{summary.as_of.isoformat()}.{digest[:16]}"
    if summary.as_of < before.as_of:
        summary.doubts.append(f"这份反映{words_of(summary.as_of)}的情况，比现在用的（{words_of(before.as_of)}）旧。")
    if summary.taken * 2 < before.row_count:
        summary.doubts.append(f"这份有{summary.taken:,}行，不到现在用的{before.row_count:,}行的一半。")


def words_of(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def take_list(
    actor: Actor,
    wanted: DeclaredList,
    sheet: Sheet,
    summary: ListSummary,
    digest: str,
    region: int,
    before: ComparisonList | None,
) -> None:
    if before is not None:
        ComparisonList.objects.filter(pk=before.pk).update(is_current=False)
    issue = ComparisonList.objects.create(
        list_id=wanted.id,
        title=wanted.label,
        as_of=summary.as_of,
        file_name=summary.file[:200],
        sha256=digest,
        row_count=0,
        region=region,
        user_id=actor.user_id,
        actor_label=actor.label,
        imported_at=now(),
        said_empty=summary.said_empty,
        replaced=before,
    )
    reader = Reader(today(), {})
    summary.taken = stage("stage_list_row", COLUMNS, staged_rows(wanted, sheet, summary, reader))
    run(
        "INSERT INTO registers_comparisonrow"
        " (list_id, digest, name_sealed, measure, amount_fen, happened_on, valid_from, valid_to, note, row_number,"
        " region) SELECT %s, digest, name_sealed, %s, amount_fen, happened_on, valid_from, valid_to, note, row_number,"
        " %s"
        " FROM pg_temp.stage_list_row",
        [issue.pk, wanted.measure or "", region],
    )
    issue.row_count = summary.taken
    issue.save(update_fields=["row_count"])
    summary.issue_id = issue.pk


def record_import(actor: Actor, summary: ListSummary, digest: str, region: int) -> None:
    """Audited with what was replaced, and whether that was confirmed in spite of doubts."""
    detail: dict[str, str | int | bool | None] = {
        "sha256": digest,
        "rows": summary.taken,
        "as_of": summary.as_of.isoformat(),
        "rows_before": summary.rows_before,
        "as_of_before": summary.as_of_before.isoformat() if summary.as_of_before else None,
        "confirmed": bool(summary.doubts),
        "said_empty": summary.said_empty,
    }
    audit.record(actor, "list.import", f"list:{summary.issue_id}", region=region, detail=detail)


def staged_rows(
    wanted: DeclaredList, sheet: Sheet, summary: ListSummary, reader: Reader
) -> Iterator[tuple[object, ...]]:
    columns = {column.id: as_field(column) for column in wanted.columns.values()}
    required = [column.id for column in wanted.columns.values() if column.required]
    places = places_of(sheet.head, {one.id: one.label for one in columns.values()}, required, summary.file)
    for number, cells in sheet.rows:
        summary.read += 1
        values: dict[str, Value] = {}
        for name, place in places.items():
            try:
                values[name] = reader.read(columns[name], cells[place] if place < len(cells) else None)
            except WrongValue as wrong:
                if len(summary.faults) < MOST_KEPT:
                    summary.faults.append(Fault(number, columns[name].label, wrong.wrong, wrong.right))
        upside_down = period_fault(wanted, values, number)
        if upside_down is not None and len(summary.faults) < MOST_KEPT:
            summary.faults.append(upside_down)
        if not summary.faults:
            yield list_row(wanted, columns, values, number)


def list_row(
    wanted: DeclaredList, columns: dict[str, Field], values: dict[str, Value], number: int
) -> tuple[object, ...]:
    """What is compared becomes a digest; the name is sealed; other text is a note."""
    key = next(column.id for column in wanted.columns.values() if column.key)
    begins, ends = period_of(wanted)
    used = {key, "name", begins, ends}
    amount = next((values.get(n) for n, c in columns.items() if c.type == "money"), None)
    happened = next((values.get(n) for n, c in columns.items() if c.type == "date" and n not in used), None)
    note = "；".join(str(values[n]) for n, c in columns.items() if c.type == "text" and n not in used and values.get(n))
    name = crypto.encrypt(NAME_PURPOSE, str(values.get("name") or ""))
    digest = sealing.digest_of(wanted.key_kind, str(values[key]))
    return digest, name, amount, happened, values.get(begins), values.get(ends), note[:120], number


def period_of(wanted: DeclaredList) -> tuple[str, str]:
    """The columns from and to which a row counts; empty where the list has none."""
    found = {column.period: column.id for column in wanted.columns.values() if column.period}
    return found.get("from", ""), found.get("to", "")


def period_fault(wanted: DeclaredList, values: dict[str, Value], number: int) -> Fault | None:
    begins, ends = period_of(wanted)
    first, last = values.get(begins), values.get(ends)
    if isinstance(first, date) and isinstance(last, date) and last < first:
        labels = wanted.columns[begins].label, wanted.columns[ends].label
        return Fault(number, labels[1], f"早于“{labels[0]}”", f"应在{first.isoformat()}当天或以后；还没有结束的留空")
    return None


def as_field(column: ListColumn) -> Field:
    mask = "middle" if column.type in ("phone", "id_number") else "none"
    return Field(id=column.id, label=column.label, type=column.type, required=column.required or column.key, mask=mask)
