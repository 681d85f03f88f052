"""Which column of a file is which field: remembered, or guessed by label and by what else it is often called."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence

from guiyan.kernel.errors import Refused
from guiyan.packs.register import Field, Register
from guiyan.registers.declared import reported_fields
from guiyan.registers.models import ColumnMapping

Columns = list[tuple[str, str]]  # heading, field id; "" where the column is not brought in

# By the end of a field's id, so that they hold for whatever register declares it.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "名字", "名称", "单位名称", "企业名称", "机构名称", "项目名称", "人员姓名", "申请人"),
    "id_number": ("身份证", "身份证号", "身份证号码", "公民身份号码", "证件号", "证件号码", "身份证件号码"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "移动电话"),
    "credit_code": ("统一社会信用代码", "信用代码", "社会信用代码", "统一信用代码", "机构代码"),
    "gender": ("性别",),
    "birth_date": ("出生日期", "出生年月日", "生日"),
    "hukou_region": ("户籍地", "户籍所在地", "户口所在地", "户籍地址"),
    "residence_region": ("常住地", "现住地", "居住地", "现居住地", "常住地址", "现住址"),
    "registered_region": ("注册地", "登记地", "注册地址", "登记机关所在地"),
    "registered_on": ("登记日期", "注册日期", "成立日期", "注册时间", "成立时间", "登记时间"),
    "region": ("所在地", "所属区划", "区划", "所在区划"),
    "industry": ("行业", "所属行业", "行业代码", "行业类别"),
    "degree": ("学历", "文化程度", "最高学历"),
    "return_date": ("返乡日期", "返乡时间", "回乡时间"),
}
ASIDE = re.compile(r"[（(【\[].*?[)）】\]]|[\s*＊:：、，,。.]")


def plain(heading: str) -> str:
    """身份证号*（18位） → 身份证号."""
    return ASIDE.sub("", heading)


def guess(register: Register, head: Sequence[str]) -> Columns:
    """A field for each heading that is plainly one; no field twice, the exact ones first."""
    fields = reported_fields(register)
    found: dict[int, str] = {}
    for known in (exact(fields), by_plain_label(fields), by_synonym(fields)):
        for place, heading in enumerate(head):
            field = known.get(heading) or known.get(plain(heading))
            if place not in found and field and field not in found.values():
                found[place] = field
    return [(heading, found.get(place, "")) for place, heading in enumerate(head)]


def exact(fields: Sequence[Field]) -> dict[str, str]:
    return {one.label: one.id for one in fields} | {one.id: one.id for one in fields}


def by_plain_label(fields: Sequence[Field]) -> dict[str, str]:
    return {plain(one.label): one.id for one in fields}


def by_synonym(fields: Sequence[Field]) -> dict[str, str]:
    """Fields named just so before those whose id only ends so: `name` before `firm_name`."""
    found: dict[str, str] = {}
    for ending, words in SYNONYMS.items():
        named = [one.id for one in fields if one.id == ending]
        named += [one.id for one in fields if one.id.endswith(f"_{ending}")] if not named else []
        if len(named) == 1:
            found |= {word: named[0] for word in words if word not in found}
    return found


def heading_digest(head: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(list(head), ensure_ascii=False).encode()).hexdigest()


def remembered(register: Register, head: Sequence[str], region: int) -> Columns | None:
    """What the same headings were taken to mean the last time, as far as the register still has those fields."""
    row = ColumnMapping.objects.filter(register=register.id, heading=heading_digest(head), region=region).first()
    if row is None:
        return None
    fields = {one.id for one in reported_fields(register)}
    return [(heading, field if field in fields else "") for heading, field in row.columns]


def places_in(register: Register, head: Sequence[str], columns: Columns) -> dict[str, int]:
    """Field → place, of columns that somebody confirmed. Raises Refused for what can't be read so."""
    if [heading for heading, _ in columns] != list(head):
        raise Refused("文件的表头和确认过的不一样。请重新上传。", "other-head")
    chosen = [field for _, field in columns if field]
    doubled = sorted({label(register, field) for field in chosen if chosen.count(field) > 1})
    if doubled:
        raise Refused(f"有两列对应到同一个字段：{'、'.join(doubled)}。每个字段只能对应一列。", "doubled-columns")
    missing = [one.label for one in reported_fields(register) if one.required and one.id not in chosen]
    if missing:
        raise Refused(
            f"还缺必须有的列：{'、'.join(missing)}。请给它们选一列；文件里没有的，补上再传。", "missing-columns"
        )
    return {field: place for place, (_, field) in enumerate(columns) if field}


def label(register: Register, field: str) -> str:
    return register.fields[field].label if field in register.fields else field
