"""Registrations that come in on the day of the demonstration: first ones, one that is not, one sent back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from guiyan.accounts.queries import actor_by_username
from guiyan.kernel import calendar, jobs, releases
from guiyan.kernel.actors import SYSTEM
from guiyan.kernel.scope import Scope, entered
from guiyan.outreach import actions, queries, states
from guiyan.outreach.actions import Came
from guiyan.outreach.records import RecordReader, trigger_of
from guiyan.registers.sample.numbers import credit_code, id_number, phone

ENTRY = "registrations"
BORN, SERIAL, PHONES = date(1990, 3, 14), 492, 960_000
RESERVED_FIRM = 991_000
XUMEI = id_number(date(1994, 10, 21), "女", 492)
WANGJIAN = id_number(date(1988, 9, 3), "男", 491)
OTHERS = (
    ("通山县九宫云雾茶店", "汪海波", "通山县大畈镇", "F5226"),
    ("崇阳县天城电子商务工作室", "雷思思", "崇阳县天城镇", "F5292"),
    ("赤壁市青砖茶非遗体验馆", "宋晓岚", "赤壁市赵李桥镇", "R8831"),
    ("嘉鱼县江滩果蔬家庭农场", "余建军", "嘉鱼县渡普镇", "A0141"),
)


def register_some() -> dict[str, int]:
    """As the regulator's system would send them; the helper has called one of the founders already. Once."""
    trigger, pack = trigger_of(ENTRY), releases.current()
    if trigger is None or "xumei" not in pack.demo:
        return {}
    with entered(Scope.system()):
        if queries.arrivals_for(SYSTEM).exists():
            return {}
        reader = RecordReader(pack, trigger)
        records = [reader.read(one, row) for row, one in enumerate(sent(), start=1)]
        came = Came(states.API, "市市场监管局（注册登记共享）", pack.city.region)
        results = actions.take_records(SYSTEM, trigger=trigger, records=records, came=came)
    jobs.run_pending()
    with entered(Scope.system()):
        call_one()
    return {"sent": len(results), "first": sum(one.outcome == "new" for one in results)}


def sent() -> Iterator[dict[str, object]]:
    yield record(1, "通山县梅家湾农家乐", "徐梅", XUMEI, "通山县大畈镇", "H6190")
    for number, (name, founder, place, industry) in enumerate(OTHERS, start=2):
        yield record(number, name, founder, id_number(BORN, "男", SERIAL + number), place, industry)
    yield record(6, "通山县竹海轩竹艺二店", "王建", WANGJIAN, "通山县大畈镇", "C2041")
    yield record(7, "通山县清泉豆制品坊", "方小安", id_number(BORN, "男", SERIAL + 7), "通山县清泉镇", "C1392")


def record(number: int, name: str, founder: str, id_text: str, place: str, industry: str) -> dict[str, object]:
    return {
        "number": f"鄂登2026-06-{number:04d}",
        "name": name,
        "credit_code": credit_code("individual", RESERVED_FIRM + number),
        "kind": "individual",
        "registered_region": place,
        "registered_on": (calendar.today() - timedelta(days=3)).isoformat(),
        "industry": industry,
        "size": "micro",
        "founder_name": founder,
        "founder_id_number": id_text,
        "founder_phone": phone(PHONES + number),
    }


def call_one() -> None:
    """The demonstration's specialist calls the second of her town."""
    lihuifang = actor_by_username("lihuifang")
    mine = [one.arrival for one in queries.to_contact(lihuifang) if one.arrival.name == OTHERS[0][0]]
    for arrival in mine:
        actions.record_contact(
            lihuifang,
            arrival=arrival,
            kind="call",
            on=calendar.today(),
            note="电话联系，讲了担保贷款和一次性补贴的条件",
            need="想学直播卖茶",
            next_step="报名电商培训",
            next_on=calendar.today() + timedelta(days=4),
            token="sample-first-contact",
        )
