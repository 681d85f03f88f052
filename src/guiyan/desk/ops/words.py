"""What events, actions and arguments are called on these pages; what has no word is shown as it is stored."""

from __future__ import annotations

from collections.abc import Mapping

EVENTS: Mapping[str, str] = {
    "document.imported": "文件已导入",
    "plan.published": "方案已发布",
    "measure.confirmed": "政策措施已确认",
    "case.submitted": "办件已提交",
    "case.accepted": "办件已受理",
    "case.checked": "核验已完成",
    "case.reviewed": "审核已通过",
    "case.refused": "不予受理或发放",
    "case.paid": "办件已拨付",
    "case.returned": "办件退票",
    "case.recovered": "办件已追回",
    "batch.signed": "批次已签批",
    "notice.published": "公示已发布",
    "notice.closed": "公示已期满",
    "objection.filed": "收到异议",
    "objection.decided": "异议已答复",
    "payment.requested": "已申请拨付",
    "payment.file_written": "支付文件已生成",
    "payment.paid": "已到账",
    "payment.returned": "退票",
    "payment.recovered": "已追回",
    "subject.changed": "人员或企业信息有变化",
    "indicator.computed": "指标已计算",
    "instruction.written": "领导已批示",
    "supervision.opened": "督办已交办",
    "supervision.replied": "督办已回复",
    "clock.moved": "业务时钟已调整",
}
NOUNS: Mapping[str, str] = {
    "case": "办件",
    "batch": "批次",
    "document": "文件",
    "plan": "方案",
    "measure": "措施",
    "notice": "公示",
    "objection": "异议",
    "subject": "主体",
    "indicator": "指标",
    "instruction": "批示",
    "supervision": "督办单",
    "request": "支付申请",
    "move": "时钟调整",
    "event": "事件",
    "file": "文件",
    "job": "任务",
    "clock": "时钟",
    "user": "账号",
    "mandate": "委托",
    "check": "核验",
    "payment_request": "支付申请",
    "pack": "城市包",
}


def event_words(name: str) -> str:
    return EVENTS.get(name, name)


def argument_words(arguments: Mapping[str, object]) -> str:
    """`{"case_id": 12}` → 办件 12."""
    parts = []
    for name, value in arguments.items():
        noun = name.removesuffix("_id")
        parts.append(f"{NOUNS.get(noun, noun)} {value}")
    return "，".join(parts)


def target_words(target: str) -> str:
    """`case:12` → 办件 12."""
    noun, colon, number = target.partition(":")
    return f"{NOUNS.get(noun, noun)} {number}" if colon else target
