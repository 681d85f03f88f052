"""The library as it is looked through: words, for whom, what is given, which county, whether still in force."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from guiyan.engine.rules import groups_of, regions_of
from guiyan.kernel import regions
from guiyan.packs import Pack
from guiyan.policies import queries as policies
from guiyan.policies.queries import LiveMeasure
from guiyan.portal.measures import words
from guiyan.portal.measures.sheet import IN_FORCE, SOON, state_of
from guiyan.portal.offices import counties

KINDS = {"person": "个人", "organisation": "企业和单位", "project": "项目"}


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Each is empty where it does not matter; what is not known is taken as empty."""

    text: str = ""
    group: str = ""
    kind: str = ""
    benefit: str = ""
    county: int | None = None
    past: bool = False

    @classmethod
    def of(cls, query: QueryDict, pack: Pack) -> Wanted:
        code = query.get("county", "")
        known = {str(one.code): one.code for one in counties(pack)}
        return cls(
            text=query.get("q", "").strip()[:60],
            group=query.get("group", "").strip()[:40],
            kind=kind if (kind := query.get("for", "")) in KINDS else "",
            benefit=benefit if (benefit := query.get("benefit", "")) in words.BENEFITS else "",
            county=known.get(code),
            past=query.get("state") == "past",
        )


@dataclass(frozen=True)
class LibraryRow:
    """One measure in a list; `named`: it names the group that is looked for, and is not merely open to it."""

    live: LiveMeasure
    words: words.MeasureWords
    groups: tuple[str, ...]
    state: str
    named: bool
    since: date
    until: date | None

    @property
    def whom(self) -> str:
        return f"{self.words.whom}，{'、'.join(self.groups)}" if self.groups else self.words.whom


def library(pack: Pack, on: date, wanted: Wanted) -> list[LibraryRow]:
    """What fits, those that name the group first. Past ones only where they are asked for."""
    rows = [row_of(live, pack, on, wanted) for live in everything(wanted)]
    named_kinds = {row.live.measure.kind for row in rows if row.named}
    found = [row for row in rows if fits(row, pack, on, wanted, named_kinds)]
    return sorted(found, key=lambda row: not row.named)


def everything(wanted: Wanted) -> list[LiveMeasure]:
    return policies.live_measures() + (policies.ended_measures() if wanted.past else [])


def row_of(live: LiveMeasure, pack: Pack, on: date, wanted: Wanted) -> LibraryRow:
    version = words.version_on(live, on)
    groups = groups_of(version, pack.catalogue)
    return LibraryRow(
        live=live,
        words=words.measure_words(live, on),
        groups=groups,
        state=state_of(live, on),
        named=not wanted.group or wanted.group in groups,
        since=version.source.valid_from,
        until=version.source.valid_to,
    )


def fits(row: LibraryRow, pack: Pack, on: date, wanted: Wanted, named_kinds: Iterable[str]) -> bool:
    measure = row.live.measure
    version = words.version_on(row.live, on)
    return (
        (row.state in (IN_FORCE, SOON)) != wanted.past
        and (row.named or (not row.groups and measure.kind in named_kinds))
        and wanted.kind in ("", measure.kind)
        and wanted.benefit in ("", words.benefit_kind(version))
        and (wanted.county is None or reaches(regions_of(version), wanted.county))
        and mentions(row, pack, wanted.text)
    )


def reaches(codes: Iterable[str], county: int) -> bool:
    """Whether somebody of that county may be meant: no place is named, or one in, around or equal to it."""
    places = [int(code) for code in codes]
    return not places or any(regions.contains(one, county) or regions.contains(county, one) for one in places)


def mentions(row: LibraryRow, pack: Pack, text: str) -> bool:
    """Every word asked for stands somewhere in what is told of the measure."""
    if not text:
        return True
    item = pack.items.get(row.live.measure.item or "")
    told = [
        row.words.title,
        row.whom,
        row.words.benefit,
        row.words.amount,
        row.words.beside,
        row.live.confirmation.quote,
    ]
    told += [one.label for one in words.version_on(row.live, row.since).conditions]
    told += [item.title, item.summary] if item else []
    whole = "".join(told).lower()
    return all(word in whole for word in text.lower().split())


def groups_known(pack: Pack, on: date) -> list[str]:
    """The groups that measures in force name, in the order of the fact catalogue."""
    named = {
        group for live in policies.live_measures() for group in groups_of(words.version_on(live, on), pack.catalogue)
    }
    declared = (group for fact in pack.facts.values() for group in fact.groups.values())
    return [group for group in dict.fromkeys(declared) if group in named]


def benefits_known(pack: Pack, on: date) -> list[tuple[str, str]]:
    found = {words.benefit_kind(words.version_on(live, on)) for live in policies.live_measures()}
    return [(kind, label) for kind, label in words.BENEFITS.items() if kind in found]
