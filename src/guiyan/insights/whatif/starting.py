"""Putting a question: what is asked is checked against the rules and facts of now, and kept with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from guiyan.engine.rules.sentence import number, text
from guiyan.engine.rules.variants import OFF, Setting
from guiyan.insights.snapshot import Kept, latest
from guiyan.insights.snapshot.kept import fits
from guiyan.insights.whatif.question import NONE, Changes, settings_for, sides_of
from guiyan.kernel import calendar, releases
from guiyan.kernel.actors import Actor
from guiyan.kernel.calendar import long_day
from guiyan.kernel.errors import Refused
from guiyan.kernel.regions import subtree
from guiyan.outreach import actions as outreach
from guiyan.outreach.models import WhatIfRun
from guiyan.outreach.permissions import areas_to_try
from guiyan.packs import Pack
from guiyan.policies import queries as policies
from guiyan.policies.models import RuleProposal

MOST_MEASURES = 10


def latest_facts(kind: str) -> Kept | None:
    """The kept facts that a question would be put to."""
    return latest(releases.current(), kind)


def start(
    actor: Actor,
    *,
    title: str,
    kind: str,
    measures: Sequence[str],
    area: int,
    day: date,
    changed_day: date,
    changes: Changes,
) -> WhatIfRun:
    """Keep a question and have it computed. changes: measure (empty: caps) → place → what is written there instead.

    What equals today's is no change. Raises Refused where nothing is changed, or no rule comes of it.
    """
    pack, wanted = releases.current(), checked(kind, measures)
    said, real = compared(pack, wanted, day, changes)
    if not said and day == changed_day:
        raise Refused("什么也没有改。请至少改一处，再试算。", "changes")
    asked = asked_now(kind, wanted, (day, changed_day), real, said, area)
    return outreach.start_what_if(actor, title=title, area=area, asked=asked)


def start_of_proposal(actor: Actor, *, proposal: RuleProposal) -> WhatIfRun:
    """Try out a change of the rule desk as it stands now, over the widest area that the actor may ask about.

    On the day from which it is to count, where that is still to come. What is edited later changes nothing here.
    """
    found = policies.checked(proposal)
    if found.read is None or found.measure is None or found.problems:
        raise Refused("这份草稿还有没改好的地方，改好再试算。", "draft")
    today, name = calendar.today(), proposal.measure_id
    days = (today, max(proposal.effective_on or today, today))
    said = [
        {"measure": proposal.title, "within": one.what, "label": one.what, "today": one.before, "changed": one.after}
        for one in found.differences
    ]
    if not said:
        raise Refused("这份草稿和现行规则没有不同，不用试算。", "draft")
    area = next((place.code for place in areas_to_try(actor)), 0)
    asked = asked_now(proposal.kind, checked(proposal.kind, [name]), days, {}, said, area, {name: proposal.content})
    return outreach.start_what_if(actor, title=f"{proposal.title}：起草的修改", area=area, asked=asked)


def asked_now(
    kind: str,
    measures: Sequence[str],
    days: tuple[date, date],
    changes: Changes,
    said: Sequence[Mapping[str, str]],
    area: int,
    drafts: Mapping[str, Any] = NONE,
) -> outreach.Asked:
    """The question on the rules in force and the facts kept last. Raises Refused where either makes no answer."""
    pack, kept = releases.current(), latest_facts(kind)
    if kept is None:
        raise Refused("还没有可以试算的数据。请先取数，取好再试算。", "facts")
    sides_of(pack, measures, days, changes, drafts)
    return outreach.Asked(
        kind=kind,
        measures=measures,
        day=days[0],
        changed_day=days[1],
        changes=changes,
        said=said,
        release=releases.current_id(),
        snapshot=int(kept.folder.name),
        facts_as_of=kept.as_of,
        rows=sum(count for code, count in kept.counties.items() if fits(code, subtree(area))),
        drafts=drafts,
    )


def checked(kind: str, measures: Sequence[str]) -> list[str]:
    """The ids in the order of the library, each confirmed. Raises Refused, saying what is wrong."""
    if not measures:
        raise Refused("请至少选一项政策措施。", "measures")
    if len(set(measures)) > MOST_MEASURES:
        raise Refused(f"一次最多试算{MOST_MEASURES}项政策。", "measures")
    live = [one.measure.id for one in policies.live_measures(kind)]
    if not set(measures) <= set(live):
        raise Refused("选中的措施里有没有确认的、已经停用的，或者对象不是这一类的，请重新选。", "measures")
    return [name for name in live if name in set(measures)]


def compared(
    pack: Pack, measures: Sequence[str], day: date, changes: Changes
) -> tuple[list[dict[str, str]], dict[str, dict[str, str]]]:
    """What is really changed: in words, and by place."""
    said: list[dict[str, str]] = []
    real: dict[str, dict[str, str]] = {}
    for one in settings_for(pack, measures, day):
        for setting, value in differing(one.settings, changes.get(one.id, {})):
            real.setdefault(one.id, {})[setting.place] = value
            said.append({"measure": one.title if one.id else "", **in_words(pack, setting, value)})
    if strange := [name for name in changes if name not in measures and name and changes[name]]:
        raise Refused(f"没有选中的措施不能改：{'、'.join(strange)}", "changes")
    return said, real


def differing(settings: Sequence[Setting], own: Mapping[str, str]) -> Iterator[tuple[Setting, str]]:
    for setting in settings:
        value = own.get(setting.place)
        if value is not None and value != setting.today:
            yield setting, value


def in_words(pack: Pack, setting: Setting, value: str) -> dict[str, str]:
    """45岁以下（含） · 年龄 · 45周岁 · 50周岁."""
    if setting.type == "off":
        return {
            "within": setting.within,
            "label": "这个条件",
            "today": "要",
            "changed": "不要" if value == OFF else "要",
        }
    return {
        "within": setting.within,
        "label": setting.label,
        "today": worded(pack, setting, setting.today),
        "changed": worded(pack, setting, value),
    }


def worded(pack: Pack, setting: Setting, value: Any) -> str:
    if value == "":
        return "没有" if setting.type == "date" else "未公布"
    if setting.type == "date":
        return long_day(date.fromisoformat(value))
    if setting.type == "code":
        return text(value, setting.fact, pack.catalogue)
    if setting.type == "int":
        return number(int(value), setting.unit)
    return money(value) if setting.type == "yuan" else f"{value}%"


def money(value: str) -> str:
    """5,000元；12.50元；30万元."""
    whole, _, cents = value.partition(".")
    return f"{int(whole):,}.{cents}元" if cents.strip("0") else number(int(whole), "元")
