"""One county at work: a request in every state, batches, a notice with an objection, payments, a plan, an order.

Everything is of Tongshan. Built through the same actions and jobs as in life; what a page needs is named here.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from guiyan.accounts import api_keys, deputising, saved_views
from guiyan.accounts.models import Post, Unit, User
from guiyan.cases import actions
from guiyan.cases import receivers_of_work as work
from guiyan.cases.models import Case, Joint, Mandate
from guiyan.engagements import actions as engagements
from guiyan.exchange import actions as exchange
from guiyan.insights.compute import compute_indicators
from guiyan.insights.proposals import propose_orders
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.actors import PUBLIC, SYSTEM, Actor
from guiyan.kernel.jobs import queue
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import actions as ledger
from guiyan.ledger import sheets
from guiyan.ledger.models import PaymentRequest
from guiyan.lending import actions as lending
from guiyan.lending.actions import Stated
from guiyan.lending.reading import HEAD as REPORT_HEAD
from guiyan.lending.subsidising import Quarter
from guiyan.notices import actions as notices
from guiyan.notices.models import Notice
from guiyan.outreach import actions as outreach_actions
from guiyan.plans import actions as plans
from guiyan.plans.drafts import draft_of
from guiyan.plans.models import Document, Indicator, ReviewItem, SupervisionOrder
from guiyan.plans.sharing import share_out
from guiyan.policies.actions import confirm_measure
from guiyan.registers import actions as registers
from guiyan.registers import queries as register_queries
from guiyan.registers.models import DataUse
from guiyan.registers.pictures import reencoded
from guiyan.registers.surveying.rounds import close_round
from guiyan.registers.surveying.visits import take_records
from guiyan.registers.values import Value
from tests.access.offering import SAID, TYPED, a_picture
from tests.cases import borrowers, firms, people, recognitions
from tests.cases.test_together import GRADUATED
from tests.exchange.county import REGION, County
from tests.outreach import arriving
from tests.outreach import stage as outreach
from tests.outreach.test_arrival_files import as_csv
from tests.outreach.tried import facts_kept, tried
from tests.plans.factories import REAL, confirm_all, published_plan
from tests.plans.revised import accept_all
from tests.policies import stage as rules
from tests.portal.test_registers import a_site
from tests.prepared import clock_to
from tests.registers.factories import CHONGYANG_TOWN, DAFAN, HEAD, csv_file, person_row
from tests.registers.helping import mentor, specialist
from tests.registers.knowing import known_again
from tests.registers.surveyed import a_round, answered, people_away
from tests.registers.test_noun import a_listed_firm

DECIDED_PLAN = "decided.txt"
DECIDED_TEXT = "示例市服务工作方案\n一、重点任务\n1.做好服务。建立台账，逐户走访。(责任单位:市人社局)"
COUNTIES = (421202000000, 421221000000, 421222000000, 421223000000, 421224000000, 421281000000)
EARLIER_PLAN = "earlier.txt"
EARLIER_TEXT = "示例市以前的工作方案\n一、重点任务\n1.摸清底数。逐户登记。(责任单位:市人社局)"
REVISED_PLAN = "revised.txt"
REVISED_TEXT = EARLIER_TEXT.replace("逐户登记", "逐户登记并按月更新")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦"
LISTED, LISTED_ON = 190, "public-payroll"  # whose number stands on which list
OTHER_PLAN = REAL.with_name("yichang-2025-returnee-tasks.txt")


@dataclass
class World:
    """cases: by the state they stand in; `own` is the request of the resident who signs in as 刘春燕."""

    folder: Path
    cases: dict[str, Case] = field(default_factory=dict)
    persons: dict[str, people.Person] = field(default_factory=dict)
    joints: dict[str, Joint] = field(default_factory=dict)
    serial: int = 0
    offered: dict[str, int] = field(default_factory=dict)
    job_id: int = 0
    rating_id: int = 0
    county: County | None = None

    def person(self) -> people.Person:
        self.serial += 1
        return people.a_returnee(self.serial, name=f"{SURNAMES[self.serial % len(SURNAMES)]}示例")

    def keep(self, key: str, case: Case) -> Case:
        self.cases[key] = case
        return case


def build(folder: Path) -> World:
    """The world on the morning of 17 June 2026: two batches went before, one is public, the rest is under way."""
    world = World(folder)
    clock_to("2026-06-08 09:00")
    with entered(Scope.system()):
        people.with_budget()
        people.with_list(folder)
        listed = [people.id_number(people.BORN, "女", LISTED), "示例", "示例事业单位", "2019-07-01", ""]
        people.bring_in(folder, LISTED_ON, [listed])
        first = [people.approved(world.person()) for _ in range(5)]
        people.signed(*first)
        people.signed(world.keep("waiting", people.approved(world.person())))
        to_be_recognised(world)
    jobs.run_pending()
    clock_to("2026-06-16 09:00")
    jobs.run_pending()
    with entered(Scope.system()):
        pay(world, first)
        recognise(world)
    jobs.run_pending()
    with entered(Scope.system()):
        make_public(world)
    jobs.run_pending()
    clock_to("2026-06-17 09:00")
    with entered(Scope.system()):
        object_to_a_line(world)
        residents(world)
        under_way(world)
        loans(world)
        beside_the_way(world)
        plan_and_order()
        helped(world)
        policies_looking_for_people()
        rules_tried_out()
        rules_on_their_way()
        arrived(folder)
        targets()
        sent_by_a_school(folder)
        bring_in(folder)
        for number in range(6):
            known_again(number)
        kept_by_hand()
        surveyed()
        offers(world)
        another_system()
        exchanged(world)
        about_own_data(world)
    jobs.run_pending()
    with entered(Scope.system()):
        compute_indicators(date(2026, 6, 17))
        propose_orders(date(2026, 6, 17))
        propose_orders(date(2026, 7, 20))  # by then the figures asked for are late
        jobs.defer("kernel.tick")
        world.job_id = queue.waiting_jobs()[0].id
    return world


def exchanged(world: World) -> None:
    """A partner, a package that waits for a second officer, one that is made, and one that came."""
    helin, zhengwei = people.as_actor("helin"), people.as_actor("zhengwei")
    folder = world.folder / "county"
    folder.mkdir()
    world.county = County(folder)
    partner = exchange.add_partner(
        people.as_actor("yunwei"), card=world.county.card.text, region=REGION, registers=["returnee"]
    )
    asked = [
        exchange.ask_package(helin, partner_id=partner.pk, register="returnee", since=None, reason="按月下发")
        for _ in range(2)
    ]
    exchange.decide_package(zhengwei, package_id=asked[1].pk, agreed=True)


def surveyed() -> None:
    """One round is over, the next is on; in another county somebody waits for hers."""
    zhoumin, (first, _) = people.as_actor("zhoumin"), people_away(2)
    before = a_round(zhoumin, region=DAFAN)
    take_records(people.as_actor("yuanmei"), [answered(before, first, has_wish="false")])
    close_round(zhoumin, round_id=before.pk)
    now = a_round(zhoumin, region=DAFAN, title="2026年下半年")
    take_records(people.as_actor("yuanmei"), [answered(now, first)])
    people_away(1, first=60, home_region=CHONGYANG_TOWN)


def others_data(is_live: bool) -> None:
    """An application for data of 许蓉's bureau: one waits for her, one is live."""
    moment, holder = calendar.now(), Post.objects.get(user__username="xurong").unit_id
    confirmed: dict[str, object] = {
        "agreed_at": moment,
        "agreed_by": 1,
        "confirmed_at": moment,
        "confirmed_by": 2,
    }
    DataUse.objects.create(
        list_id="deaths",
        purpose="compare",
        reason="发放前核对",
        until=date(2026, 12, 31),
        asked_at=moment,
        asked_by=User.objects.get(username="helin").pk,
        asked_by_label="何琳",
        unit_id=Post.objects.get(user__username="helin").unit_id,
        unit_name="示例单位",
        holder_id=holder,
        region=people.COUNTY,
        **(confirmed if is_live else {}),
    )


