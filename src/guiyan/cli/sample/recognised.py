"""Parks, incubators and projects of the demonstration, as the bureau brought them in: a few of each in every county."""

from __future__ import annotations

from datetime import date

from guiyan.kernel import releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions as registers
from guiyan.registers.sample.numbers import credit_code
from guiyan.registers.values import Value

FIRST_SERIAL = 980_000
"""Of the firms that run them; never drawn for anybody else."""
RECOGNISED_ON, VALID_TO = date(2025, 9, 1), date(2028, 8, 31)
BUILT_ON = date(2024, 6, 1)


def fill_recognised() -> int:
    """Filling again changes nothing. Gives how many entries there are; none where the city lacks the registers."""
    pack = releases.current()
    if not {"carrier", "project"} <= pack.registers.keys():
        return 0
    counties = [(code, one.name) for code, one in pack.regions.items() if one.level == "county"]
    with entered(Scope.system()):
        for place, (region, name) in enumerate(counties):
            serial = FIRST_SERIAL + 10 * place
            carrier(region, f"{name}返乡创业园", "park", serial, "returnee-park-municipal" if place % 2 == 0 else "")
            carrier(
                region, f"{name}创业孵化基地", "incubator", serial + 1, "incubator-municipal" if place % 3 == 1 else ""
            )
            project(region, f"{name}农产品加工项目", serial + 2)
    return 3 * len(counties)


def carrier(region: int, name: str, kind: str, serial: int, code: str) -> None:
    """code: what it is recognised as; a county's own where it is empty."""
    values: dict[str, Value] = {
        "kind": kind,
        "grade": "municipal" if code else "county",
        "tier": "county",
        "built_on": BUILT_ON,
        **recognition(code),
    }
    enter("carrier", region, name, serial, values, "shared")


def project(region: int, name: str, serial: int) -> None:
    values: dict[str, Value] = {
        "kind": "returnee",
        "stage": "producing",
        "grade": "county",
        "producing_on": BUILT_ON,
        **recognition("returnee-project"),
    }
    enter("project", region, name, serial, values, "bureau")


def recognition(code: str) -> dict[str, Value]:
    return {"recognition": code, "recognised_on": RECOGNISED_ON, "valid_to": VALID_TO} if code else {}


def enter(register: str, region: int, name: str, serial: int, values: dict[str, Value], source: str) -> None:
    who = {"operator_name": f"{name}运营公司", "operator_credit_code": credit_code("company", serial)}
    told = {"name": name, "number": f"SL{serial}", "region": region, **who, **values}
    registers.record(SYSTEM, register=register, values=told, source=source, at=RECOGNISED_ON)
