"""When a changed measure may count: what is in force is not edited, and nothing begins in the past."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from guiyan.engine.rules.errors import Path
from guiyan.engine.rules.model import GoldenCase, Measure, Version
from guiyan.kernel.calendar import long_day
from guiyan.packs.editing import differing, edits_in_force

Found = Iterator[tuple[Path, str]]


def timing_faults(
    before: Measure | None, after: Measure, is_new: bool, cases: Sequence[GoldenCase], today: dt.date
) -> Found:
    """(place in the measure, what is wrong). before: the measure in force; None for one that is new."""
    if is_new and before is not None:
        yield ("title",), f"已经有编号为{after.id}的措施，不能再新建。请从现行的措施起草修改。"
    if not is_new and before is None:
        yield ("title",), "这项措施现在已经没有了，不能修改。"
    if before is not None:
        yield from against(before, after, today)
    earliest = today if before is None else today + dt.timedelta(days=1)
    for place in changed_places(before, after, today):
        version = after.versions[place]
        if version.valid_from < earliest:
            yield (
                ("versions", place, "from"),
                f"施行日期最早是{long_day(earliest)}，不能写{long_day(version.valid_from)}。",
            )
        if not any(stands(after, place, case.on) for case in cases):
            since = long_day(version.valid_from)
            yield ("cases",), f"从{since}起的版本还没有标准案例：请至少加一个日期在这个版本以内的。"


def against(before: Measure, after: Measure, today: dt.date) -> Found:
    if after.kind != before.kind:
        yield ("for",), "对象不能改：已经发出的都是给原来的对象的。请新建一项措施。"
    for edited in edits_in_force(before, after, today):
        here: Path = ("versions",) if edited.place is None else ("versions", edited.place)
        since = long_day(edited.valid_from)
        yield here, f"从{since}起的版本已经施行，不能改{edited.changed}。规则变了，请加一个新版本。"
    begun = {version.valid_from: version.valid_to for version in before.versions if version.valid_from <= today}
    for place, version in enumerate(after.versions):
        if version.valid_from in begun and version.valid_to != begun[version.valid_from]:
            yield from ending(("versions", place, "to"), begun[version.valid_from], version.valid_to, today)


def ending(here: Path, was: dt.date | None, now: dt.date | None, today: dt.date) -> Found:
    """An end may be given to a version in force, or moved while it has not come."""
    if was is not None and was < today:
        yield here, f"这个版本{long_day(was)}已经到期，不能再改到期日期。要接着执行，请加一个新版本。"
    elif now is not None and now < today:
        yield here, f"到期日期不能早于今天，不能写{long_day(now)}。"


def changed_places(before: Measure | None, after: Measure, today: dt.date) -> Iterator[int]:
    """The versions that are not in force as they are: new ones, and those that have not begun and read otherwise."""
    known = {version.valid_from: version for version in before.versions} if before is not None else {}
    for place, version in enumerate(after.versions):
        was = known.get(version.valid_from)
        edited = was is not None and was.valid_from > today and next(differing(was, version), None) is not None
        if was is None or edited:
            yield place


def stands(measure: Measure, place: int, on: dt.date) -> bool:
    """Whether it is this version that counts on the day."""
    version: Version = measure.versions[place]
    later = measure.versions[place + 1 : place + 2]
    ended = version.valid_to is not None and version.valid_to < on
    return version.valid_from <= on and not ended and not (later and later[0].valid_from <= on)
