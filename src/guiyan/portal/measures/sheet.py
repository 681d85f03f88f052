"""One measure told whole: what its page shows and what the printed booklet prints, from the same words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.engine.rules import TierWords, groups_of, less_words, tier_table
from guiyan.packs import Item, Pack
from guiyan.policies.queries import LiveMeasure
from guiyan.portal.measures import words
from guiyan.portal.measures.steps import WayStep, way_of
from guiyan.portal.measures.versions import VersionRow, versions_of
from guiyan.portal.measures.words import ConditionRow, MeasureWords
from guiyan.portal.offices import OfficeRow, advice_phone, kind_words, level_words, offices_of

IN_FORCE, SOON, EXPIRED, ENDED = "现行有效", "还没开始", "已到期", "已停止执行"
ENCOURAGED = "文件写的是“鼓励”，能不能办由经办机构决定。"


@dataclass(frozen=True)
class Sheet:
    """Everything that is told of a measure. Empty texts and lists: there is nothing to say.

    window: where to go with a measure for which nothing can be applied for here yet.
    """

    live: LiveMeasure
    words: MeasureWords
    state: str
    groups: tuple[str, ...]
    conditions: list[ConditionRow]
    open_conditions: tuple[str, ...]
    rate: str
    tiers: list[TierWords]
    less: str
    note: str
    item: Item | None
    materials: list[dict[str, str]]
    office_kind: str
    offices: list[OfficeRow]
    window: str
    phone: str
    limit_note: str
    steps: list[WayStep]
    clause: str
    since: date
    versions: list[VersionRow]

    @property
    def whom(self) -> str:
        """返乡人员（个人）, or 个人 where no group is named."""
        return f"{'、'.join(self.groups)}（{self.words.whom}）" if self.groups else self.words.whom

    @property
    def can_apply(self) -> bool:
        return self.item is not None and self.state == IN_FORCE


def sheet_of(live: LiveMeasure, pack: Pack, on: date, county: int | None = None) -> Sheet:
    """The measure as it stands on that day, with the offices of one county or of all."""
    version = words.version_on(live, on)
    item = pack.items.get(live.measure.item or "")
    handles = item or live.measure.office
    return Sheet(
        live=live,
        words=words.measure_words(live, on),
        state=state_of(live, on),
        groups=groups_of(version, pack.catalogue),
        conditions=words.conditions_of(version, pack),
        open_conditions=live.measure.open_conditions,
        rate=f"{version.amounts.rate_percent:f}%" if version.amounts.rate_percent is not None else "",
        tiers=tier_table(version.source.benefit, pack.catalogue, version.source.parameters),
        less=less_words(version.source.benefit, pack.catalogue),
        note=ENCOURAGED if live.measure.strength == "encouraged" else "",
        item=item,
        materials=words.materials_of(item) if item else [],
        office_kind=f"{level_words(handles)}{kind_words(handles.unit_kind)}" if handles else "",
        offices=offices_of(handles, pack, county) if handles else [],
        window=live.measure.office.window if item is None and live.measure.office is not None else "",
        phone=(handles.phone if handles else "") or advice_phone(pack),
        limit_note=words.limit_note(item) if item else "",
        steps=way_of(pack.flows[item.flow], item) if item else [],
        clause=pack.clause_words(live.measure.clause),
        since=version.source.valid_from,
        versions=versions_of(pack.compiled[live.measure.id].versions, on),
    )


def state_of(live: LiveMeasure, on: date) -> str:
    """Where the measure stands on that day: its rule's dates first, then whether its document still holds."""
    if live.confirmation.ended_at is not None:
        return ENDED
    source = words.version_on(live, on).source
    if source.valid_from > on:
        return SOON
    return EXPIRED if source.valid_to is not None and on > source.valid_to else IN_FORCE
