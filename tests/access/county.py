"""A county that grows by one of everything, for pages that list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import localtime

from guiyan.accounts.models import User
from guiyan.cases import actions
from guiyan.cases.models import Case
from guiyan.kernel import calendar, jobs
from guiyan.kernel.actors import PUBLIC
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import actions as ledger
from guiyan.ledger.models import PaymentRequest
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice
from guiyan.plans import actions as plans
from tests.access.world import answer, mandate_for, order, put_in_force
from tests.cases import people
from tests.plans.factories import published_plan
from tests.prepared import clock_to

PLAN = "示例市第{}号工作方案\n一、重点任务\n1.做好服务。建立台账，逐户走访。(责任单位:市人社局)"


@dataclass
class County:
    """serial: how many people there are; rounds: how many of everything."""

    folder: Path
    serial: int = 0
    rounds: int = 0

    def person(self) -> people.Person:
        self.serial += 1
        return people.a_returnee(self.serial, name=f"示例{self.serial}")

    def begin(self) -> None:
        clock_to("2026-06-08 09:00")
        with entered(Scope.system()):
            people.with_budget()
            people.with_list(self.folder)
            helin = people.as_actor("helin")
            put_in_force(helin, published_plan(helin))
        jobs.run_pending()

    def grow(self) -> None:
        """One request in each state, one batch, one public notice with an objection, one payment, one order …"""
        self.rounds += 1
        with entered(Scope.system()):
            paid = people.approved(self.person())
            people.signed(paid)
        jobs.run_pending()
        clock_to(f"{localtime(calendar.now()) + timedelta(days=12):%Y-%m-%d %H:%M:%S}")
        jobs.run_pending()
        with entered(Scope.system()):
            self.pay(paid)
            self.at_the_desks()
        jobs.run_pending()
        with entered(Scope.system()):
            self.object()
        jobs.run_pending()

    def wait(self) -> None:
        """Days pass until what lies about is late, and whoever is told of that is told."""
        clock_to(f"{localtime(calendar.now()) + timedelta(days=12):%Y-%m-%d %H:%M:%S}")
        jobs.defer("kernel.tick")
        jobs.run_pending()

    def pay(self, case: Case) -> None:
        batch = case.batch_lines.get().batch
        actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
        jobs.run_pending()
        request = PaymentRequest.objects.get(batch_ref=batch.ref)
        sunli = people.as_actor("sunli")
        ledger.import_result(sunli, request=request, name="r.csv", content=answer(request, [(1, "成功", "HD1", "")]))

    def at_the_desks(self) -> None:
        people.submitted(self.person())
        people.accepted(self.person())
        people.checked(self.person())
        people.approved(self.person())
        people.a_draft(self.person(), by=people.as_actor("chenjing"), entry="counter")
        people.a_batch(people.approved(self.person()))
        people.signed(people.approved(self.person()))
        mandate_for(self.person())
        order("4212-human-resources", f"请查明第{self.rounds}个原因。")
        name = f"plan-{self.rounds}.txt"
        plans.import_document(people.as_actor("helin"), name=name, content=PLAN.format(self.rounds).encode())
        own = people.submitted(self.person())
        User.objects.filter(username="liuchunyan").update(subject_id=own.subject_id)

    def object(self) -> None:
        notice = Notice.objects.filter(closed_at=None).order_by("-pk")[0]
        notices.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例电话")

    def larger(self) -> None:
        """A batch, a notice and a payment of three people, beside those of one."""
        with entered(Scope.system()):
            people.a_batch(*[people.approved(self.person()) for _ in range(3)])
            people.signed(*[people.approved(self.person()) for _ in range(3)])
        jobs.run_pending()
