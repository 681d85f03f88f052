"""What follows in cases from the treasury's answers. Each runs once in effect, under the system scope."""

from __future__ import annotations

from guiyan.cases.actions.payment import payment_came_back, payment_made, recovery_done
from guiyan.cases.models import Case
from guiyan.kernel.outbox import Event, receiver
from guiyan.ledger import queries as ledger


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


def _case(event: Event) -> Case:
    return Case.objects.get(pk=int(str(event["case_ref"]).removeprefix("case:")))
