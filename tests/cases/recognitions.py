"""Firms on their way to a recognition, for the tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from guiyan.cases import actions, queries
from guiyan.cases.models import Batch, Case, CaseCheck
from guiyan.kernel.actors import SYSTEM
from guiyan.notices import actions as notices
from guiyan.notices.receivers import close_due
from tests.cases import firms, people

PROJECT, PARK, INCUBATOR = "returnee-project-recognition", "returnee-park-recognition", "incubator-recognition"
ABOUT: dict[str, dict[str, str]] = {
    PROJECT: {
        "project_name": "大畈镇竹木精深加工项目",
        "industry": "竹木加工",
        "started_on": "2026-03-20",
        "planned_investment": "800000",
        "jobs": "12",
        "description": "收本村的竹子做筷子，带动12人就业。",
    },
    PARK: {
        "carrier_name": "通山县大畈返乡创业园",
        "tier": "township",
        "built_on": "2025-09-01",
        "floor_area": "6000",
        "tenants": "20",
        "returnee_tenants": "15",
        "jobs": "180",
        "services": "头三年不收租金，帮入驻的办营业执照。",
    },
}
ABOUT[INCUBATOR] = {**ABOUT[PARK], "carrier_name": "通山县返乡创业孵化基地"}
ANSWERED_BY = {"site": "townchecker", "representative": "marketchecker", "recommend": "kexin"}
COUNTY = ("zhoumin", "zhengwei", "huanglei", "wuqiang", "xurong")
CITY = ("guping", "hanyu", "guping", "hanyu", "shiyong")
Clock = Callable[[str], object]


def officers(item: str) -> tuple[str, str, str, str, str]:
    """Who accepts, reviews, sums up, rechecks, signs and decides."""
    return COUNTY if item == PROJECT else CITY


def submitted(firm: firms.Firm, item: str = PROJECT) -> Case:
    owner = firm.owner
    case = actions.open_draft(owner.actor, item=item, subject_id=owner.subject_id, entry="self", firm=firm.subject_id)
    told = {**ABOUT[item], "is_returnee_led": "true"}
    case = actions.save_draft(owner.actor, case=case, values=told)
    actions.add_material(owner.actor, case=case, material="photos", name="photo.pdf", content=people.PAPER)
    return actions.submit_case(owner.actor, case=case, token=case.submission_token)


def checked(case: Case) -> Case:
    case = actions.accept_case(people.as_actor(officers(case.item)[0]), case=case)
    for check in CaseCheck.objects.filter(case=case):
        expert = "pengyue" if case.item == PROJECT else "maolin"
        by = people.as_actor(ANSWERED_BY.get(check.check_id, expert))
        actions.record_check(by, check=check, result="true")
    case.refresh_from_db()
    return case


def approved(firm: firms.Firm, item: str = PROJECT) -> Case:
    return actions.pass_review(people.as_actor(officers(item)[1]), case=checked(submitted(firm, item)), opinion="同意")


def signed(*cases: Case) -> Batch:
    _, _, sums_up, rechecks, signs = (people.as_actor(one) for one in officers(cases[0].item))
    batch = actions.prepare_batch(sums_up, cases=list(cases))
    batch = actions.recheck_batch(rechecks, batch=batch)
    return actions.sign_batch(signs, batch=batch)


def noticed(*cases: Case) -> Batch:
    batch = signed(*cases)
    notices.publish_batch_notice(SYSTEM, batch=batch)
    batch.refresh_from_db()
    return batch


def after_notice(batch: Batch, at: Clock, day: str) -> Batch:
    close_due(at(f"{day} 09:00"))  # type: ignore[arg-type]
    return queries.batch_by_id(SYSTEM, batch.pk)


def decided(batch: Batch) -> Batch:
    return actions.enrol_batch(people.as_actor(officers(batch.item)[4]), batch=batch, opinion="同意认定")


def recognised(firm: firms.Firm, at: Clock, item: str = PROJECT, day: str = "2026-06-16") -> Case:
    """The whole way, begun on 8 June 2026."""
    case = approved(firm, item)
    decided(after_notice(noticed(case), at, day))
    case.refresh_from_db()
    return case


LAST_DAY = date(2029, 6, 15)
"""Of what is recognised on 16 June 2026."""
