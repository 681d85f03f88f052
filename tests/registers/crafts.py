"""A register that no city has: one file of twelve fields, as an implementer would write it, and a year later."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from guiyan.packs.load import REPOSITORY
from tests.fixtures import TestDatabase
from tests.packs.folders import copied

FILE = "registers/craft.yaml"
FIRST = """
label: 手艺人名录
subject: person
note: 竹艺、篾匠、木雕等手艺人。
owner_unit_kind: human-resources
title_field: name
region_field: home
key_field: number
default_sort: name
screens: {list: [name, home, craft, years, pieces, teaches], phone: [name, number, home, craft]}
sections:
  - {title: 本人, fields: [name, number, home, mobile, nickname]}
  - {title: 手艺, fields: [craft, years, pieces, price, since, materials]}
  - {title: 带徒, fields: [teaches]}
fields:
  name: {label: 姓名, type: text, required: true, search: true, sort: true}
  number: {label: 手艺人编号, type: text, required: true, pattern: "SY-[0-9]{4}", pattern_words: SY-加四位数字}
  home: {label: 所在地, type: region, required: true, filter: true}
  mobile: {label: 联系电话, type: phone, mask: middle}
  nickname: {label: 外号, type: text}
  craft: {label: 手艺, type: code, required: true, filter: true, codes: {bamboo: 竹艺, wood: 木雕, paper: 剪纸}}
  years: {label: 从艺年数, type: text, filter: true, sort: true}
  pieces: {label: 年产, type: int, least: 0, most: 100000, unit: 件, filter: true}
  price: {label: 均价, type: money, unit: 元}
  since: {label: 入行日期, type: date, not_after: today, sort: true}
  materials: {label: 用料, type: list, codes: {bamboo: 竹, wood: 木, paper: 纸}}
  teaches: {label: 带徒, type: bool, filter: true}
sources:
  bureau: {label: 人社部门, mark: 人, trust: 80, by: [file, form, api]}
export: {approval: true}
"""
AWARD = "  award: {label: 获奖, type: code, filter: true, codes: {national: 国家级, city: 市级}}\n"
LATER = (
    FIRST.replace("  years: {label: 从艺年数, type: text,", "  years: {label: 从艺年数, type: int,")
    .replace("  nickname: {label: 外号, type: text}", "  nickname: {label: 外号, type: text, retired: true}")
    .replace("mobile, nickname]", "mobile]")
    .replace("materials]}", "materials, award]}")
    .replace("sources:\n", f"{AWARD}sources:\n")
)


class City:
    """A copy of the pack that is applied to a running database, as `bin/guiyan pack apply` does it."""

    def __init__(self, folder: Path, database: TestDatabase) -> None:
        self.folder, self.database = copied(folder), database

    def write(self, text: str) -> None:
        (self.folder / FILE).write_text(text, encoding="utf-8")

    def command(self, action: str) -> list[str]:
        return [sys.executable, "-m", "guiyan.cli.main", "pack", action, str(self.folder)]

    @property
    def environment(self) -> dict[str, str]:
        return {**os.environ, **self.database.environment, "PYTHONPATH": str(REPOSITORY / "src")}

    def start(self, action: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command(action),
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, action: str) -> str:
        process = self.start(action)
        out, said = process.communicate(timeout=300)
        assert process.returncode == 0, said
        return out + said