def about_own_data(world: World) -> None:
    """刘春燕 says her phone is wrong and asks for a copy; somebody else's data are blocked."""
    liu = acting("liuchunyan")
    registers.ask_copy(liu)
    registers.ask_correction(
        liu,
        register="person",
        entry_id=liu.subject_id or 0,
        field="phone",
        right="15487654321",
        reason="换了号码",
        paper=("证明.pdf", people.PAPER),
    )
    for withdrawable in (False, True):
        others_data(withdrawable)
    gone = world.person().actor
    asked = registers.ask_erasure(gone, reason="不再需要")
    registers.decide_erasure(people.as_actor("helin"), request_id=asked.pk, erase=False, basis="示例依据")


def sent_by_a_school(folder: Path) -> None:
    """A file of a school's, brought in."""
    kongqing = people.as_actor("kongqing")
    path = csv_file(
        folder / "alumni.csv",
        ("姓名", "校友编号", "籍贯", "学校", "毕业年份"),
        [
            ("江新人", "XY-SENT", "通山县大畈镇", "示例科技学院", "2005"),
            ("无编号", "", "通山县大畈镇", "示例科技学院", "2005"),
        ],
    )
    file = registers.send_file(
        kongqing, register="alumni", as_of=date(2026, 6, 17), name="校友.csv", blocks=[path.read_bytes()]
    )
    registers.name_columns(kongqing, file_id=file.pk, fields=["name", "number", "region", "school", "graduated"])
    registers.confirm_file(kongqing, file_id=file.pk)


