"""People whom two registers know, without an identity number. All are invented."""

from __future__ import annotations

from guiyan.kernel import jobs
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions
from guiyan.registers.models import PersonLink
from guiyan.registers.values import Value
from tests.registers.factories import DAFAN


def founder(number: int = 1, **values: Value) -> dict[str, Value]:
    """A 楚商 of Tongshan, known by name, native place, firm and phone."""
    return {
        "name": "阮咸宁",
        "number": f"CS2026-9{number:03}",
        "native_place": DAFAN,
        "kind": "entrepreneur",
        "mobile": "15412340001",
        "firm_name": "归雁智能装备有限公司",
        **values,
    }


def alumnus(number: int = 1, **values: Value) -> dict[str, Value]:
    return {
        "name": "阮咸宁",
        "number": f"XY2026-9{number:03}",
        "region": DAFAN,
        "school": "示例科技学院",
        "graduated": 2005,
        "mobile": "15412340001",
        "firm_name": "归雁智能装备公司",
        **values,
    }


def known(register: str, values: dict[str, Value], source: str) -> int:
    return actions.record(SYSTEM, register=register, values=values, source=source)


def look() -> None:
    jobs.run_pending()


def known_again(number: int = 1) -> tuple[int, int]:
    """One linked by her phone, with something to look at; one with the phone of another name, who waits."""
    name, other = f"阮归{'一二三四五六七八九'[number]}", f"黎雁{'一二三四五六七八九'[number]}"
    phone, hers = f"1541234{number:04}", f"1541235{number:04}"
    for values in (founder(number, name=name, mobile=phone), founder(number + 50, name=other, mobile=hers)):
        known("chushang", values, "bureau")
    look()
    linked = known("alumni", alumnus(number, name=name, mobile=phone), "school")
    waiting = known(
        "alumni", alumnus(number + 50, name=other.replace("雁", "大"), mobile=hers, firm_name=None), "school"
    )
    look()
    with entered(Scope.system()):
        PersonLink.objects.filter(merged_id=linked).update(finding="身份证号不一样")
    return linked, waiting
