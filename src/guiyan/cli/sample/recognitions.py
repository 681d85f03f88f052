"""A park and a project that are recognised: asked for on the first day, certified when their notices are over."""

from __future__ import annotations

from guiyan.accounts.queries import actor_by_username, user_by_username
from guiyan.cases import actions as cases
from guiyan.cases import queries as case_queries
from guiyan.cases.models import Batch, Case
from guiyan.cli.sample.people import PAPER, Founder, who_answers
from guiyan.registers import queries as registers

PROJECT, PARK = "returnee-project-recognition", "returnee-park-recognition"
# Who accepts, reviews, sums up, rechecks and signs: at the county for projects, at the city for parks.
OFFICES = {
    PROJECT: ("zhoumin", "zhengwei", "huanglei", "wuqiang", "xurong"),
    PARK: ("guping", "hanyu", "guping", "hanyu", "shiyong"),
}
EXPERTS = {PROJECT: "pengyue", PARK: "maolin"}
ANSWERS = {
    PROJECT: {
        "is_returnee_led": "true",
        "project_name": "大畈镇竹海轩竹艺加工项目",
        "industry": "竹木加工",
        "started_on": "2026-04-12",
        "planned_investment": "600000",
        "jobs": "9",
        "description": "收本村和邻村的毛竹做茶盘、筷子，带动9人就业，在网上和景区销售，今年再添两台设备。",
    },
    PARK: {
        "carrier_name": "通山县青竹返乡创业园",
        "tier": "township",
        "built_on": "2025-09-01",
        "floor_area": "6000",
        "tenants": "20",
        "returnee_tenants": "15",
        "jobs": "180",
        "services": "入驻头三年不收租金，帮办营业执照和贷款，每月请导师来一次。",
    },
}


def ask(people: list[Founder]) -> list[Case]:
    """The demonstration's joiner for his project; whoever runs a company for the park."""
    joiner = user_by_username("wangjian")
    wanted = [(PARK, next((one for one in people if "公司" in firm_of(one)[1]), people[0]))]
    if joiner is not None and joiner.subject_id is not None:
        wanted.append((PROJECT, Founder(joiner.subject_id, joiner.name)))
    return [asked(item, who) for item, who in wanted]


def firm_of(who: Founder) -> tuple[int, str]:
    """The firm opened last, with its name."""
    newest = registers.firms_of(who.subject_id)[0]
    return newest.pk, newest.display_name


def asked(item: str, who: Founder) -> Case:
    case = cases.open_draft(who.actor, item=item, subject_id=who.subject_id, entry="self", firm=firm_of(who)[0])
    values = {"phone": f"154{who.subject_id:08d}", **ANSWERS[item]}
    case = cases.save_draft(
        who.actor, case=case, values={name: one for name, one in values.items() if name not in case.held}
    )
    cases.add_material(who.actor, case=case, material="photos", name="现场照片.pdf", content=PAPER)
    case = cases.submit_case(who.actor, case=case, token=case.submission_token)
    return cases.accept_case(actor_by_username(OFFICES[item][0]), case=case, opinion="材料齐全，予以受理")


def answer(case: Case) -> None:
    """Each check by its officer."""
    answers = {
        "representative": ("marketchecker", "与登记一致"),
        "site": ("townchecker", "已到现场，正在经营"),
        "recommend": ("kexin", "同意推荐"),
        "expert": (EXPERTS[case.item], "评审组同意认定"),
    }
    for check in case_queries.checks_of(case):
        username, note = answers[check.check_id]
        cases.record_check(who_answers(check, username), check=check, result="true", note=note)


def sign(case: Case) -> Batch:
    """Reviewed, summed up, rechecked and signed; its notice follows by itself."""
    case.refresh_from_db()
    _, reviews, sums_up, rechecks, signs = (actor_by_username(one) for one in OFFICES[case.item])
    case = cases.pass_review(reviews, case=case, opinion="经核对，符合认定条件")
    batch = cases.prepare_batch(sums_up, cases=[case])
    batch = cases.recheck_batch(rechecks, batch=batch, opinion="名单与评审意见一致")
    return cases.sign_batch(signs, batch=batch, opinion="同意")


def decide(batch: Batch) -> None:
    """Recognised by whoever signed: they enter their registers and get their certificates."""
    batch.refresh_from_db()
    cases.enrol_batch(actor_by_username(OFFICES[batch.item][4]), batch=batch, opinion="公示期满没有异议，同意认定")
