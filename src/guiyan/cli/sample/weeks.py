"""Three weeks: a first batch from the request to the receipt, a second one under way, a handful that came in today."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import product

from django.utils import timezone

from guiyan.accounts.queries import actor_by_username, region_name
from guiyan.cases import actions as cases
from guiyan.cases import queries as case_queries
from guiyan.cases.models import Batch, Case
from guiyan.cli.sample import loans, recognitions, targets
from guiyan.cli.sample.demands import raise_demands
from guiyan.cli.sample.offers import ask_and_book
from guiyan.cli.sample.people import Founder, draft, founders, on_the_payroll, who_answers
from guiyan.cli.sample.surveys import ask_away
from guiyan.insights.compute import compute_indicators
from guiyan.insights.parts import value_words
from guiyan.insights.standing import standings_of
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.actors import PUBLIC, SYSTEM, Actor
from guiyan.kernel.clock_moves import move_clock
from guiyan.kernel.scope import Scope, entered
from guiyan.ledger import actions as ledger
from guiyan.ledger import queries as ledger_queries
from guiyan.ledger import sheets
from guiyan.notices import actions as notices
from guiyan.notices import queries as notice_queries
from guiyan.plans import actions as plans
from guiyan.plans import queries as plan_queries

CITY, TONGSHAN = 421200000000, 421224000000
BUDGET_FEN = 600_000_00
NEEDED = 22
Tell = Callable[[str], None]


def three_weeks(until: str, tell: Tell) -> dict[str, object]:
    """Do the work and leave the clock at `until`; gives how many cases there are, and the first batch's number."""
    end = timezone.make_aware(datetime.fromisoformat(until))
    with entered(Scope.system()):
        if case_queries.dataset("cases").exists():
            return {"skipped": "已经有办件"}
        if targets.are_there():
            return {"skipped": "已经有目标分解"}
        people = founders(NEEDED)
    targets.begin([who.subject_id for who in people])
    if len(people) < NEEDED:
        targets_only(end)
        return {"skipped": f"示例人口里只有{len(people)}人可以申请，至少要{NEEDED}人"}
    grant_budgets()
    tell("第一批：申请、核验、审核")
    with entered(Scope.system()):
        asked = [loans.ask(who, n) for n, who in enumerate(people[:2])]
        wanted = recognitions.ask(people)
    first = first_batch(people[:9])
    with entered(Scope.system()):
        for case in wanted:
            recognitions.answer(case)
        named = [recognitions.sign(case) for case in wanted]
    tell("第一批：公示、异议、拨付")
    lend(asked)
    first = publish_and_pay(first)
    with entered(Scope.system()):
        loans.pay_out(asked[0])
        for batch in named:
            recognitions.decide(batch)
    tell("第二批和今天的办件")
    second_half(people[9:], end)
    with entered(Scope.system()):
        loans.repay_some(asked[0])
        loans.check_and_refer(loans.accept(loans.ask(people[2], 2)))
    raise_demands(people[:3])
    ask_and_book(people[:3])
    finish(end)
    with entered(Scope.system()):
        return {"cases": case_queries.dataset("cases").count(), "batch": first.number}


def targets_only(end: datetime) -> None:
    """The weeks of a city with too few people for cases: its targets are split, reported and locked all the same."""
    on(end.date() - timedelta(days=5), 9, 20)
    targets.report()
    on(end.date() - timedelta(days=3), 10)
    targets.lock()
    finish(end)


def lend(asked: list[Case]) -> None:
    """Two requests for loans, qualified and agreed to."""
    with entered(Scope.system()):
        for case in asked:
            loans.agree(loans.check_and_refer(loans.accept(case)))


def finish(end: datetime) -> None:
    if calendar.now() < end:
        move_to(end)
    ask_away()
    jobs.run_pending()


def as_actor(username: str) -> Actor:
    return actor_by_username(username)