def another_system() -> None:
    """A key of the API."""
    api_keys.create_key(
        people.as_actor("yunwei"),
        name="示例专区",
        holder="示例局",
        scopes=["facts"],
        per_minute=60,
        expires_on=date(2026, 12, 31),
    )


def pay(world: World, cases: list[Case]) -> None:
    """The treasury was asked for five: two paid, two came back, one is not answered yet; one paid is asked back.

    For one of those that came back the counter gave another account, which waits for a second person.
    """
    batch = cases[0].batch_lines.get().batch
    actions.request_batch_payment(people.as_actor("huanglei"), batch=batch)
    jobs.run_pending()
    request = PaymentRequest.objects.get()
    rows = [
        (1, "成功", "HD1", ""),
        (2, "退票", "", "户名与账号不符"),
        (4, "成功", "HD4", ""),
        (5, "退票", "", "账号不存在"),
        (9, "成功", "HD9", ""),
    ]
    ledger.import_result(people.as_actor("sunli"), request=request, name="r.csv", content=answer(request, rows))
    for key, case in zip(("paid", "returned", "paying", "recovering", "account-check"), cases, strict=True):
        world.keep(key, case)
    jobs.run_pending()
    world.keep("account-check", people.corrected(Case.objects.get(pk=cases[4].pk)))
    recovering = Case.objects.get(pk=cases[3].pk)
    actions.start_recovery(people.as_actor("zhengwei"), case=recovering, amount_fen=5_000_00, reason="不符合条件")


def to_be_recognised(world: World) -> None:
    """Two firms' projects, made public each by itself; who runs the first has an account later."""
    for key in ("recognised", "decidable"):
        person = world.person()
        world.persons[key] = person
        case = world.keep(key, recognitions.approved(firms.of_person(person, world.serial)))
        recognitions.signed(case)


def recognise(world: World) -> None:
    batch = world.cases["recognised"].batch_lines.get().batch
    recognitions.decided(batch)


def answer(
    request: PaymentRequest, rows: list[tuple[int, str, str, str]], amount: str = "5000.00", on: str = "2026-06-17"
) -> bytes:
    """The treasury's file: line, outcome, receipt, reason."""
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(sheets.RESULT_HEAD)
    for line, outcome, receipt, reason in rows:
        sheet.writerow([request.number, line, "", amount, outcome, receipt, on, reason])
    return target.getvalue().encode("utf-8-sig")


def make_public(world: World) -> None:
    """A batch of two is signed and so becomes public."""
    noticed = [people.approved(world.person()) for _ in range(2)]
    people.signed(*noticed)
    world.keep("held", noticed[0])
    world.keep("noticed", noticed[1])


def object_to_a_line(world: World) -> None:
    notice = Notice.objects.get(closed_at=None)
    line = notice.rows.get(case=world.cases["held"])
    notices.file_objection(
        PUBLIC, notice=notice, line_no=line.line_no, text="没有返乡", name="某人", contact="示例电话"
    )


