"""What residents did with the published registers: asked, ordered, booked, reported; some answered, some waiting."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta

from PIL import Image, ImageDraw

from guiyan.accounts.queries import actor_by_username
from guiyan.cli.sample.people import Founder
from guiyan.kernel import calendar
from guiyan.kernel.actors import SYSTEM, Actor
from guiyan.kernel.scope import Scope, entered
from guiyan.registers import actions, queries
from guiyan.registers.pictures import reencoded
from guiyan.registers.sample.numbers import phone
from guiyan.registers.values import SHANGHAI, Value

TONGSHAN = 421224000000
ABOUT: Mapping[str, tuple[str, Mapping[str, Value]]] = {
    "site-enquiry": ("site", {"use": "开竹制品加工厂", "wanted_area": "300到500平方米", "question": "有没有三相电"}),
    "product-order": ("product", {"quantity": "礼盒200盒", "question": "能不能印单位的名字"}),
    "licence-request": ("achievement", {"mode": "licence", "question": "许可费怎么算"}),
}
BOOKED: Mapping[str, tuple[str, str, str]] = {
    "equipment-booking": ("equipment", "purpose", "竹材断面形貌分析"),
    "mentor-booking": ("mentor", "topic", "竹制品怎么找销路"),
    "expert-booking": ("expert", "topic", "茶叶深加工怎么做"),
}
COLOURS = ("#5b8c5a", "#b5835a", "#6c7a89")


def ask_and_book(people: list[Founder]) -> None:
    """Three residents; where a register lets nothing out there is nothing to ask about."""
    with entered(Scope.system()):
        picture_products()
        for serial, who in enumerate(people):
            for name, (register, said) in ABOUT.items():
                asked(who, name, register, said, serial)
        for serial, who in enumerate(people[:2]):
            for name, (register, field, words) in BOOKED.items():
                asked(who, name, register, {field: words, **slot(serial)}, 0)
        report(people[0].actor, people[0].subject_id)


def asked(who: Founder, name: str, register: str, said: Mapping[str, Value], place: int) -> None:
    near = queries.published(register, region=TONGSHAN).subject_ids
    found = near or queries.published(register).subject_ids
    if not found:
        return
    contact: dict[str, Value] = {"contact": who.actor.label, "contact_phone": phone(who.subject_id)}
    made = actions.ask(who.actor, register=name, answered_id=found[place % len(found)], values={**said, **contact})
    if name in ABOUT and place == 0:
        officer = actor_by_username("xiongwei" if near and name == "site-enquiry" else "helin")
        actions.reply(
            officer, register=name, subject_id=made, text="已收到，明天给您回电话。", to="contacted", was="new"
        )


def slot(serial: int) -> dict[str, Value]:
    """Two hours on a day next week, one after the other."""
    day = datetime.combine(calendar.today() + timedelta(days=3), time(9), SHANGHAI)
    start = day + timedelta(hours=2 * serial)
    return {"starts_at": start, "ends_at": start + timedelta(hours=2)}


def report(actor: Actor, subject_id: int) -> None:
    known = queries.known_of_now("returnee", subject_id)
    wanted = ("name", "home_region", "return_date", "wish", "skill", "needs")
    values = {name: known.get(name) for name in wanted}
    values |= {"skill": values["skill"] or "竹编", "needs": values["needs"] or ("site", "sales")}
    actions.self_report(actor, register="returnee", subject_id=subject_id, values=values)


def picture_products() -> None:
    """Plain drawings that no one takes for photographs."""
    for serial, subject_id in enumerate(queries.published("product").subject_ids):
        kept = actions.keep_picture(SYSTEM, reencoded(io.BytesIO(drawing(serial))), None)
        actions.record(SYSTEM, register="product", values={"picture": kept}, source="bureau", subject_id=subject_id)


def drawing(serial: int) -> bytes:
    colour = COLOURS[serial % len(COLOURS)]
    image = Image.new("RGB", (800, 600), "#f3efe6")
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((250, 140, 550, 460), radius=40, fill=colour)
    pen.ellipse((330, 90, 470, 190), fill="#dfd3bd")
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()