def move_to(moment: datetime) -> None:
    with entered(Scope.system()):
        move_clock(SYSTEM, to=moment, reason="示例办件")
    jobs.run_pending()


def on(day: date, hour: int, minute: int = 0) -> None:
    """Go on to a time of day, if it lies ahead."""
    moment = timezone.make_aware(datetime.combine(day, time(hour, minute)))
    if moment > calendar.now():
        move_to(moment)


def working(days: int) -> date:
    return calendar.calendar().add_working_days(calendar.today(), days)


def grant_budgets() -> None:
    """Each county gets its share of the year, for every programme that pays."""
    counties = [code for code, region in releases.current().regions.items() if region.level == "county"]
    notice = "示例：2026年度预算通知"
    with entered(Scope.system()):
        for programme, county in product(ledger_queries.programmes(), counties):
            if ledger_queries.balance(programme, county, "granted") == 0:
                ledger.set_budget(SYSTEM, programme=programme, region=county, amount_fen=BUDGET_FEN, source_doc=notice)


def first_batch(people: list[Founder]) -> Batch:
    """Nine requests: seven approved and signed, one not accepted, one refused."""
    with entered(Scope.system()):
        sent = [submit(who, n) for n, who in enumerate(people)]
    on(calendar.today(), 14)
    with entered(Scope.system()):
        zhoumin = as_actor("zhoumin")
        cases.refuse_acceptance(zhoumin, case=sent[8], reason="经营主体登记在外县，请到登记地所在县申请")
        kept = [cases.accept_case(zhoumin, case=case, opinion="材料齐全，予以受理") for case in sent[:8]]
    on(working(2), 10)
    with entered(Scope.system()):
        for case in kept:
            answer_checks(case)
    on(working(1), 9, 30)
    with entered(Scope.system()):
        approved = [review(case) for case in fresh(kept[:7])]
        cases.refuse_case(as_actor("zhengwei"), case=fresh(kept[7:])[0], reason="核实为代他人办理的登记，不是本人创办")
        return sign(approved)


def submit(who: Founder, number: int) -> Case:
    """Every third at the counter, the others by themselves."""
    by = as_actor("chenjing") if number % 3 == 2 else None
    case = draft(who, number, by=by, entry="counter" if by else "self")
    return cases.submit_case(by or who.actor, case=case, token=case.submission_token)


def fresh(rows: list[Case]) -> list[Case]:
    for case in rows:
        case.refresh_from_db()
    return rows


def answer_checks(case: Case) -> None:
    for check in case_queries.checks_of(case):
        username = "marketchecker" if check.check_id == "registration" else "townchecker"
        cases.record_check(who_answers(check, username), check=check, result="true", note="与登记一致")


def review(case: Case) -> Case:
    return cases.pass_review(as_actor("zhengwei"), case=case, opinion="经核对，符合条件，同意发放")


def sign(approved: list[Case]) -> Batch:
    batch = cases.prepare_batch(as_actor("huanglei"), cases=approved)
    batch = cases.recheck_batch(as_actor("wuqiang"), batch=batch, opinion="名单与审核意见一致")
    return cases.sign_batch(as_actor("xurong"), batch=batch, opinion="同意")


def publish_and_pay(batch: Batch) -> Batch:
    """The notice runs its days; one objection is dismissed; the treasury pays six and returns one."""
    jobs.run_pending()
    with entered(Scope.system()):
        notice = notice_queries.published().get(batch=batch)
        objection = notices.file_objection(
            PUBLIC, notice=notice, line_no=3, text="听说他去年就在外地开过店", name="示例居民", contact="15400000000"
        )
    on(working(2), 15)
    with entered(Scope.system()):
        notices.decide_objection(
            as_actor("zhengwei"), objection=objection, upheld=False, answer="市场监管部门复核，名下没有其他登记"
        )
    on(notice.until + timedelta(days=1), 9)
    with entered(Scope.system()):
        batch = case_queries.batch_by_number(SYSTEM, batch.number)
        number = cases.request_batch_payment(as_actor("huanglei"), batch=batch)
    jobs.run_pending()
    on(working(1), 16)
    with entered(Scope.system()):
        request = ledger_queries.request_by_number(as_actor("sunli"), number)
        ledger.import_result(as_actor("sunli"), request=request, name="结果.csv", content=results(request.number))
    jobs.run_pending()
    return batch


