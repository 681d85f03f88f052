"""Xinxiang's listing award as an item that pays, on the tests' own pack: 100/200/200万, 300万 abroad, 100万 新三板."""

from __future__ import annotations

from guiyan.cases import actions
from guiyan.cases.models import Case, CaseCheck
from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.packs import Pack, find_pack, load_pack
from guiyan.packs.item import Form
from guiyan.policies.actions import confirm_measure
from tests.cases import firms, people

AWARD, MODEL = "listing-award", "returnee-project-award"
MILLION = 100_000_000
BUDGET = 20 * MILLION
BOARDS = {"neeq": "新三板", "main": "沪深主板", "star": "科创板", "overseas_main": "境外主板"}


def with_award() -> None:
    """The award is in force and confirmed, and there is money for it."""
    award_in_force()
    confirm_measure(
        people.as_actor("helin"),
        measure_id=AWARD,
        document_id=1,
        document_title="示例文件",
        section="三(二)5",
        quote="示例",
        item_id=1,
        read_amount_yuan=None,
        region=421200000000,
    )
    firms.with_budget(AWARD, BUDGET)


def award_in_force(**changed: object) -> None:
    """The pack with the award of the other city's document and an item that pays it, applied.

    changed: what its version says otherwise (benefit, parameters).
    """
    pack = releases.current()
    award = load_pack(find_pack("xinxiang")).measures[AWARD]
    versions = tuple(one.model_copy(update={"valid_to": None, **changed}) for one in award.versions)
    clause = pack.measures[MODEL].clause
    measure = award.model_copy(
        update={
            "versions": versions,
            "clause": clause,
            "item": AWARD,
            "payer": pack.measures[MODEL].payer,
            "office": None,
        }
    )
    payment = pack.items[MODEL].payment_rule.model_copy(update={"account_code": AWARD})
    item = pack.items[MODEL].model_copy(
        update={"id": AWARD, "title": "企业上市挂牌奖励申领", "measure": AWARD, "form": AWARD, "payment": payment}
    )
    wider = pack.model_copy(
        update={
            "measures": {**pack.measures, AWARD: measure},
            "items": {**pack.items, AWARD: item},
            "forms": {**pack.forms, AWARD: form_of(pack)},
        }
    )
    releases.apply(SYSTEM, Pack.from_content(wider.content()))


def form_of(pack: Pack) -> Form:
    """The award's own form, with the board and the milestone in place of the recognition."""
    content = pack.forms["recognition-award"].model_dump(mode="json", by_alias=True)
    content["id"] = AWARD
    del content["fields"]["recognised_as"]
    board = {"id": "listed_on", "label": "在哪里上市、挂牌", "type": "code", "codes": BOARDS, "fact": "listed_on"}
    stage = {
        "id": "listing_stage",
        "label": "第几个阶段",
        "type": "int",
        "fact": "listing_stage",
        "least": 1,
        "most": 3,
    }
    content["fields"] |= {"listed_on": board, "listing_stage": stage}
    content["sections"][0]["fields"] = ["firm_name", "credit_code", "representative", "listed_on", "listing_stage"]
    return Form.model_validate(content)


def checked(firm: firms.Firm, board: str, stage: int | None = None) -> Case:
    """On its way to the review: sent, accepted, checked."""
    owner = firm.owner
    case = actions.open_draft(owner.actor, item=AWARD, subject_id=owner.subject_id, entry="self", firm=firm.subject_id)
    told = {**firms.ANSWERS, "listed_on": board, **({} if stage is None else {"listing_stage": str(stage)})}
    case = actions.save_draft(owner.actor, case=case, values=told)
    actions.add_material(owner.actor, case=case, material="account", name="开户证明.pdf", content=people.PAPER)
    case = actions.submit_case(owner.actor, case=case, token=case.submission_token)
    case = actions.accept_case(people.as_actor("zhoumin"), case=case)
    for check in CaseCheck.objects.filter(case=case):
        actions.record_check(people.as_actor("marketchecker"), check=check, result="true")
    case.refresh_from_db()
    return case


def passed(case: Case) -> Case:
    return actions.pass_review(people.as_actor("zhengwei"), case=case, opinion="同意")


def approved(firm: firms.Firm, board: str, stage: int | None = None) -> Case:
    return passed(checked(firm, board, stage))
