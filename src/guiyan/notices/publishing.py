"""Publishing a signed batch, closing a notice that has run out, taking one down."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.permissions import require
from guiyan.cases import actions as cases
from guiyan.cases import queries as case_queries
from guiyan.cases.actions.moving import locked_batch
from guiyan.cases.models import Batch
from guiyan.engine.rules.model import Measure
from guiyan.kernel import audit, calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import short_day
from guiyan.kernel.errors import Refused
from guiyan.kernel.outbox import publish
from guiyan.kernel.texts import masked_numbers
from guiyan.kernel.turns import take_turn
from guiyan.notices.masking import refuse_full_numbers
from guiyan.notices.models import Notice, NoticeRow
from guiyan.notices.rows import cells_of, columns_of
from guiyan.notices.wording import title_of, verb_of
from guiyan.packs import Item, NoticeRule


@transaction.atomic
def publish_batch_notice(actor: Actor, *, batch: Batch) -> Notice:
    """Make a signed batch public and tell cases until when. A batch that is public already gives its notice back."""
    require(actor, "notice.handle", batch)
    batch = locked_batch(batch)
    standing = Notice.objects.filter(batch=batch).first()
    if standing is not None:
        return standing
    pack = releases.release(batch.release)
    item = pack.items[batch.item]
    lines = case_queries.lines_of(batch)
    cells = cells_of(item.notice_rule, lines)
    refuse_full_numbers(cells)
    measure = pack.measures.get(batch.measure)
    clause = measure.clause if measure else item.membership.clause if item.membership else None
    notice = _create(batch, item, measure, pack.clause_words(clause) if clause else "", len(lines))
    NoticeRow.objects.bulk_create(
        NoticeRow(
            notice=notice, line_no=n, case=line.case, cells=row, amount_fen=line.amount_fen, region=line.case.region
        )
        for n, (line, row) in enumerate(zip(lines, cells, strict=True), start=1)
    )
    cases.mark_noticed(actor, batch=batch, notice_number=notice.number, until=notice.until)
    audit.record(
        actor, "notice.publish", f"notice:{notice.id}", region=notice.region, detail={"rows": notice.row_count}
    )
    publish("notice.published", notice_id=notice.id, batch_ref=batch.ref)
    return notice


def _create(batch: Batch, item: Item, measure: Measure | None, basis: str, count: int) -> Notice:
    rule, now, today = item.notice_rule, calendar.now(), calendar.today()
    unit = Unit.objects.get(pk=batch.unit_id)
    until = last_day(rule, today)
    return Notice.objects.create(
        number=_number(batch.region, today),
        title=title_of(item, unit.name, batch.title.removeprefix(item.title)),
        batch=batch,
        item=item.id,
        unit_id=unit.pk,
        unit_name=unit.name,
        basis=basis,
        whom=item.kind,
        verb=verb_of(item, measure),
        columns=list(columns_of(rule)),
        row_count=count,
        total_fen=batch.total_fen,
        published_at=now,
        published_on=today,
        until=until,
        days=rule.days,
        day_kind=rule.day_kind,
        phone=rule.supervision_phone,
        take_down_on=until + timedelta(days=rule.take_down_days),
        region=batch.region,
    )


def last_day(rule: NoticeRule, start: date) -> date:
    """The last day of a notice that begins on `start`; the day after is its first full day."""
    if rule.day_kind == "working":
        return calendar.calendar().add_working_days(start, rule.days)
    return start + timedelta(days=rule.days)


def _number(region: int, day: date) -> str:
    prefix = f"GS{region // 10**6}-{day.year}-"
    take_turn(prefix)
    last = Notice.objects.filter(number__startswith=prefix).order_by("-id").values_list("number", flat=True).first()
    return f"{prefix}{int(last.rsplit('-', 1)[1]) + 1 if last else 1:04d}"


@transaction.atomic
def close_notice(actor: Actor, *, notice: Notice) -> Notice:
    """End a notice whose last day is over: lines without an open objection go on to payment."""
    require(actor, "notice.handle", notice)
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if not notice.is_open:
        return notice
    if calendar.today() <= notice.until:
        raise Refused(f"公示到{short_day(notice.until)}为止，还没有期满。", "running")
    cases.clear_batch(actor, batch=notice.batch)
    notice.closed_at = calendar.now()
    notice.save(update_fields=["closed_at"])
    audit.record(actor, "notice.close", f"notice:{notice.id}", region=notice.region)
    publish("notice.closed", notice_id=notice.id, batch_ref=notice.batch.ref)
    return notice


@transaction.atomic
def take_down(actor: Actor, *, notice: Notice, reason: str) -> Notice:
    """Remove a closed notice from the public pages; the record stays."""
    require(actor, "notice.handle", notice)
    notice = Notice.objects.select_for_update().get(pk=notice.pk)
    if notice.taken_down_at is not None:
        return notice
    if notice.is_open:
        raise Refused("公示还没有期满，不能撤下。", "running")
    notice.taken_down_at, notice.is_public = calendar.now(), False
    notice.save(update_fields=["taken_down_at", "is_public"])
    notice.rows.update(is_public=False)
    audit.record(
        actor,
        "notice.take_down",
        f"notice:{notice.id}",
        region=notice.region,
        detail={"why": masked_numbers(reason)[:60]},
    )
    return notice
