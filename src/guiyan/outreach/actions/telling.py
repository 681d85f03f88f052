"""Writing the messages of a run, a few hundred people at a time, each measure version to nobody twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from guiyan.accounts.models import Unit
from guiyan.accounts.offices import unit_by_id
from guiyan.cases import queries as cases
from guiyan.engine.rules import CompiledMeasure
from guiyan.kernel import audit, calendar, failpoints, jobs, releases, workflow
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.turns import take_turn
from guiyan.outreach import states
from guiyan.outreach.actions.approving import TELL
from guiyan.outreach.gateway import gateway
from guiyan.outreach.models import AudienceRow, ChannelChoice, Delivery, MatchRun, Message, Telling
from guiyan.outreach.wording import Told, body_of, title_of, told_of
from guiyan.registers import queries as registers

AT_ONCE = 500
SMS = "outreach.sms"
SMS_ALONE = "outreach.sms_alone"
"""The text messages of arrivals; one job for all of them."""
TOLD_OF = """
SELECT mine.id, t.measure, t.version_from FROM registers_subject mine
JOIN registers_subject same ON same.canonical_id = mine.canonical_id
JOIN outreach_telling t ON t.about_id = same.id WHERE mine.id = ANY(%s)
"""


@dataclass(frozen=True)
class Reader:
    """Who reads a message, and about whom. firm: what the organisation is called, if it is about one."""

    subject_id: int
    about_id: int
    firm: str
    region: int


@transaction.atomic
def tell_some(run_id: int) -> None:
    """The next few hundred of the audience; it asks for itself again, then for the text messages."""
    run = MatchRun.objects.select_for_update().filter(pk=run_id, state=states.SENDING, told_all_at=None).first()
    if run is None:
        return
    take_turn("outreach.tell")  # two runs must not tell the same person of the same measure at the same moment
    rows = next_of(run)
    tell(run, rows)
    failpoints.hit("told_some")
    if rows:
        run.told_to = max(rows)
        run.save(update_fields=["told_to"])
        jobs.defer(TELL, run_id=run.pk)
        return
    run.told_all_at = calendar.now()
    run.save(update_fields=["told_all_at"])
    jobs.defer(SMS, once_while_waiting=f"{SMS}:{run.pk}", one_at_a_time=SMS, run_id=run.pk)


def next_of(run: MatchRun) -> dict[int, list[AudienceRow]]:
    """Subject → what was found for it, of the next few hundred subjects."""
    rows = AudienceRow.objects.filter(run=run, about_id__gt=run.told_to)
    ids = list(rows.order_by("about_id").values_list("about_id", flat=True).distinct()[:AT_ONCE])
    found: dict[int, list[AudienceRow]] = {about: [] for about in ids}
    for row in rows.filter(about_id__in=ids).order_by("about_id", "pk"):
        found[row.about_id].append(row)
    return found


def tell(run: MatchRun, rows: Mapping[int, Sequence[AudienceRow]]) -> None:
    pack = releases.release(run.release)
    told = {name: told_of(pack, name, run.day) for name in run.measures}
    starts = {name: version_start(pack.compiled[name], run.day) for name in run.measures}
    before, asked, readers = told_before(list(rows)), cases.measures_asked_for(list(rows)), registers.readers_of(rows)
    office = unit_by_id(run.unit_id)
    due: list[tuple[Message, list[AudienceRow]]] = []
    for about_id, found in rows.items():
        mine = [row for row in found if (about_id, row.measure) not in asked]
        new = [row for row in mine if (about_id, row.measure, starts[row.measure]) not in before]
        if not new or about_id not in readers:
            continue
        subject_id, name, region = readers[about_id]
        reader = Reader(subject_id, about_id, name if run.kind == "organisation" else "", region)
        ordered = sorted(new, key=lambda row: run.measures.index(row.measure))
        due.append((message_to(run, reader, [told[row.measure] for row in ordered], office), ordered))
    Message.objects.bulk_create(message for message, _ in due)
    Telling.objects.bulk_create(telling_of(message, row, starts) for message, found in due for row in found)
    deliver(run, [message for message, _ in due])


def version_start(compiled: CompiledMeasure, day: date) -> date:
    version = compiled.version_on(day)
    assert version is not None, f"{compiled.measure.id} was checked to be in force when the run was started"
    return version.source.valid_from


def told_before(about_ids: Sequence[int]) -> set[tuple[int, str, date]]:
    """What these were told in earlier runs, also under ids merged since: (subject, measure, version)."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD_OF, [list(about_ids)])
        return set(cursor.fetchall())