def residents(world: World) -> None:
    """刘春燕 has sent hers a second time; 王建's payment came back; another has a draft; a helper has one mandate."""
    herself = world.person()
    first = submitted_by("liuchunyan", herself)
    world.keep("own-over", actions.refuse_acceptance(people.as_actor("zhoumin"), case=first, reason="重报"))
    world.keep("own", submitted_by("liuchunyan", herself))
    User.objects.filter(username="wangjian").update(subject_id=world.cases["returned"].subject_id)
    drafting = world.person()
    world.persons["drafting"] = drafting
    User.objects.create_user(username="resident", name=drafting.name, subject_id=drafting.subject_id)
    world.keep("draft", people.a_draft(people.Person(drafting.subject_id, drafting.name, acting("resident"))))
    helped, asking = world.person(), world.persons["recognised"]
    confirmed = mandate_for(helped)
    actions.confirm_mandate(people.as_actor("chenjing"), mandate=confirmed)
    world.keep("helped-draft", people.a_draft(helped, by=people.as_actor("lihuifang"), entry="helper"))
    mandate_for(asking)
    User.objects.create_user(username="asking", name=asking.name, subject_id=asking.subject_id)
    world.keep("counter-draft", people.a_draft(world.person(), by=people.as_actor("chenjing"), entry="counter"))
    with_one_form(world, people.Person(drafting.subject_id, drafting.name, acting("resident")), herself)


def with_one_form(world: World, drafting: people.Person, herself: people.Person) -> None:
    """创业一件事: `resident` writes one, a clerk writes one for somebody, 刘春燕 has sent one."""
    clerk, liu = people.as_actor("chenjing"), acting("liuchunyan")
    world.joints["draft"] = a_joint(drafting.actor, drafting)
    world.joints["counter"] = a_joint(clerk, world.person(), entry="counter")
    joint = a_joint(liu, herself, chosen=("graduate-startup-subsidy",))
    world.joints["sent"] = actions.submit_joint(liu, joint=joint, token=joint.submission_token)


def a_joint(
    actor: Actor,
    person: people.Person,
    *,
    entry: str = "self",
    chosen: tuple[str, ...] = (people.ITEM, "graduate-startup-subsidy"),
) -> Joint:
    """Filled in, with its papers; not sent."""
    joint = actions.open_joint(
        actor, bundle="start-a-business", subject_id=person.subject_id, entry=entry, chosen=chosen
    )
    joint = actions.save_joint(actor, joint=joint, values={**people.ANSWERS, **GRADUATED})
    for material in ("id_card", "account"):
        actions.add_joint_material(actor, joint=joint, material=material, name="p.pdf", content=people.PAPER)
    return joint


def resident(username: str, person: people.Person) -> Actor:
    User.objects.filter(username=username).update(subject_id=person.subject_id)
    return acting(username)


def acting(username: str) -> Actor:
    return people.as_actor(username)


def submitted_by(username: str, person: people.Person) -> Case:
    actor = resident(username, person)
    return people.submitted(people.Person(person.subject_id, person.name, actor))


def mandate_for(person: people.Person) -> Mandate:
    return actions.give_mandate(
        people.as_actor("lihuifang"),
        subject_id=person.subject_id,
        item=people.ITEM,
        valid_to=date(2026, 12, 31),
        name="委托书.png",
        content=people.PHOTO,
    )


def rules_on_their_way() -> None:
    """A raised subsidy that is drafted, and a new measure that waits for the second person."""
    rules.raised()
    rules.proposed(rules.new_measure())


def policies_looking_for_people() -> None:
    """A run of the loan over the township in each state, the one that was sent among them."""
    outreach.in_force(outreach.LOAN)
    runs = [outreach.computed(outreach.LOAN, area=people.TOWN) for _ in range(4)]
    for run in runs[1:]:
        outreach_actions.propose_audience(outreach.helin(), run=run)
    for run in runs[2:]:
        outreach_actions.approve_audience(outreach.qinlan(), run=outreach.again(run))
    outreach_actions.start_sending(outreach.helin(), run=outreach.again(runs[3]))
    jobs.run_pending()
    stuck = outreach.started(outreach.LOAN, area=people.TOWN)
    outreach_actions.note_problem(stuck.pk, "示例原因")


