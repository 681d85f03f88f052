"""政策找人 of the demonstration: one run sent, opened, answered and applied for; one that waits for its approval."""

from __future__ import annotations

from guiyan.accounts.queries import actor_by_username
from guiyan.cases import actions as cases
from guiyan.cli.sample.people import COUNTY, HEROES, Founder, draft, qualifies
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.actors import SYSTEM, FixedActor
from guiyan.kernel.regions import subtree
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, queries
from guiyan.outreach.models import MatchRun
from guiyan.policies import queries as policies
from guiyan.registers import queries as registers

SUBSIDY = "startup-subsidy"
WAITING = ("guarantee-loan-firm", "returnee-project-award")
OPENED, DECLINED, APPLIED = 6, 1, 2


def find_people() -> dict[str, int]:
    """As two officers of the city would, and some residents; once."""
    with entered(Scope.system()):
        live = {one.measure.id for one in policies.live_measures()}
        if queries.runs_for(SYSTEM).exists() or not {SUBSIDY, *WAITING} <= live:
            return {}
        sent = started("六月返乡创业补贴", "person", (SUBSIDY,), COUNTY)
        waiting = started("小微企业贷款和返乡项目奖补", "organisation", WAITING, releases.current().city.region)
    jobs.run_pending()
    with entered(Scope.system()):
        found = {run.pk: queries.run_by_id(SYSTEM, run.pk) for run in (sent, waiting)}
        for run in found.values():
            if run.people:
                actions.propose_audience(actor_by_username("helin"), run=run)
        if found[sent.pk].people:
            run = actions.approve_audience(actor_by_username("qinlan"), run=found[sent.pk])
            actions.start_sending(actor_by_username("helin"), run=run)
    jobs.run_pending()
    with entered(Scope.system()):
        applied = answer_some(queries.run_by_id(SYSTEM, sent.pk))
    jobs.run_pending()
    return {"found": found[sent.pk].people, "waiting": found[waiting.pk].people, "applied": applied}


def started(title: str, kind: str, measures: tuple[str, ...], area: int) -> MatchRun:
    helin = actor_by_username("helin")
    return actions.start_run(helin, title=title, kind=kind, measures=measures, area=area, day=calendar.today())


def answer_some(run: MatchRun) -> int:
    """Of those who were told a few open it; one needs nothing, some apply. Demo accounts are left to their visitors."""
    told = queries.people_at(run, "told", measure=SUBSIDY, place=subtree(COUNTY), most=200)
    readers = [one.about_id for one in told if one.about_id >= HEROES][:OPENED]
    applied = 0
    for number, subject_id in enumerate(readers):
        name = registers.subject(subject_id).display_name
        reader = FixedActor("user", name, None, subject_id)
        message = queries.my_messages(reader)[0]
        actions.open_message(reader, message=message)
        telling = queries.my_telling(reader, message.pk, SUBSIDY)
        if number < DECLINED:
            actions.answer_measure(reader, telling=telling, answer="declines")
        elif applied < APPLIED and qualifies(subject_id):
            actions.answer_measure(reader, telling=telling, answer="applies")
            case = draft(Founder(subject_id, name), 700 + number)
            cases.submit_case(reader, case=case, token=case.submission_token)
            applied += 1
    return applied