def message_to(run: MatchRun, reader: Reader, told: Sequence[Told], office: Unit) -> Message:
    return Message(
        run=run,
        subject_id=reader.subject_id,
        about_id=reader.about_id,
        release=run.release,
        day=run.day,
        firm=reader.firm,
        title=title_of(told, reader.firm),
        body=body_of(told, run.day, office.name, reader.firm),
        at=calendar.now(),
        region=reader.region,
    )


def telling_of(message: Message, row: AudienceRow, starts: Mapping[str, date]) -> Telling:
    return Telling(
        message=message,
        run_id=message.run_id,
        about_id=message.about_id,
        subject_id=message.subject_id,
        measure=row.measure,
        version_from=starts[row.measure],
        amount_fen=row.amount_fen,
        region=message.region,
    )


def deliver(run: MatchRun | None, messages: Sequence[Message]) -> None:
    """On the portal at once, unless its reader shut that off; a text message waits for its job, or says why not."""
    choices = choices_of({one.subject_id for one in messages})
    now, can_text = calendar.now(), gateway() is not None
    shown = [one for one in messages if choices[one.subject_id][states.IN_APP]]
    Message.objects.filter(pk__in=[one.pk for one in shown]).update(told_at=now)
    hidden = {one.pk for one in messages} - {one.pk for one in shown}
    Message.objects.filter(pk__in=hidden).update(shown=False)
    Delivery.objects.bulk_create(
        row for one in messages for row in deliveries_of(run, one, choices[one.subject_id], now, can_text)
    )


def deliveries_of(
    run: MatchRun | None, message: Message, wants: Mapping[str, bool], now: datetime, can_text: bool
) -> Iterator[Delivery]:
    head = {"message": message, "run": run, "subject_id": message.subject_id, "region": message.region}
    if wants[states.IN_APP]:
        yield Delivery(**head, channel=states.IN_APP, outcome=states.DELIVERED, attempts=1, done_at=now)
    else:
        yield Delivery(**head, channel=states.IN_APP, outcome=states.SUPPRESSED, reason=states.NOT_WANTED, done_at=now)
    why = "" if wants[states.SMS] else states.NO_CONSENT
    why = why or ("" if can_text else states.NO_GATEWAY)
    if why:
        yield Delivery(**head, channel=states.SMS, outcome=states.SUPPRESSED, reason=why, done_at=now)
    else:
        yield Delivery(**head, channel=states.SMS, outcome=states.WAITING, next_at=now)


def choices_of(subject_ids: set[int]) -> dict[int, dict[str, bool]]:
    """Reader → channel → whether it may be used; what nobody said is the default."""
    found = {one: dict(states.DEFAULT_CHOICE) for one in subject_ids}
    for row in ChannelChoice.objects.filter(subject_id__in=subject_ids):
        found[row.subject_id][row.channel] = row.wanted
    return found


def end_sending(run: MatchRun) -> None:
    """Everything went out or says why not."""
    run = workflow.advance(run, "end_sending", actor=SYSTEM)
    run.sent_at = calendar.now()
    run.save(update_fields=["sent_at"])
    audit.record(SYSTEM, "outreach.end", run.ref, region=run.region)
