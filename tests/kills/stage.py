"""What the kill tests start from, and what must be true of it afterwards, read from the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Count, F

from guiyan.cases import actions
from guiyan.cases.models import Batch, Case, CaseCheck, ComparisonHit
from guiyan.kernel import jobs
from guiyan.kernel.audit.models import AuditEntry
from guiyan.kernel.outbox.models import OutboxEvent
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.workflow.models import WorkflowLog
from guiyan.ledger.models import Entitlement, PaymentRequest, Transfer
from guiyan.registers.sample.numbers import credit_code
from tests.cases import people
from tests.fixtures import TestDatabase
from tests.kills.processes import Web
from tests.prepared import clock_to

TYPED = {
    "founded_entity": "individual",
    "firm_name": "通山县枫林谷民宿",
    "credit_code": credit_code("individual", 9_001),
    "business_registered_on": "2026-03-18",
    "business_registrations": "1",
}


@dataclass
class Stage:
    """One test database with its web server, and requests waiting for the next step."""

    database: TestDatabase
    reviewing: list[Case] = field(default_factory=list)
    web: Web | None = None

    def arm(self, failpoint: str) -> None:
        """The next process that comes to the failpoint is killed there, once."""
        (self.database.home / "failpoint").write_text(failpoint)


def fill(folder: Path, reviewing: int) -> list[Case]:
    """Money, the list of those paid before, and requests that wait for their review."""
    clock_to("2026-06-08 09:00")
    with entered(Scope.system()):
        people.with_budget()
        people.with_list(folder)
        cases = [by_hand(people.a_returnee(1, name="示例1", firms=0))]
        cases += [people.checked(people.a_returnee(n, name=f"示例{n}")) for n in range(2, reviewing + 1)]
    jobs.run_pending()
    return cases


def by_hand(person: people.Person) -> Case:
    """A request of somebody whose business no register knows: she types it in. It turns out to be the next one's."""
    case = people.a_draft(person)
    actions.save_draft(person.actor, case=case, values={**people.ANSWERS, **TYPED})
    case.refresh_from_db()
    case = actions.submit_case(person.actor, case=case, token=case.submission_token)
    actions.accept_case(people.as_actor("zhoumin"), case=case, opinion="材料齐全")
    for check in CaseCheck.objects.filter(case=case):
        people.answer(check)
    return case


def approve(case: Case) -> Case:
    with entered(Scope.system()):
        return actions.pass_review(people.as_actor("zhengwei"), case=Case.objects.get(pk=case.pk), opinion="同意")


def sign(*cases: Case) -> Batch:
    """Who typed her business in by hand cannot be compared with lists of firms: that is looked into by hand as well."""
    with entered(Scope.system()):
        batch = people.a_batch(*[Case.objects.get(pk=case.pk) for case in cases])
        for hit in ComparisonHit.objects.filter(run__batch=batch, verdict=""):
            actions.settle_hit(people.as_actor("huanglei"), hit=hit, verdict="false", opinion="已到登记机关核对")
        batch = actions.recheck_batch(people.as_actor("wuqiang"), batch=batch)
        return actions.sign_batch(people.as_actor("xurong"), batch=batch)


def facts_of(case: Case) -> dict[str, object]:
    """All that an approval writes, as the database has it now."""
    with entered(Scope.system()):
        return {
            "state": Case.objects.get(pk=case.pk).state,
            "steps": WorkflowLog.objects.filter(object_type="case", object_id=case.pk, verb="pass_review").count(),
            "rights": Entitlement.objects.filter(case_ref=case.ref).count(),
            "transfers": Transfer.objects.filter(case_ref=case.ref).count(),
            "events": OutboxEvent.objects.filter(event="case.reviewed", ids__case_id=case.pk).count(),
            "audited": AuditEntry.objects.filter(target=case.ref, action="case.pass_review").count(),
        }


WAITING = {"state": "reviewing", "steps": 0, "rights": 0, "transfers": 0, "events": 0, "audited": 0}
APPROVED = {"state": "approved", "steps": 1, "rights": 1, "transfers": 1, "events": 1, "audited": 1}


def undelivered() -> list[str]:
    """Events that have not reached every receiver they had."""
    with entered(Scope.system()):
        rows = OutboxEvent.objects.annotate(done=Count("receipts")).filter(done__lt=F("receivers"))
        return [f"{row.event} {row.ids}" for row in rows]


def payable(*cases: Case) -> PaymentRequest:
    """The batch of these requests, public and past its days, and the treasury asked to pay it."""
    batch = sign(*cases)
    jobs.run_pending()
    clock_to("2026-06-16 09:00")
    jobs.run_pending()
    with entered(Scope.system()):
        actions.request_batch_payment(people.as_actor("huanglei"), batch=Batch.objects.get(pk=batch.pk))
        return PaymentRequest.objects.get(batch_ref=batch.ref)


def findings() -> list[str]:
    """What `bin/guiyan check` would say."""
    from guiyan.cli import check

    return [str(one) for one in check.findings()]
