"""What follows in cases from the treasury's answers and banks' reports. Each once in effect, in the system's scope."""

from __future__ import annotations

from guiyan.cases.actions.loans import reopen_case, settle_case
from guiyan.cases.actions.payment import payment_came_back, payment_made, recovery_done
from guiyan.cases.actions.telling_answers import tell_replied
from guiyan.cases.models import Case, Message
from guiyan.kernel import calendar
from guiyan.kernel.outbox import Event, receiver
from guiyan.ledger import queries as ledger
from guiyan.registers.queries.rights import request_answered
from guiyan.registers.states import REFUSED


@receiver("payment.paid", name="cases.confirm_payment")
def confirm_payment(event: Event) -> None:
    """The money arrived: the case is paid and, when it was the last of its batch, the batch is settled."""
    payment_made(_case(event))


@receiver("payment.returned", name="cases.take_back_payment")
def take_back_payment(event: Event) -> None:
    """The bank sent the money back: the applicant is asked for the right account."""
    line = ledger.lines_for(str(event["case_ref"])).first()
    payment_came_back(_case(event), line.result.reason if line is not None else "")


@receiver("payment.recovered", name="cases.finish_recovery")
def finish_recovery(event: Event) -> None:
    """All that was asked back is in: the case ends as recovered."""
    recovery_done(_case(event))


@receiver("loan.settled", name="cases.settle_loan")
def settle_loan(event: Event) -> None:
    """The loan is repaid: its case rests."""
    settle_case(_case_id(event))


@receiver("loan.reopened", name="cases.reopen_loan")
def reopen_loan(event: Event) -> None:
    """A repayment was taken back: the case goes on."""
    reopen_case(_case_id(event))


@receiver("data.answered", name="cases.tell_data_answer")
def tell_data_answer(event: Event) -> None:
    """What somebody asked about her own data is answered: she is told, with the reason where it was refused."""
    asked = request_answered(int(event["data_request_id"]))
    words = f"{asked.answer}{f'依据：{asked.basis}。' if asked.basis else ''}"
    if asked.state == REFUSED:
        words = f"{words}不服的，可以向主管单位反映，也可以依法申请行政复议或者提起诉讼。"
    Message.objects.create(
        subject_id=asked.subject_id,
        kind="data_answer",
        title=f"您的{asked.get_kind_display()}申请（{asked.number}）{asked.words}",
        body=words[:600],
        at=calendar.now(),
        region=asked.region,
    )


@receiver("answer.replied", name="cases.tell_asker")
def tell_asker(event: Event) -> None:
    """An office replied to an enquiry, an order or a booking: whoever asked is told."""
    tell_replied(event.number("note_id"))


def _case(event: Event) -> Case:
    return Case.objects.get(pk=_case_id(event))


def _case_id(event: Event) -> int:
    return int(str(event["case_ref"]).removeprefix("case:"))