def results(number: str) -> bytes:
    """The treasury's file: the last line came back."""
    target = io.StringIO()
    sheet = csv.writer(target)
    sheet.writerow(sheets.RESULT_HEAD)
    for line in range(1, 8):
        good = line < 7
        day = calendar.today().isoformat()
        outcome = ("成功", f"HD{line:06d}", day, "") if good else ("退票", "", day, "户名与账号不符")
        sheet.writerow([number, line, "", "5000.00", *outcome])
    return target.getvalue().encode("utf-8-sig")


def second_half(people: list[Founder], end: datetime) -> None:
    """Thirteen more: a batch made public with an objection open, some under way, one asked for more, four of today."""
    on(end.date() - timedelta(days=5), 9, 20)
    targets.report()
    with entered(Scope.system()):
        sent = [submit(who, 20 + n) for n, who in enumerate(people[:9])]
        zhoumin = as_actor("zhoumin")
        kept = [cases.accept_case(zhoumin, case=case, opinion="材料齐全，予以受理") for case in sent[:8]]
        # Whom the list of public employees names waits with another for a batch that lists will stop.
        stopped = on_the_payroll()
        listed = cases.accept_case(zhoumin, case=submit(stopped, 60), opinion="材料齐全，予以受理") if stopped else None
        cases.request_supplement(
            zhoumin, case=sent[8], materials=["account"], message="银行卡照片看不清卡号，请重拍", due_on=working(5)
        )
    on(end.date() - timedelta(days=3), 10)
    targets.lock()
    with entered(Scope.system()):
        for case in [*kept[:6], *([listed] if listed else [])]:
            answer_checks(case)
        approved = [review(case) for case in fresh(kept[:4])]
        if listed is not None:
            review(fresh([listed])[0])
        cases.suspend_case(
            as_actor("zhengwei"), case=fresh(kept[4:5])[0], reason="经营场所门牌与登记不一致，等镇里说明"
        )
        batch = sign(approved[:3])
    jobs.run_pending()
    object_to(batch)
    instruct()
    on(end.date(), 8, 30)
    with entered(Scope.system()):
        for number, who in enumerate(people[9:13]):
            submit(who, 40 + number)


def object_to(batch: Batch) -> None:
    """Somebody doubts a line of the notice; nobody has looked into it yet."""
    with entered(Scope.system()):
        notice = notice_queries.published().get(batch=batch)
        text = "他的店铺好像在邻镇，请核实经营地址"
        notices.file_objection(PUBLIC, notice=notice, line_no=2, text=text, name="示例村民", contact="15400000001")


def instruct() -> None:
    """The leader writes to two offices; one has answered, the other's clock runs."""
    with entered(Scope.system()):
        compute_indicators(calendar.today())
        linzong = as_actor("linzong")
        indicator = plan_queries.indicators("new-returnee-businesses").get()
        written = [
            plans.write_instruction(
                linzong,
                text=text,
                unit_codes=[unit],
                place=place,
                title=f"{region_name(place)}{indicator.full_name}",
                indicator=indicator,
                figure=value_words(standings_of([indicator], place)[0]),
            ).orders.get()
            for unit, place, text in (
                ("4212-human-resources", CITY, "半年将到，各县快慢不一。请查明差距的原因，提出下半年措施。"),
                ("421224-human-resources", TONGSHAN, "请核对今年返乡人员登记是否有漏报，逐镇补录。"),
            )
        ]
        reply = "已逐县核对：主要是登记数据回传滞后。6月起改为每周回传，7月前补齐。"
        plans.reply_to_order(as_actor("helin"), order=written[0], text=reply)