def rules_tried_out() -> None:
    """One what-if that was computed, and one that could not be."""
    facts_kept()
    tried(outreach.LOAN, "benefit.amount_max_yuan", "500000")
    jobs.run_pending()
    stuck = tried(outreach.LOAN, "benefit.amount_max_yuan", "600000")
    outreach_actions.note_what_if_problem(stuck.pk, "示例原因")


def arrived(folder: Path) -> None:
    """Registrations: a first one with the helper who signs in, one with another, one that is none, one sent back."""
    specialist(61, name="李慧芳", area=people.TOWN, capacity=1, account="lihuifang")
    good = [arriving.record(1), arriving.record(2, founder=2), arriving.record(3, founder=1)]
    arriving.sent(*good, arriving.record(4, founder=4, kind="示例"))
    path = as_csv(folder, arriving.record(5, founder=5, kind="示例"))
    dengke = people.as_actor("dengke")
    outreach_actions.take_file(dengke, trigger=arriving.trigger(), path=path, name=path.name)


def helped(world: World) -> None:
    """A specialist was given to all in one round; one service waits for its next step. Nobody has a mentor yet."""
    specialist(area=people.COUNTY, capacity=500)
    mentor(area=people.COUNTY, capacity=500)
    zhoumin = people.as_actor("zhoumin")
    proposal = register_queries.propose_helpers(zhoumin, kind="specialist", region=people.COUNTY)
    registers.assign_many(zhoumin, kind="specialist", region=people.COUNTY, digest=proposal.digest)
    engagements.record_service(
        people.as_actor("lihuifang"),
        subject_id=world.cases["checking"].subject_id,
        kind="visit",
        on=date(2026, 6, 17),
        note="看了经营场所",
        next_step="再去一次",
        next_on=date(2026, 6, 19),
        token="world",
    )


def under_way(world: World) -> None:
    """Requests at the desks, and a batch in each state before the signature."""
    world.keep("submitted", people.submitted(world.person()))
    world.keep("checking", people.accepted(world.person()))
    world.keep("reviewing", people.checked(world.person()))
    world.keep("approved", people.approved(world.person()))
    refused = people.checked(world.person())
    world.keep(
        "refused",
        actions.refuse_case(people.as_actor("zhengwei"), case=refused, grounds=["returnee"], reason="没有返乡经历"),
    )
    world.keep("raised", demand_of(world.person()))
    world.keep("sent-on", sent_on(demand_of(world.person())))
    world.rating_id = actions.rate_case(people.as_actor("chenjing"), case=world.cases["refused"], grade=1).pk
    people.a_batch(world.keep("batched", people.approved(world.person())))
    people.a_batch(world.keep("listed", people.approved(people.a_returnee(LISTED, name="柳示例"))))
    batch = people.a_batch(world.keep("rechecked", people.approved(world.person())))
    actions.recheck_batch(people.as_actor("wuqiang"), batch=batch)


def loans(world: World) -> None:
    """One asked for, one granted, two lent since February: of both nothing was paid after March, one is claimed.

    The first quarter's subsidies are reckoned; the bank's last report had a wrong row.
    """
    world.keep("asked", borrowers.referred(world.person()))
    world.keep("granted", borrowers.granted(world.person()))
    banker = acting(borrowers.BANKER)
    for key in ("lent", "claimed"):
        case = world.keep(key, borrowers.granted(world.person(), item="graduate-loan-person"))
        loan = borrowers.paid_out_earlier(case, contract_no=f"JJ-{key}", on=date(2026, 2, 17))
        interest = Stated("repaid", date(2026, 3, 17), 0, 240_00, 0, f"L-{key}")
        lending.state_repayment(banker, loan=loan, stated=interest)
    lending.ask_claim(banker, loan=loan, amount_fen=80_000_00, reason="催收三次，没有还")
    lending.prepare_list(acting("huanglei"), region=people.COUNTY, quarter=Quarter(2026, 1))
    content = "\r\n".join([",".join(REPORT_HEAD), "JJ-0,,L0,2026-06-16,还款,,240,,"]).encode("utf-8-sig")
    lending.import_report(banker, bank=borrowers.unit(borrowers.BANK), name="报表.csv", content=content)


