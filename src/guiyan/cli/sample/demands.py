"""Three demands of founders: judged well, judged badly and not yet called back, just come in."""

from __future__ import annotations

from guiyan.accounts.queries import actor_by_username, unit
from guiyan.cases import actions as cases
from guiyan.cases.models import Case
from guiyan.cli.sample.people import Founder
from guiyan.kernel.scope import Scope, entered
from guiyan.registers.sample.numbers import phone

# An office that answers, and who does it there.
FINANCE, MARKET = ("421224-finance", "sunli"), ("421224-market-regulation", "marketchecker")
GOOD, BAD = 5, 1


def raise_demands(people: list[Founder]) -> None:
    with entered(Scope.system()):
        glad = raised(people[0], "funds", "补贴公示结束后什么时候到账，想早点付设备尾款", "说个大概的日子")
        answered(glad, FINANCE, "已核对，名单本周报财政，公示期满后五个工作日内拨到您的账户。")
        cases.rate_case(people[0].actor, case=fresh(glad), grade=GOOD)
        sorry = raised(people[1], "licence", "换了门面要变更经营地址，跑了两次都说材料不对", "一次说清要哪些材料")
        answered(sorry, MARKET, "变更地址要带新门面的租赁合同和房屋证明，请到窗口办理。")
        cases.rate_case(people[1].actor, case=fresh(sorry), grade=BAD, words="还是没有说清楚，自建房没有房屋证明怎么办")
        raised(people[2], "staff", "旺季缺熟手，附近招不到", "帮忙对接职校的学生")


def raised(who: Founder, topic: str, text: str, wish: str) -> Case:
    case = cases.open_draft(who.actor, item="demand", subject_id=who.subject_id, entry="self")
    values = {"phone": phone(who.subject_id), "topic": topic, "text": text, "wish": wish}
    case = cases.save_draft(who.actor, case=case, values={k: v for k, v in values.items() if k not in case.held})
    return cases.submit_case(who.actor, case=case, token=case.submission_token)


def answered(case: Case, by: tuple[str, str], text: str) -> None:
    office, officer = by
    case = cases.dispatch_demand(
        actor_by_username("zhoumin"), case=case, unit_id=unit(office).pk, note="请直接答复本人"
    )
    cases.answer_demand(actor_by_username(officer), case=case, text=text)


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case
