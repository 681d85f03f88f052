"""What an approved case tells the registers: checked answers under the source 办件核验, as the item declares it."""

from __future__ import annotations

from collections.abc import Mapping

from guiyan.cases import answers, declared
from guiyan.cases.models import Case
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.packs.outcome import Told
from guiyan.packs.register import Field
from guiyan.registers import actions as registers
from guiyan.registers import queries as register_queries

Value = str | int | bool | object


def tell_registers(actor: Actor, case: Case) -> None:
    """Report every declared field that the case knows; what it does not know is not reported."""
    for told in declared.item_of(case).tells:
        values = _values(case, told)
        if values:
            with entered(Scope.system()):
                registers.record(
                    actor,
                    register=told.into,
                    values=values,  # type: ignore[arg-type]
                    source=told.source,
                    at=calendar.today(),
                    basis=case.number,
                    subject_id=_about(case, told),
                    region=case.region,
                )


def _about(case: Case, told: Told) -> int:
    """The firm for a register of firms, where it applied for itself; else the person."""
    of_firms = releases.current().registers[told.into].subject == "organisation"
    return case.beneficiary_id if of_firms and case.for_firm else case.subject_id


def _values(case: Case, told: Told) -> dict[str, Value]:
    register, known = releases.current().registers[told.into], answers.typed_values(case)
    with entered(Scope.system()):
        is_new = register_queries.entry(SYSTEM, told.into, _about(case, told)) is None
    wanted = {**told.answers, **(told.if_new if is_new else {})}
    given = {name: known[field] for name, field in wanted.items() if field in known}
    return {**given, **fixed_values(told.values, register.fields)}


def fixed_values(values: Mapping[str, str], fields: Mapping[str, Field]) -> dict[str, Value]:
    """What an item declares of every entry, as the register's fields take it."""
    typed: dict[str, Value] = {}
    for name, text in values.items():
        kind = fields[name].type
        typed[name] = text == "true" if kind == "bool" else int(text) if kind in ("int", "money") else text
    return typed
