"""For which firm somebody applies: one the register says she runs, or one she names, that is then checked."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.kernel.actors import Actor
from guiyan.kernel.errors import Refused
from guiyan.kernel.scope import Scope, entered
from guiyan.kernel.texts import at_most, visible
from guiyan.packs import Item
from guiyan.registers import actions as registering
from guiyan.registers import queries as registers
from guiyan.registers.credit_codes import WrongCreditCode, read_credit_code
from guiyan.registers.queries import Subject

LONGEST_NAME = 80
NOT_YOURS = "名录里这个单位登记的法定代表人（经营者）不是申请人本人，不能申请。刚变更过的，请先让市场监管部门更新登记。"


@dataclass(frozen=True)
class NamedFirm:
    """A firm as the applicant names it, where the register does not know it as hers."""

    name: str
    credit_code: str


def beneficiary_of(actor: Actor, item: Item, person: Subject, firm: int | NamedFirm | None) -> Subject | None:
    """The firm a request of this item is for, locked; None where the item is for people.

    firm: the subject's id, or name and code. Refused when it is somebody else's by the register, or not well written.
    """
    if item.kind == "person":
        return None
    if firm is None:
        raise Refused("这个事项由单位申请，请先选出或填写是哪个单位。", "firm")
    with entered(Scope.system()):
        found = _hers(person, firm) if isinstance(firm, int) else _named(actor, person, firm)
        return registers.subject(registers.lock_canonical(found))


def _hers(person: Subject, firm: int) -> int:
    ids = {one.canonical_id for one in registers.firms_of(person.pk)}
    wanted = registers.canonical(firm)
    if wanted not in ids:
        raise Refused(NOT_YOURS, "firm")
    return wanted


def _named(actor: Actor, person: Subject, firm: NamedFirm) -> int:
    name = at_most(visible(firm.name), LONGEST_NAME, "单位名称")
    if not name:
        raise Refused("请填写单位全称，和营业执照上的一样。", "firm")
    try:
        code = read_credit_code(firm.credit_code)
    except WrongCreditCode as wrong:
        raise Refused(f"统一社会信用代码{wrong.wrong}，{wrong.right}。", "firm") from wrong
    known = registers.subject_by_key("credit_code", code)
    if known is None:
        return registering.know_firm(actor, name=name, credit_code=code, region=person.region)
    founders = [founder.canonical_id for kind, founder in registers.people_of(known) if kind == "founder"]
    if founders and person.canonical_id not in founders:
        raise Refused(NOT_YOURS, "firm")
    return known
