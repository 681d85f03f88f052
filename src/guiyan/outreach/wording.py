"""What people read: which measures may be theirs, what these give, where to apply. No name and no number of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guiyan.cases.money_words import yuan
from guiyan.kernel.calendar import long_day
from guiyan.packs import Measure, Pack

LOANS = ("loan", "interest_subsidy")


@dataclass(frozen=True)
class Told:
    """One measure as a message tells it. item: empty where nothing can be applied for on the portal."""

    measure: Measure
    amount: str
    clause: str
    where: str
    item: str


def told_of(pack: Pack, measure_id: str, day: date) -> Told:
    measure = pack.measures[measure_id]
    item = pack.items.get(measure.item or "")
    if item is not None:
        where = f"网上申请：登录归雁，办理“{item.title}”"
    elif measure.office is not None:
        where = measure.office.window
    else:
        where = "到户籍地或经营地人社窗口办理"
    return Told(
        measure, amount_words(pack, measure_id, day), pack.clause_words(measure.clause), where, item.id if item else ""
    )


def amount_words(pack: Pack, measure_id: str, day: date) -> str:
    """5,000元, 10万元—20万元, 最高30万元贷款、贴息50%; empty where the document names no amount."""
    version = pack.compiled[measure_id].version_on(day)
    if version is None:
        return ""
    amounts, kind = version.amounts, version.source.benefit.kind
    rate = f"贴息{amounts.rate_percent.normalize():f}%" if amounts.rate_percent is not None else ""
    if amounts.most_fen is None:
        return rate
    if kind in LOANS:
        return "、".join(part for part in (f"最高{yuan(amounts.most_fen)}贷款", rate) if part)
    if amounts.least_fen not in (None, amounts.most_fen):
        return f"{yuan(amounts.least_fen or 0)}—{yuan(amounts.most_fen)}"
    return yuan(amounts.most_fen)


def title_of(told: Sequence[Told], firm: str) -> str:
    whose = "您的单位" if firm else "您"
    if len(told) == 1:
        return f"{whose}可能符合“{told[0].measure.title}”的条件"[:120]
    return f"{whose}可能符合{len(told)}项政策的条件"


def body_of(told: Sequence[Told], day: date, office: str, firm: str) -> str:
    """firm: what the organisation is called, where it is about one."""
    about = f"“{firm}”" if firm else "您"
    lines = [f"您好！按{long_day(day)}登记的信息初步核对，{about}可能符合下面的条件，是否符合由经办单位审核认定。"]
    for number, one in enumerate(told, start=1):
        amount = f"（{one.amount}）" if one.amount else ""
        lines.append(f"{number}. {one.measure.title}{amount}。依据：{one.clause}。{one.where}。")
    return "\n".join([*lines, f"{office}"])


def list_of(told: Sequence[tuple[Told, bool]], firm: str) -> list[str]:
    """The numbered lines of a message on an arrival: what may be the person's, and what the firm's (True)."""
    if not told:
        return []
    lines = [f"按登记的信息初步核对，您和“{firm}”可能符合下面的条件，是否符合由经办单位审核认定。"]
    for number, (one, is_firms) in enumerate(told, start=1):
        amount = f"（{one.amount}）" if one.amount else ""
        whose = "单位可以申请：" if is_firms else ""
        lines.append(f"{number}. {whose}{one.measure.title}{amount}。依据：{one.clause}。{one.where}。")
    return lines


def sms_after(opening: str, told: Sequence[Told], office: str) -> str:
    """One text message on an arrival: who helps, the first measure by name, where to read on."""
    first = f"“{told[0].measure.title}”" + (f"等{len(told)}项政策" if len(told) > 1 else "") if told else ""
    found = f"经初步核对，您可能符合{first}的条件。" if told else ""
    how = "请登录归雁，在“我的—政策消息”里查看；不想再收短信，在“消息设置”里关闭"
    return f"【{office}】{opening}{found}{how}。"


def sms_of(told: Sequence[Told], office: str, firm: str) -> str:
    """One text message: the first measure by name, where to read on, how to be left alone."""
    first = f"“{told[0].measure.title}”" + (f"（{told[0].amount}）" if told[0].amount else "")
    others = f"等{len(told)}项政策" if len(told) > 1 else ""
    whose = "您的单位" if firm else "您"
    found = f"经初步核对，{whose}可能符合{first}{others}的条件"
    how = "请登录归雁，在“我的—政策消息”里查看和申请；不想再收短信，在“消息设置”里关闭"
    return f"【{office}】您好！{found}。{how}。"
