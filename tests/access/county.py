"""A county that grows by one of everything, for pages that list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils.timezone import localtime

from guiyan.accounts.models import User
from guiyan.cases import actions
from guiyan.cases.models import Case
from guiyan.exchange import actions as exchange
from guiyan.kernel import calendar, jobs
from guiyan.kernel.actors import PUBLIC
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import actions as ledger
from guiyan.ledger.models import PaymentRequest
from guiyan.lending import actions as lending
from guiyan.lending.actions import Stated
from guiyan.lending.reading import HEAD
from guiyan.lending.subsidising import Quarter
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice
from guiyan.plans import actions as plans
from guiyan.plans.models import Document
from guiyan.policies import actions as policies
from guiyan.registers import actions as registers
from guiyan.registers.models import SurveyRound
from guiyan.registers.surveying.rounds import close_round
from guiyan.registers.surveying.visits import take_records
from tests.access.world import answer, mandate_for, order, put_in_force
from tests.cases import borrowers, people
from tests.exchange import county as exchanging
from tests.outreach import arriving
from tests.outreach import stage as outreach
from tests.outreach.tried import facts_kept, tried
from tests.plans.factories import published_plan
from tests.policies import stage as rules
from tests.prepared import clock_to
from tests.registers.helping import specialist
from tests.registers.knowing import known_again
from tests.registers.surveyed import a_round, answered, people_away
from tests.registers.test_noun import a_listed_firm

PLAN = (
    "示例市第{0}号工作方案\n一、重点任务\n1.做好服务。建立台账，逐户走访。"
    "对持有示例证书{0}的返乡人员，给予3000元一次性创业补贴。(责任单位:市人社局、示例{0}局)"
)


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
            self.exchanged()
        jobs.run_pending()
        with entered(Scope.system()):
            self.object()
        jobs.run_pending()

    def wait(self) -> None:
        """Days pass until what lies about is late, and whoever is told of that is told."""
        clock_to(f"{localtime(calendar.now()) + timedelta(days=12):%Y-%m-%d %H:%M:%S}")
        jobs.defer("kernel.tick")
        jobs.run_pending()

    def own_data(self) -> None:
        """Somebody says what is wrong; somebody else's data are blocked."""
        asking, gone = self.person().actor, self.person().actor
        registers.ask_correction(
            asking,
            register="person",
            entry_id=asking.subject_id or 0,
            field="phone",
            right="15487654321",
            reason="换了号码",
        )
        asked = registers.ask_erasure(gone, reason="不再需要")
        registers.decide_erasure(people.as_actor("helin"), request_id=asked.pk, erase=False, basis="示例依据")

    def pay(self, case: Case) -> None:
        batch = case.batch_lines.get().batch
        actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
        jobs.run_pending()
        request = PaymentRequest.objects.get(batch_ref=batch.ref)
        sunli = people.as_actor("sunli")
        ledger.import_result(sunli, request=request, name="r.csv", content=answer(request, [(1, "成功", "HD1", "")]))

    def rules(self) -> None:
        """A measure in force that is being changed, one that waits for approval, one that was given back."""
        rules.raised()
        rules.proposed(rules.new_measure(f"示例补贴第{self.rounds}项"))
        back = rules.proposed(rules.new_measure(f"示例奖励第{self.rounds}项"))
        policies.return_rule(rules.yemin(), proposal_id=back.pk, reason="请核对")

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
        self.rules()
        name = f"plan-{self.rounds}.txt"
        self.taught(
            plans.import_document(people.as_actor("helin"), name=name, content=PLAN.format(self.rounds).encode())
        )
        self.loans()
        self.own_data()
        self.kept()
        self.surveyed()
        self.policies()
        self.arrivals()
        own = people.submitted(self.person())
        User.objects.filter(username="liuchunyan").update(subject_id=own.subject_id)

    def kept(self) -> None:
        """One more entry written down at the desk, two more files asked for, one person linked, one pair waits."""
        known_again(self.rounds)
        zhoumin = people.as_actor("zhoumin")
        registers.add_entry(zhoumin, register="listed", values=a_listed_firm(40 + self.rounds), source="bureau")
        for register in ("listed", "site"):
            registers.ask_export(zhoumin, register=register, query={}, columns=[], reason=f"第{self.rounds}次")

    def exchanged(self) -> None:
        """One partner and one package more that waits."""
        folder = self.folder / f"county{self.rounds}"
        folder.mkdir()
        card = exchanging.County(folder, name=f"示例{self.rounds}平台").card.text
        partner = exchange.add_partner(
            people.as_actor("yunwei"), card=card, region=exchanging.REGION, registers=["returnee"]
        )
        exchange.ask_package(
            people.as_actor("helin"), partner_id=partner.pk, register="returnee", since=None, reason="按月下发"
        )

    def surveyed(self) -> None:
        """The round that was on is over, the next one has somebody more, in another village."""
        zhoumin = people.as_actor("zhoumin")
        who, _ = people_away(2, first=70 + 2 * self.rounds, home_region=421224107200 + self.rounds)
        for one in SurveyRound.objects.filter(closed_at=None):
            close_round(zhoumin, round_id=one.pk)
        now = a_round(zhoumin, title=f"第{self.rounds}轮")
        take_records(people.as_actor("lihuifang"), [answered(now, who)])

    def taught(self, document: Document) -> None:
        """A name and a phrase of the document are learnt."""
        helin, named = people.as_actor("helin"), document.mentions.get(name=f"示例{self.rounds}局")
        plans.resolve_mention(helin, mention=named, unit_codes=["4212-finance"])
        measure, words = document.items.get(kind="measure"), f"持有示例证书{self.rounds}"
        plans.learn_phrase(helin, item=measure, words=words, meaning="信用良好")

    def policies(self) -> None:
        """A run that tells everybody of the township of one more measure, or of none."""
        measure = ("guarantee-loan-person", "graduate-loan-person", "counter-guarantee-waiver")[self.rounds - 1]
        outreach.in_force(measure)
        outreach.sent("guarantee-loan-person", measure, area=people.TOWN)
        facts_kept()
        tried("guarantee-loan-person", "benefit.amount_max_yuan", f"{310_000 + self.rounds}")
        jobs.run_pending()

    def arrivals(self) -> None:
        """A first registration whose helper signs in, one that nobody could be given to, one sent back."""
        if self.rounds == 1:
            specialist(61, name="李慧芳", area=people.TOWN, account="lihuifang")
        for each in (0, 1):
            serial = self.rounds * 10 + each
            day = f"{calendar.today():%Y-%m-%d}"
            place = {} if each == 0 else {"registered_region": "通山县"}
            arriving.sent(arriving.record(serial, founder=serial, registered_on=day, **place), run=False)
        arriving.sent(arriving.record(self.rounds * 10 + 2, founder=9, kind="示例"), run=False)

    def loans(self) -> None:
        """One at the bank, one granted, one lent months ago, a report from which the book differs."""
        borrowers.referred(self.person())
        borrowers.granted(self.person())
        case, number = borrowers.granted(self.person(), item="graduate-loan-person"), f"JJ-{self.rounds}"
        loan = borrowers.paid_out_earlier(case, contract_no=number, on=date(2026, 2, 17))
        banker, bank = people.as_actor(borrowers.BANKER), borrowers.unit(borrowers.BANK)
        interest = Stated("repaid", date(2026, 3, 17), 0, 240_00, 0, f"L-{self.rounds}")
        lending.state_repayment(banker, loan=loan, stated=interest)
        rows = [",".join(HEAD), f"{number},,,2026-05-17,余额,,,,79000", "JJ-0,,L0,2026-05-16,还款,,240,,"]
        content = "\r\n".join(rows).encode("utf-8-sig")
        lending.import_report(banker, bank=bank, name=f"{self.rounds}.csv", content=content)
        if self.rounds == 1:
            lending.prepare_list(people.as_actor("huanglei"), region=people.COUNTY, quarter=Quarter(2026, 1))

    def object(self) -> None:
        notice = Notice.objects.filter(closed_at=None).order_by("-pk")[0]
        notices.file_objection(PUBLIC, notice=notice, line_no=1, text="没有返乡", name="某人", contact="示例电话")

    def larger(self) -> None:
        """A batch, a notice and a payment of three people, beside those of one."""
        with entered(Scope.system()):
            people.a_batch(*[people.approved(self.person()) for _ in range(3)])
            people.signed(*[people.approved(self.person()) for _ in range(3)])
        jobs.run_pending()
