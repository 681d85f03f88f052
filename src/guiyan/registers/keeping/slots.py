"""Whether a period may be booked at all, before the database says whether it is free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.db.models import Model

from guiyan.kernel.calendar import CalendarYearMissing, calendar, short_day
from guiyan.kernel.errors import Refused
from guiyan.packs.register import Register
from guiyan.packs.register_parts import Slots
from guiyan.registers.tables import attribute
from guiyan.registers.values import HUNDRED, SHANGHAI, Value

DAILY, WORKING = "daily", "working"
HOUR = timedelta(hours=1)
MIDNIGHT = "24:00"


def refuse_period(rule: Slots, start: datetime, end: datetime, *, now: datetime, days: str = DAILY) -> None:
    """Refused in words: backwards, past, too far ahead, too long, off the step, out of the opening hours and days."""
    start, end = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    refuse_backwards(start, end)
    if start < now:
        raise Refused("这个时段已经过去了，请选以后的时间。", "slot")
    if start > now + timedelta(days=rule.days_ahead):
        raise Refused(f"最多提前{rule.days_ahead}天预约。", "slot")
    if end - start > rule.most_hours * HOUR:
        raise Refused(f"一次最多约{rule.most_hours}小时。", "slot")
    step = rule.step_minutes
    if any((one.hour * 60 + one.minute) % step for one in (start, end)):
        raise Refused(f"时间要是{step}分钟的整倍数，例如{opening(rule) or '09:00'}。", "slot")
    if rule.opens and not is_open(rule, start, end):
        raise Refused(f"开放时间是{rule.opens}到{rule.closes}，一次预约要在同一天里。", "slot")
    if why := closed_on(days, start.date()):
        raise Refused(f"{short_day(start.date())}{why}，不开放，请另选一天。", "slot")


def refuse_backwards(start: datetime, end: datetime) -> None:
    if end <= start:
        raise Refused("结束时间要晚于开始时间。", "slot")


def open_days(rule: Slots, answered: Model) -> str:
    """The days on which one entry is open: its own word, else what is declared for all."""
    own = getattr(answered, attribute(rule.days_field)) if rule.days_field is not None else None
    return str(own or rule.days)


def closed_on(days: str, day: date) -> str:
    """Why nothing can be had that day, by the city's calendar: 是周末; empty where it is open.

    A year whose holidays nobody has entered is closed: a holiday can't be told from a working day.
    """
    if days != WORKING:
        return ""
    offices = calendar()
    try:
        if offices.is_working(day):
            return ""
    except CalendarYearMissing:
        return f"所在的{day.year}年还没有放假安排"
    return f"是{offices.holidays.get(day, '周末')}"


def follows_from_period(register: Register, held: Mapping[str, Value]) -> dict[str, Value]:
    """How long a booking is, from its two times as they stand. Refused where it would end before it begins."""
    rule = register.answers.slots if register.answers is not None else None
    if rule is None:
        return {}
    start, end = held.get(rule.from_), held.get(rule.to)
    if not isinstance(start, datetime) or not isinstance(end, datetime):
        return {}
    refuse_backwards(start, end)
    return {rule.hours: hundredths_of_hours(start, end)} if rule.hours is not None else {}


def is_open(rule: Slots, start: datetime, end: datetime) -> bool:
    first, last = bounds(rule, start)
    return first <= start and end <= last


def bounds(rule: Slots, day: datetime) -> tuple[datetime, datetime]:
    """The opening hours of the day that `day` lies in; the whole day where none are declared."""
    midnight = datetime.combine(day.date(), time(), SHANGHAI)
    return at(midnight, rule.opens or "00:00"), at(midnight, rule.closes or MIDNIGHT)


def at(midnight: datetime, text: str) -> datetime:
    hours, minutes = map(int, text.split(":"))
    return midnight + timedelta(hours=hours, minutes=minutes)


def opening(rule: Slots) -> str:
    return rule.opens


def hundredths_of_hours(start: datetime, end: datetime) -> int:
    """Rounded to the nearest: 1 h 20 min is 133."""
    return round((end - start).total_seconds() * HUNDRED / HOUR.total_seconds())


def last_cancel(rule: Slots, start: datetime) -> datetime:
    return start - rule.cancel_hours * HOUR
