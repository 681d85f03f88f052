"""The versions of a measure, the newest first, each with what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guiyan.engine.rules.compiled import CompiledVersion, ReadyCondition
from guiyan.portal.measures.words import amount_of

UNDATED = "未写金额"


@dataclass(frozen=True)
class VersionRow:
    """One version of the rule: since when, until when, what it gives, what it changed from the one before."""

    since: date
    until: date | None
    amount: str
    state: str  # 现在执行, 还没开始, 已被替代, 已到期
    changes: tuple[str, ...]

    @property
    def current(self) -> bool:
        return self.state == "现在执行"


def versions_of(versions: tuple[CompiledVersion, ...], on: date) -> list[VersionRow]:
    earlier: tuple[CompiledVersion | None, ...] = (None, *versions)
    rows = [row_of(one, before, versions, on) for one, before in zip(versions, earlier, strict=False)]
    return rows[::-1]


def row_of(
    version: CompiledVersion, before: CompiledVersion | None, versions: tuple[CompiledVersion, ...], on: date
) -> VersionRow:
    source = version.source
    changes = tuple(changed(before, version)) if before is not None else ()
    return VersionRow(source.valid_from, source.valid_to, amount_of(version), state_of(version, versions, on), changes)


def state_of(version: CompiledVersion, versions: tuple[CompiledVersion, ...], on: date) -> str:
    begun = [one for one in versions if one.source.valid_from <= on]
    if version not in begun:
        return "还没开始"
    if version is not begun[-1]:
        return "已被替代"
    until = version.source.valid_to
    return "已到期" if until is not None and on > until else "现在执行"


def changed(before: CompiledVersion, after: CompiledVersion) -> list[str]:
    """What is different, in words: amounts, conditions, the values they are measured by."""
    said: list[str] = []
    old, new = amount_of(before) or UNDATED, amount_of(after) or UNDATED
    if old != new:
        said.append(f"金额由{old}改为{new}")
    was = {one.id: one for one in before.conditions}
    now = {one.id: one for one in after.conditions}
    said += [f"新增条件：{one.label}" for name, one in now.items() if name not in was]
    said += [f"取消条件：{one.label}" for name, one in was.items() if name not in now]
    for name, one in now.items():
        if name in was and (was[name].tree, was[name].label) != (one.tree, one.label):
            said.append("条件由“{}”改为“{}”".format(*told_apart(was[name], one)))
    return said + parameters_changed(before, after)


def told_apart(old: ReadyCondition, new: ReadyCondition) -> tuple[str, str]:
    """By their labels; by what the rules say in full where the labels are the same."""
    return (old.label, new.label) if old.label != new.label else (old.sentence, new.sentence)


def parameters_changed(before: CompiledVersion, after: CompiledVersion) -> list[str]:
    old = before.source.parameters
    return [
        f"{one.label}由{old[name].value or '未公布'}改为{one.value or '未公布'}"
        for name, one in after.source.parameters.items()
        if name in old and old[name].value != one.value
    ]