def demand_of(person: people.Person) -> Case:
    case = actions.open_draft(person.actor, item="demand", subject_id=person.subject_id, entry="self")
    actions.save_draft(person.actor, case=case, values={"topic": "funds", "text": "贷款没有结果"})
    return actions.submit_case(person.actor, case=case, token=case.submission_token)


def sent_on(case: Case) -> Case:
    """To the finance bureau."""
    office = Unit.objects.get(code="421224-finance")
    return actions.dispatch_demand(people.as_actor("zhoumin"), case=case, unit_id=office.pk)


def beside_the_way(world: World) -> None:
    """One request was urged, of one an opinion is asked; 郑伟 may stand in for 周敏; a township accepts.

    周敏 keeps a view of the list of cases for herself, and calls 郑伟 to the one that is reviewed.
    """
    actions.add_remark(
        acting("zhoumin"), case=world.cases["reviewing"], text=f"@{acting('zhengwei').label} 请看登记日期"
    )
    saved_views.save_view(acting("zhoumin"), page="cases:list", name="待受理", query="stage=accept")
    key = UUID("00000000-0000-4000-8000-000000000001")
    actions.start_run(people.as_actor("chenjing"), act="urge", case_ids=[world.cases["submitted"].pk], key=key)
    reviewing = world.cases["reviewing"]
    market = next(one for one in work.for_opinion(reviewing, acting("zhengwei")) if one.name == "高洁")
    actions.ask_opinion(
        acting("zhengwei"),
        case=reviewing,
        to=market.key,
        question="登记日期对不对",
        due_on=date(2026, 6, 19),
        required=False,
    )
    days = {"valid_from": date(2026, 6, 17), "valid_to": date(2026, 12, 31)}
    deputising.give_deputy(
        acting("xurong"),
        post_id=Post.objects.get(user__username="zhoumin").pk,
        user_id=User.objects.get(username="zhengwei").pk,
        document="示例授权书1号",
        reason="外出学习",
        name="授权书.png",
        content=people.PHOTO,
        **days,
    )
    actions.give_delegation(
        acting("xurong"),
        kind="entrusted",
        principal=Unit.objects.get(code="421224-human-resources"),
        agent=Unit.objects.get(code="421224107-government"),
        items=[people.ITEM],
        document="示例委托书1号",
        name="委托书.png",
        content=people.PHOTO,
        **days,
    )


def plan_and_order() -> None:
    helin = people.as_actor("helin")
    put_in_force(helin, published_plan(helin))
    teach(helin)
    plans.import_document(helin, name=OTHER_PLAN.name, content=OTHER_PLAN.read_bytes())
    earlier = plans.import_document(helin, name=EARLIER_PLAN, content=EARLIER_TEXT.encode())
    confirm_all(helin, earlier)
    earlier = plans.publish_document(helin, document=earlier)
    revised = plans.import_document(helin, name=REVISED_PLAN, content=REVISED_TEXT.encode())
    revised = plans.start_revision(helin, document=revised, revises=earlier)
    accept_all(helin, revised)
    confirm_all(helin, plans.import_document(helin, name=DECIDED_PLAN, content=DECIDED_TEXT.encode()))
    order("4212-human-resources", "请查明原因，提出措施。")
    second = order("4212-human-resources", "请按月报送进展。")
    plans.reply_to_order(helin, order=second, text="已核查，正在补录。")


def teach(helin: Actor) -> None:
    """A fact for the words of one measure."""
    item = ReviewItem.objects.get(kind="measure", links_to="counter-guarantee-waiver")
    (term,) = draft_of(releases.current(), item.document, item).rule.open
    plans.learn_phrase(helin, item=item, words=term.words, meaning="银行认定符合信用贷款条件")


def targets() -> None:
    """One split that is put up, one that is worked on and short; figures asked for by the end of June."""
    helin = people.as_actor("helin")
    for definition, total in (("new-returnee-businesses", 10_000), ("jobs-led", 30_000)):
        indicator = Indicator.objects.get(definition=definition)
        values = share_out(Decimal(total), dict.fromkeys(COUNTIES, Decimal(1))).shares
        split = plans.save_split(helin, indicator=indicator, year=2026, values=dict(values), basis="even")
        if total == indicator.target:
            plans.propose_split(helin, split=split)
    plans.open_figures(date(2026, 7, 1))


