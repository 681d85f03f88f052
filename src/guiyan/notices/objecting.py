"""Objections: anybody may raise one while the notice runs; it stops only the line it concerns."""

from __future__ import annotations

from django.db import transaction

from guiyan.accounts.permissions import require
from guiyan.cases import actions as cases
from guiyan.cases.permissions import refuse_own
from guiyan.kernel import audit, calendar, crypto, releases, workflow
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most, visible
from guiyan.notices.models import Notice, NoticeRow, Objection

CONTACT = "objection.contact"


@transaction.atomic
def file_objection(actor: Actor, *, notice: Notice, line_no: int, text: str, name: str, contact: str) -> Objection:
    """Raise an objection to one line. A name and a way to answer are asked, and kept sealed.

    The same words to the same line from the same person with the same contact are a double click, and change nothing.
    Whoever says the same with another name or contact raises an objection of their own. A contact is anything that
    can be seen here; the public's form asks for a phone or an e-mail (`contacts.read_contact`).
    """
    text, name, contact = at_most(text, 1000, "异议"), at_most(name, 60, "姓名"), at_most(contact, 100, "联系方式")
    name, contact = visible(name), visible(contact)
    if not visible(text):
        raise Refused("请写明异议的内容和依据。", "text")
    if not name or not contact:
        raise Refused("请留下姓名和联系方式，处理结果要告诉您。", "contact")
    with entered(Scope.system()):
        notice = Notice.objects.select_for_update().get(pk=notice.pk)
        if not notice.is_open or calendar.today() > notice.until:
            raise Refused("公示期已经结束。可以拨打监督电话反映。", "closed")
        row = notice.rows.select_related("case").filter(line_no=line_no).first()
        if row is None:
            raise Refused("公示里没有这一行，请核对序号。", "row")
        return _sent_before(row, text, name, contact) or _file(actor, notice, row, text, name, contact)


def _sent_before(row: NoticeRow, text: str, name: str, contact: str) -> Objection | None:
    """The open objection that says the same from the same person. Who raised one is sealed, so each is opened."""
    same = Objection.objects.filter(row=row, text=text).exclude(state__in=("upheld", "dismissed")).order_by("id")
    return next((one for one in same if _who_raised(one) == (name, contact)), None)


def _who_raised(objection: Objection) -> tuple[str, str]:
    name, contact = (crypto.decrypt(CONTACT, bytes(one)) for one in (objection.name_enc, objection.contact_enc))
    return name, contact


def _file(actor: Actor, notice: Notice, row: NoticeRow, text: str, name: str, contact: str) -> Objection:
    objection = Objection(
        number=f"YY{notice.number[2:]}-{notice.objections.count() + 1:02d}",
        notice=notice,
        row=row,
        text=text,
        name_enc=crypto.encrypt(CONTACT, name),
        contact_enc=crypto.encrypt(CONTACT, contact),
        filed_at=calendar.now(),
        unit_id=notice.unit_id,
        region=notice.region,
    )
    flow = releases.release(notice.batch.release).items[notice.item].objection_flow or "objection"
    workflow.begin(objection, flow, actor=actor)
    cases.hold_line(SYSTEM, case=row.case, reason=f"公示期内有异议，编号{objection.number}")
    audit.record(actor, "objection.file", f"objection:{objection.id}", region=notice.region)
    return objection


@transaction.atomic
def decide_objection(actor: Actor, *, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Uphold (the line is refused by a written decision) or dismiss (it goes on), with an answer."""
    require(actor, "notice.handle", objection)
    answer = at_most(answer, 400, "核查情况和处理结果")
    if not answer:
        raise Refused("请写明核查情况和处理结果。", "answer")
    # The notice first, as whoever objects or closes it: the closing takes a line released now, or it is cleared here.
    Notice.objects.select_for_update().get(pk=objection.notice_id)
    current = Objection.objects.select_for_update(of=("self",)).select_related("notice", "row").get(pk=objection.pk)
    refuse_own(actor, [current.row.case.subject_id], "处理异议")
    done = workflow.advance(current, "uphold" if upheld else "dismiss", actor=actor, reason=answer.strip())
    done.answer, done.decided_by, done.decided_at = answer.strip(), actor.label, calendar.now()
    done.save(update_fields=["answer", "decided_by", "decided_at"])
    _move_line(actor, done, upheld)
    audit.record(actor, "objection.decide", f"objection:{done.id}", region=done.region, detail={"upheld": int(upheld)})
    return done


def _move_line(actor: Actor, objection: Objection, upheld: bool) -> None:
    case = objection.row.case
    case.refresh_from_db()
    waiting = objection.row.objections.exclude(state__in=("upheld", "dismissed")).exists()
    if case.state != "held":
        return
    if upheld:
        cases.refuse_held_line(actor, case=case, reason=objection.answer)
    elif not waiting:
        cases.release_line(actor, case=case, reason=objection.answer)
        if not objection.notice.is_open:
            cases.clear_batch(actor, batch=objection.notice.batch)


def contact_of(actor: Actor, objection: Objection) -> tuple[str, str]:
    """Name and contact of whoever raised it, in full; the look is logged."""
    require(actor, "notice.handle", objection)
    audit.record_read(actor, "objection_contact", [f"objection:{objection.id}"], "答复异议")
    return _who_raised(objection)
