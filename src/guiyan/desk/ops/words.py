"""What events, actions and arguments are called on these pages; what has no word is shown as it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guiyan.cases.day_words import short_day
from guiyan.packs.flow import Flow

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
    "line": "付款",
    "move": "时钟调整",
    "event": "事件",
    "file": "文件",
    "job": "任务",
    "clock": "时钟",
    "user": "账号",
    "mandate": "委托",
    "check": "核验",
    "review_item": "条目",
    "entitlement": "应享资格",
    "recovery": "追回",
    "import": "导入",
    "entry": "名录条目",
    "register": "名录",
    "payment_request": "支付申请",
    "pack": "城市包",
}


ACTIONS: Mapping[str, str] = {
    "account.sign_in": "登录",
    "account.sign_out": "退出登录",
    "account.switch": "换身份（演示）",
    "accounts.apply_units": "装入单位和岗位",
    "batch.prepare": "汇总批次",
    "case.check": "回复核验",
    "case.decision": "出具书面决定",
    "case.material": "提交材料",
    "case.material_removed": "撤下材料",
    "case.open": "建立办件",
    "case.recovery_done": "追回完成",
    "clock.move": "调整业务时钟",
    "document.add_item": "补录条目",
    "document.confirm": "确认条目",
    "document.correct": "更正条目",
    "document.drop": "舍弃条目",
    "document.import": "导入文件",
    "document.publish": "发布方案",
    "document.reopen": "重新核对条目",
    "document.resolve_unit": "对应单位",
    "file.store": "保存文件",
    "instruction.write": "批示",
    "job.retry": "重试后台任务",
    "ledger.claim": "登记应享资格",
    "ledger.import_result": "导入财政结果",
    "ledger.record_recovery": "登记追回入库",
    "ledger.request_payment": "申请拨付",
    "ledger.set_budget": "录入预算",
    "ledger.start_recovery": "开始追回",
    "ledger.void": "取消应享资格",
    "list.import": "导入比对名单",
    "mandate.confirm": "确认委托",
    "mandate.end": "结束委托",
    "mandate.give": "登记委托",
    "measure.confirm": "确认政策措施",
    "measure.end": "停用政策措施",
    "document.confirmed": "确认条目",
    "document.corrected": "修改条目",
    "document.dropped": "不采用条目",
    "document.proposed": "撤回条目的决定",
    "document.export": "导出文件条目",
    "ledger.export": "导出资金台账",
    "payment.export": "导出收款名单",
    "notice.close": "公示期满",
    "notice.publish": "发布公示",
    "notice.take_down": "撤下公示",
    "objection.decide": "答复异议",
    "objection.file": "提出异议",
    "plan.add_unit": "增加责任单位",
    "plan.remove_unit": "减少责任单位",
    "register.import": "导入名录",
    "register.record": "登记信息",
    "register.seed": "填入示例数据",
    "register.undo": "撤销导入",
    "report.download": "下载周报",
    "subject.merge": "合并档案",
    "subject.unmerge": "拆分档案",
    "supervision.judge": "审核督办回复",
    "supervision.reply": "回复督办",
}
READINGS: Mapping[str, str] = {
    "case": "查看办件信息",
    "file": "查看文件",
    "indicator": "查看指标来源",
    "objection_contact": "查看异议人联系方式",
    "payment_file": "下载支付文件",
    "register": "查看名录",
}


def verbs_of(flows: Mapping[str, Flow]) -> dict[str, str]:
    """What flows call their verbs: `case.accept` → 受理."""
    return {f"{flow.object}.{name}": verb.label for flow in flows.values() for name, verb in flow.verbs.items()}


def action_words(action: str, verbs: Mapping[str, str]) -> str:
    """An action without a word of its own is shown as it is stored: the auditor must miss nothing."""
    if action.startswith("read:"):
        what = action.removeprefix("read:")
        return READINGS.get(what) or READINGS.get(what.replace(":", ".").partition(".")[0]) or f"查看 {what}"
    return ACTIONS.get(action) or verbs.get(action) or ACTIONS.get(action.partition(":")[0]) or action


def event_words(name: str) -> str:
    return EVENTS.get(name, name)


def argument_words(arguments: Mapping[str, object]) -> str:
    """`{"case_id": 12, "on": "2026-06-08"}` → 办件 12，6月8日."""
    return "，".join(
        _argument(name.removesuffix("_id").removesuffix("_ref"), value) for name, value in arguments.items()
    )


def _argument(noun: str, value: object) -> str:
    if isinstance(value, str) and ":" in value:
        return target_words(value)
    if noun == "on":
        return short_day(date.fromisoformat(str(value)))
    return f"共{value}个" if noun == "count" else f"{NOUNS.get(noun, noun)} {value}"


def target_words(target: str) -> str:
    """`case:12` → 办件 12."""
    noun, colon, number = target.partition(":")
    return f"{NOUNS.get(noun, noun)} {number}" if colon else target