def put_in_force(helin: Actor, document: Document) -> None:
    """The measures that the document and the pack both have."""
    for item in document.items.filter(kind="measure", decision="confirmed").exclude(links_to=""):
        confirm_measure(
            helin,
            measure_id=item.links_to,
            document_id=document.pk,
            document_title=document.title,
            section="二(七)",
            quote=document.text[item.start : item.end],
            item_id=item.pk,
            read_amount_yuan=None,
            region=document.region,
        )


def order(unit: str, text: str) -> SupervisionOrder:
    """The leader's instruction to one office."""
    instruction = plans.write_instruction(
        people.as_actor("linzong"),
        text=text,
        unit_codes=[unit],
        place=421200000000,
        title="咸宁市返乡创业",
        indicator=Indicator.objects.get(definition="new-returnee-businesses"),
    )
    return instruction.orders.get()


def kept_by_hand() -> None:
    """An entry of Tongshan written down at the desk, a file of it that waits, and one that is made."""
    zhoumin = people.as_actor("zhoumin")
    firm = {**a_listed_firm(31), "recommended_on": date(2026, 6, 1)}
    about = registers.add_entry(zhoumin, register="listed", values=firm, source="bureau").subject_id
    coached = {"region": people.COUNTY, "coached_on": date(2026, 6, 2), "topic": "股权结构", "coach": "示例证券公司"}
    registers.add_happening(zhoumin, register="listed-coaching", about=about, values=coached, source="bureau")
    project = {"name": "竹木加工项目", "number": "ZS2026-9001", "region": people.COUNTY, "chain": "materials"}
    project |= {
        "content": "厂房和生产线",
        "investment": 5_000_000_000,
        "submitted_by": "市经信局",
        "release": "released",
    }
    said = {**project, "packaged_on": date(2026, 5, 1)}
    registers.record(SYSTEM, register="packaged-project", values=said, source="office")
    asked = [
        registers.ask_export(zhoumin, register="listed", query={}, columns=[], reason="核对名单") for _ in range(2)
    ]
    registers.decide_export(people.as_actor("zhengwei"), export_id=asked[1].pk, agreed=True)


def offers(world: World) -> None:
    """A site with a picture that is out, 刘春燕's enquiry about it, her next one and a report of hers half written."""
    liu = acting("liuchunyan")
    picture = registers.keep_picture(SYSTEM, reencoded(io.BytesIO(a_picture())), None)
    world.offered["site"] = a_site(1, picture=picture)
    values: dict[str, Value] = {"use": "开竹制品厂", "contact": "刘女士", "contact_phone": "15412340000"}
    world.offered["enquiry"] = registers.ask(
        liu, register="site-enquiry", answered_id=world.offered["site"], values=values
    )
    drafts = (("site-enquiry", world.offered["site"], TYPED), ("returnee", liu.subject_id, SAID))
    for register, about, typed in drafts:
        kept = {name: [text] for name, text in typed.items() if isinstance(text, str)}
        registers.save_own_draft(liu, register=register, subject_id=about or 0, typed=kept)


def bring_in(folder: Path) -> None:
    """A register's file with one wrong row, as the policy officer brings it."""
    path = csv_file(folder / "people.csv", HEAD, [person_row(401), person_row(402, 身份证号="42129919970512402X")])
    registers.import_rows(
        people.as_actor("helin"), register="person", path=path, name="people.csv", source="self", at=date(2026, 6, 17)
    )
    handed = registers.hand_in(
        people.as_actor("helin"),
        register="person",
        source="self",
        as_of=date(2026, 6, 17),
        name="people.csv",
        blocks=[csv_file(folder / "more.csv", HEAD, [person_row(403), person_row(404, 姓名="")]).read_bytes()],
    )
    fields = ["name", "id_number", "residence_region", "phone"]
    registers.name_columns(people.as_actor("helin"), file_id=handed.pk, fields=fields)
    faulty = folder / "名单.csv"
    faulty.write_text("身份证号,姓名,金额,发放日期,发放单位\n1,示例,五千,昨天,\n", encoding="utf-8-sig")
    registers.import_list(
        people.as_actor("huanglei"), list_id="paid-before", path=faulty, as_of=date(2026, 6, 17), confirmed=True
    )
