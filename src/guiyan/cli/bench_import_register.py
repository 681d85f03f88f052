"""The register that `bench import` brings files into: 30 fields of every type, and made-up rows as a file has them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

from guiyan.packs import find_pack
from guiyan.registers.sample.names import person_name
from guiyan.registers.sample.numbers import id_number, phone

CITY, REGISTER = "xianning", "bench"
FIRST_BIRTHDAY, BIRTHDAYS = date(1950, 1, 1), 20_000

DECLARED = """\
label: 导入测速名录
subject: person
home: true
owner_unit_kind: human-resources
title_field: name
region_field: residence_region
key_field: id_number
default_sort: name
fields:
  name: {label: 姓名, type: text, required: true, search: true, sort: true, mask: name}
  id_number: {label: 身份证号, type: id_number, required: true, mask: middle}
  gender: {label: 性别, type: code, filter: true, codes: {male: 男, female: 女}}
  birth_date: {label: 出生日期, type: date, not_after: today, filter: true}
  phone: {label: 手机号, type: phone, mask: middle}
  contact_phone: {label: 联系人手机号, type: phone, mask: middle}
  hukou_region: {label: 户籍地, type: region, filter: true}
  residence_region: {label: 常住地, type: region, required: true, filter: true}
  degree:
    label: 学历
    type: code
    filter: true
    codes: {none: 大专以下, college: 大专, bachelor: 本科, master: 硕士, doctor: 博士}
  school: {label: 毕业学校, type: text}
  graduation_date: {label: 毕业日期, type: date}
  is_graduate: {label: 高校毕业生, type: bool, filter: true}
  is_veteran: {label: 退役军人, type: bool, filter: true}
  is_migrant_worker: {label: 外出务工人员, type: bool, filter: true}
  works_outside: {label: 在省外务工, type: bool}
  employer: {label: 工作单位, type: text}
  trade:
    label: 行业
    type: code
    filter: true
    codes: {farm: 种养, craft: 加工, shop: 零售, inn: 民宿, food: 餐饮, net: 电商}
  income: {label: 月收入, type: money}
  loan_wanted: {label: 贷款需求, type: money}
  jobs_led: {label: 带动就业, type: int, least: 0, most: 500}
  years_away: {label: 外出年数, type: int, least: 0, most: 80}
  family: {label: 家庭人数, type: int, least: 1, most: 30}
  wish:
    label: 创业意愿
    type: code
    codes: {planned: 有打算, thinking: 在考虑, none: 没有, started: 已创业}
  needs:
    label: 支持需求
    type: list
    codes: {funds: 资金, site: 场地, training: 培训, sales: 销路, staff: 用工, advice: 咨询}
  skill: {label: 技能, type: text}
  address: {label: 详细地址, type: text}
  remark: {label: 备注, type: long_text}
  returned_on: {label: 返乡日期, type: date}
  left_on: {label: 外出日期, type: date}
  surveyed_on: {label: 摸排日期, type: date}
sources:
  shared: {label: 部门数据共享, mark: 数, trust: 90}
  visit: {label: 入户调查, mark: 户, trust: 60}
"""
HEAD = tuple(re.findall(r"label: ([^,\n]+)", DECLARED.split("sources:")[0].split("fields:")[1]))
SCHOOLS = ("湖北科技学院", "咸宁职业技术学院", "武汉大学", "华中农业大学", "通山县第一中学", "崇阳县众望高中")
EMPLOYERS = ("深圳某电子有限公司", "东莞某制衣厂", "宁波某模具有限公司", "个体经营", "通山县某茶业有限公司")
SKILLS = ("木工", "缝纫", "数控", "驾驶", "烹饪", "电工", "养老护理", "焊工", "茶艺", "")
DEGREES, TRADES = ("大专以下", "大专", "本科", "硕士"), ("种养", "加工", "零售", "民宿", "餐饮", "电商")
WISHES, NEEDS = ("有打算", "在考虑", "没有", "已创业"), ("资金", "场地", "培训", "销路", "用工", "咨询")


def make_pack(root: Path) -> Path:
    """A city pack of its own below `root`: the regions and units of a real one, and this register alone."""
    real, folder = find_pack(CITY), root / CITY
    (folder / "registers").mkdir(parents=True, exist_ok=True)
    for name in ("regions.csv", "units.yaml"):
        shutil.copy(real / name, folder / name)
    text = "name: 咸宁市\nshort_name: 咸宁\nregion: 421200000000\noffice: 4212-human-resources\n"
    (folder / "city.yaml").write_text(text, encoding="utf-8")
    (folder / "registers" / f"{REGISTER}.yaml").write_text(DECLARED, encoding="utf-8")
    return folder


def rows(serials: range, places: Sequence[str], *, later: int = 0) -> Iterator[list[str]]:
    """One row of cells a person, in the order of HEAD. later: the same people with other jobs, phones and wishes."""
    for serial in serials:
        yield row(serial, places, later)


def row(serial: int, places: Sequence[str], later: int) -> list[str]:
    random = Random(serial)
    pick = random.random
    gender = "女" if pick() < 0.47 else "男"
    born = FIRST_BIRTHDAY + timedelta(days=serial * 7919 % BIRTHDAYS)
    graduated, left = born + timedelta(days=8000 + int(pick() * 400)), born + timedelta(days=7000 + int(pick() * 3000))
    home, lives = places[int(pick() * len(places))], places[int(pick() ** 1.3 * len(places))]
    need = int(pick() * 6)
    return [
        person_name(random, gender, born.year),
        id_number(born, gender, serial // BIRTHDAYS),
        gender,
        born.isoformat(),
        phone(serial + later * 11_000_000),
        phone(serial + 25_000_000),
        home,
        lives,
        DEGREES[int(pick() ** 3 * 4)],
        SCHOOLS[int(pick() * 6)],
        graduated.isoformat(),
        "是" if pick() < 0.3 else "否",
        "是" if pick() < 0.1 else "否",
        "是" if pick() < 0.5 else "否",
        "是" if pick() < 0.3 else "否",
        EMPLOYERS[int(pick() * 5)],
        TRADES[int(pick() * 6)],
        str(3000 + int(pick() * 60) * 100),
        f"{int(pick() * 30)}0000.00",
        str(int(pick() * 9) + later % 50),
        str(int(pick() * 20)),
        str(1 + int(pick() * 7)),
        WISHES[(int(pick() * 4) + later) % 4],
        f"{NEEDS[need]}、{NEEDS[(need + 2) % 6]}",
        SKILLS[int(pick() * 10)],
        f"{lives}{1 + int(pick() * 20)}组{1 + int(pick() * 99)}号",
        "入户时本人在家，愿意回乡发展" if pick() < 0.4 else "",
        f"{2019 + int(pick() * 7)}年{1 + int(pick() * 12)}月{1 + int(pick() * 28)}日",
        left.isoformat(),
        "2026-05-20",
    ]
