"""Certificates of recognitions: for whoever may see the case; and whether one stands, for anybody who holds it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.accounts.permissions import decide
from guiyan.cases import declared
from guiyan.cases.models import Case, Certificate
from guiyan.cases.permissions import is_own
from guiyan.kernel import calendar, crypto, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.errors import NotFound
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import queries as registers

PURPOSE = "case.certificate"
MOST = 50


@dataclass(frozen=True)
class Standing:
    """A certificate as the public checks it. standing: valid, expired or ended (taken out of the register)."""

    number: str
    title: str
    member: str
    operator: str
    unit: str
    issued_on: date
    valid_from: date
    valid_to: date
    standing: str

    @property
    def words(self) -> str:
        return {"valid": "有效", "expired": "已到期"}.get(self.standing, "已失效")

    @property
    def tone(self) -> str:
        return {"valid": "green", "expired": "amber"}.get(self.standing, "red")


def certificate_for(actor: Actor, case: Case) -> Certificate:
    """The certificate that a case ended in, for its applicant and for officers who may see it."""
    found = Certificate.objects.filter(case=case).first()
    if found is None or not (is_own(actor, case.subject_id) or decide(actor, "case.view", case).allowed):
        raise NotFound("这件没有认定证书。")
    return found


def operator_label(certificate: Certificate) -> str:
    """What the register calls whoever runs its members: 运营单位, 实施单位."""
    return declared.pack_of(certificate.case).registers[certificate.register].fields["operator_name"].label


def certificates_of(subject_id: int) -> list[Certificate]:
    """Those of an organisation, the newest first; within the entered scope."""
    rows = Certificate.objects.filter(operator_id__in=registers.same_as(subject_id))
    return list(rows.order_by("-id")[:MOST])


def certificate_token(certificate: Certificate) -> str:
    """The signed text of the code on the paper: it opens the public check of this number and nothing else."""
    return crypto.sign(PURPOSE, certificate.number)


def public_certificate(token: str) -> Standing:
    """What the newest certificate of that number says, and whether the register still has it so. Else NotFound."""
    number = crypto.verify(PURPOSE, token)
    with entered(Scope.system()):
        found = Certificate.objects.filter(number=number or "").order_by("-id").first()
        if not number or found is None:
            raise NotFound("没有这份证书，请核对二维码是不是从证书原件上扫的。")
        valid_to, standing = _standing(found)
    return Standing(
        found.number,
        found.title,
        found.member,
        found.operator,
        found.unit_name,
        found.issued_on,
        found.valid_from,
        valid_to,
        standing,
    )


def _standing(found: Certificate) -> tuple[date, str]:
    """The register's word counts: the bureau may have shortened a membership, or ended it."""
    rule = releases.current().items[found.item].membership if found.item in releases.current().items else None
    entry = (
        registers.entry(SYSTEM, found.register, found.member_id)
        if found.register in releases.current().registers
        else None
    )
    held = (entry or {}).get("valid_to")
    valid_to = held if isinstance(held, date) else found.valid_to
    if entry is None or (rule is not None and entry.get("recognition") != rule.recognises):
        return valid_to, "ended"
    return valid_to, "valid" if calendar.today() <= valid_to else "expired"
