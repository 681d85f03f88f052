"""Schools, employers and phones, without what one office writes and another leaves out."""

from __future__ import annotations

import re

from guiyan.engine.linkage.texts import apart, bare, folded

# Forms of a firm and words of its trade, longest first: what stands before them is what people call it.
_FORMS = re.compile(
    r"(有限责任公司|股份有限公司|集团有限公司|农民专业合作社|专业合作社|个体工商户|家庭农场|合伙企业|有限合伙|有限公司|总公司|分公司"
    r"|子公司|办事处|经营部|工作室|服务部|合作社|公司|集团|商行|中心|厂|店|部)+$"
)
_TRADES = re.compile(
    r"(电子商务|信息技术|网络科技|生物科技|农业科技|农业发展|农业开发|生态农业|建筑工程|装饰工程|人力资源|文化传媒|物业管理|企业管理"
    r"|科技|贸易|商贸|实业|食品|农业|建材|建筑|工程|装饰|物流|服饰|餐饮|文化|传媒|教育|咨询|服务|机械|电子|投资|发展|置业|房地产"
    r"|医药|化工|能源|环保|旅游|酒店|超市|汽车|运输)+$"
)
_AREA = re.compile(r"^[\u4e00-\u9fff]{2,3}?(省|市|县|区|自治州|自治区)")
_NOT_A_DIGIT = re.compile(r"\D")
NO_EMPLOYER = frozenset(
    {"无", "无业", "待业", "自由职业", "个体", "务农", "在家", "不详", "暂无", "没有", "学生", "退休"}
)
CORE = 2  # characters that a firm's own name has at least


def school_name(written: str | None) -> str | None:
    """Without brackets (校区, 原…) and signs."""
    return bare(apart(folded(written))[0]) or None if written else None


def employer_names(written: str | None) -> tuple[str | None, str | None]:
    """(as written but for its form, its own name): 咸宁市归雁农业科技有限公司 is 咸宁市归雁农业科技 and 归雁."""
    if not written:
        return None, None
    name = bare(apart(folded(written))[0])
    if not name or name in NO_EMPLOYER:
        return None, None
    whole = _FORMS.sub("", name) or name
    own = _AREA.sub("", _AREA.sub("", whole)) or whole
    core = _TRADES.sub("", own)
    return whole, core if len(core) >= CORE else own


def phone_number(written: str | None) -> int | None:
    """Digits without +86 or 0086. Fewer than seven, or one digit over and over, is no number."""
    if not written:
        return None
    digits = _NOT_A_DIGIT.sub("", folded(written))
    if len(digits) > 11:
        digits = digits.removeprefix("00").removeprefix("86")
    if not 7 <= len(digits) <= 12 or len(set(digits[1:])) == 1 or "*" in written:
        return None
    return int(digits)
