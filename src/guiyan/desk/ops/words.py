"""What events, actions and things are called on these pages; an action without a word is shown as it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guiyan.cases.answers import is_secret
from guiyan.desk.ops.nouns import EVENTS, NOUNS
from guiyan.desk.ops.reading_words import READINGS
from guiyan.kernel.calendar import short_day
from guiyan.packs.flow import Flow
from guiyan.packs.pack import Pack

ACTIONS: Mapping[str, str] = {
    "account.sign_in": "登录",
    "account.sign_out": "退出登录",
    "account.demo_switch": "换身份（演示）",
    "account.switch": "换身份（演示）",
    "accounts.apply_units": "装入单位和岗位",
    "accounts.give_subject": "给居民账号建本人档案",
    "answer.ask": "提交询问或预约",
    "answer.reply": "回复询问或预约",
    "answer.take_back": "本人取消询问或预约",
    "batch.prepare": "汇总批次",
    "case.answers": "修改申请表",
    "case.bulk": "批量办理",
    "case.bulk_undo": "撤回批量办理",
    "case.consult": "请求加签",
    "case.escalate": "超期报告",
    "case.opinion": "回复加签",
    "case.transfer": "转办",
    "case.unask": "撤回加签",
    "case.urge": "催办",
    "check.transfer": "转办核验",
    "joint.open": "建立一件事",
    "joint.submit": "提交一件事",
    "joint.drop": "放弃一件事的草稿",
    "delegation.give": "登记委托受理、授权办理",
    "delegation.end": "终止委托受理",
    "deputy.give": "登记代岗授权",
    "deputy.end": "终止代岗授权",
    "api.key.create": "发放接口密钥",
    "api.key.revoke": "停用接口密钥",
    "account.stand_in": "代岗办理",
    "account.stand_down": "结束代岗",
    "case.check": "回复核验",
    "case.decision": "出具书面决定",
    "case.enrol": "认定并入库",
    "batch.enrol": "作出认定",
    "certificate.issue": "发认定证书",
    "case.material": "提交材料",
    "case.material_removed": "撤下材料",
    "case.open": "建立办件",
    "case.rate": "评价办件",
    "case.remark": "写备注",
    "case.remark_withdrawn": "撤回备注",
    "case.recovery_done": "追回完成",
    "clock.move": "调整业务时钟",
    "view.change": "修改视图",
    "view.remove": "删除视图",
    "view.restore": "恢复视图",
    "view.save": "保存视图",
    "document.add_item": "补录条目",
    "document.confirm": "确认条目",
    "document.correct": "更正条目",
    "document.drop": "舍弃条目",
    "document.import": "导入文件",
    "document.publish": "发布方案",
    "document.supersede": "文件被替代",
    "revision.start": "对照修订件",
    "revision.leave": "不再作为修订件",
    "revision.accept": "采用修订",
    "revision.keep": "修订时沿用旧的",
    "revision.reopen": "撤回对修订的决定",
    "revision.publish": "按修订件发布",
    "finding.dismiss": "问题视为无碍",
    "document.expire": "文件到期",
    "document.reopen": "重新核对条目",
    "document.resolve_unit": "对应单位",
    "document.learn": "记下条件说法",
    "document.forget": "撤销学到的内容",
    "document.export_learnt": "导出学到的内容",
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
    "comparison.export": "导出比对结果",
    "comparison.run": "和名单比对",
    "comparison.settle": "处理比对结果",
    "list.import": "导入比对名单",
    "list.refuse": "退回有错的名单",
    "list.undo": "撤销名单导入",
    "loan.answer": "答复贷款申请",
    "loan.ask_claim": "申请代偿",
    "loan.confirm_subsidy": "确认贴息清单",
    "loan.export": "导出贷款",
    "loan.pay_claim": "登记代偿",
    "loan.prepare_subsidy": "计算贴息",
    "loan.record": "登记放款",
    "loan.refer": "送银行或担保机构",
    "loan.repay": "记入还款",
    "loan.report": "导入还款报表",
    "loan.void": "作废还款",
    "loan.withdraw": "撤回送审",
    "mandate.confirm": "确认委托",
    "arrival.take": "收到注册登记",
    "arrival.follow": "首次登记找政策、派首护人",
    "arrival.contact": "首护人联系",
    "arrival.assign": "指派首护人",
    "arrival.import": "上传注册登记",
    "arrival.export": "导出首次登记",
    "outreach.start": "开始政策找人",
    "outreach.retry": "接着匹配",
    "outreach.compute": "匹配完成",
    "outreach.propose": "报请推送",
    "outreach.approve": "同意推送",
    "outreach.send_back": "退回推送",
    "outreach.send": "开始推送",
    "outreach.end": "推送完成",
    "outreach.stop": "停止政策找人",
    "outreach.export": "导出匹配结果",
    "outreach.open": "打开政策消息",
    "outreach.answer": "答复政策消息",
    "outreach.choose": "消息设置",
    "whatif.start": "开始政策试算",
    "whatif.compute": "政策试算算完",
    "whatif.export": "导出政策试算",
    "whatif.delete": "删除政策试算",
    "mandate.end": "结束委托",
    "mandate.give": "登记委托",
    "measure.confirm": "确认政策措施",
    "rule.begin": "起草规则修改",
    "rule.save": "保存规则修改",
    "rule.propose": "报请规则审批",
    "rule.approve": "批准规则修改",
    "rule.return": "退回规则修改",
    "rule.withdraw": "撤回规则修改",
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
    "data.ask": "申请更正或删除个人信息",
    "data.withdraw": "撤回个人信息申请",
    "data.correct": "同意更正个人信息",
    "data.refuse": "不同意个人信息申请",
    "data.block": "封存个人信息",
    "data.erase": "删除个人信息",
    "data.unblock": "解除封存",
    "data.copy.ask": "要个人信息副本",
    "data.copy.fetch": "下载个人信息副本",
    "audit.export": "导出查看记录",
    "sharing.apply": "申请使用部门数据",
    "sharing.agree": "同意使用部门数据",
    "sharing.confirm": "复核部门数据授权",
    "sharing.refuse": "不同意使用部门数据",
    "sharing.withdraw": "收回部门数据授权",
    "rating.call": "回访",
    "register.add": "新增名录条目",
    "register.edit": "修改名录条目",
    "register.level": "调整梯次",
    "exchange.agree": "同意发出往来包",
    "exchange.ask": "申请发出往来包",
    "exchange.partner.add": "登记往来单位",
    "exchange.partner.end": "停用往来单位",
    "exchange.receive": "收进往来包",
    "exchange.refuse": "不同意发出往来包",
    "register.void": "作废一条记录",
    "register.export.ask": "申请导出名录",
    "register.export.agree": "同意导出名录",
    "register.export.refuse": "不同意导出名录",
    "register.export.made": "生成导出文件",
    "register.drop_file": "放弃导入的文件",
    "register.hand_in": "上传要导入的文件",
    "register.import": "导入名录",
    "register.know_firm": "登记还没有入库的单位",
    "register.record": "登记信息",
    "register.reconcile": "导出来源核对",
    "register.report": "接口报送名录",
    "register.seed": "填入示例数据",
    "register.self_report": "本人填报",
    "register.undo": "撤销导入",
    "survey.open": "开始一轮调查",
    "survey.close": "结束一轮调查",
    "survey.remind": "提醒走访",
    "survey.export": "导出调查结果",
    "visit.send": "发送入户走访",
    "relation.assign": "指派对接人",
    "relation.assign_many": "批量指派对接人",
    "relation.end": "取消对接人",
    "relation.undo_many": "撤销批量指派",
    "report.download": "下载周报",
    "service.finish": "办完服务的下一步",
    "service.record": "记一次服务",
    "service.strike": "划去服务记录",
    "subject.link_apart": "定为不是同一人",
    "subject.link_aside": "同人核对先放着",
    "subject.link_kept": "核对过仍是同一人",
    "subject.merge": "合并档案",
    "subject.unmerge": "拆分档案",
    "supervision.judge": "审核督办回复",
    "supervision.start": "发督办单",
    "supervision.dismiss": "不督办",
    "target.save": "存目标分解草稿",
    "target.propose": "报请下达目标",
    "target.issue": "下达目标",
    "target.scale": "按示例人口折算演示目标",
    "target.send_back": "退回目标分解",
    "target.drop": "作废目标分解",
    "figure.fill": "填报指标",
    "figure.check": "审核指标",
    "figure.lock": "锁定指标",
    "figure.unlock": "解锁指标",
    "plan.lead": "定牵头单位",
    "plan.due": "定任务期限",
    "plan.done": "记任务完成",
    "supervision.reply": "回复督办",
}


def verbs_of(flows: Mapping[str, Flow]) -> dict[str, str]:
    """What flows call their verbs: `case.accept` → 受理."""
    return {f"{flow.object}.{name}": verb.label for flow in flows.values() for name, verb in flow.verbs.items()}


def readings_of(pack: Pack) -> dict[str, str]:
    """What is read, in the city's labels: `register.returnee` → 查看返乡人员名录; `case.id_number` → 查看身份证号."""
    words = secrets_of(pack)
    for name, register in pack.registers.items():
        title = register.label if register.label.endswith("名录") else f"{register.label}名录"
        words |= {f"register.{name}": f"查看{title}", f"register.{name}.entry": f"查看{title}里的档案"}
    return words


def secrets_of(pack: Pack) -> dict[str, str]:
    """The values that are shown in full only one by one: `person.id_number`, `case.account_no`."""
    words: dict[str, str] = {}
    for name, register in pack.registers.items():
        words |= {f"{name}.{key}": f"查看{field.label}" for key, field in register.fields.items() if field.encrypted}
    for form in pack.forms.values():
        words |= {f"case.{key}": f"查看{field.label}" for key, field in form.fields.items() if is_secret(field)}
    return words


def action_words(action: str, verbs: Mapping[str, str], readings: Mapping[str, str] | None = None) -> str:
    """An action without a word of its own is shown as it is stored: the auditor must miss nothing."""
    if action.startswith("read:"):
        what = action.removeprefix("read:")
        known = (readings or {}).get(what) or READINGS.get(what)
        return known or READINGS.get(what.replace(":", ".").partition(".")[0]) or f"查看 {what}"
    return ACTIONS.get(action) or verbs.get(action) or ACTIONS.get(action.partition(":")[0]) or action


def choices_of(verbs: Mapping[str, str], secrets: Mapping[str, str] | None = None) -> list[tuple[str, list[str]]]:
    """The list 做了什么: each word once, with its actions (`register.record` stands for those below it)."""
    found: dict[str, list[str]] = {}
    readings = {f"read:{name}": words for name, words in {**READINGS, **(secrets or {})}.items()}
    for action, words in {**ACTIONS, **verbs, **readings}.items():
        found.setdefault(words, []).append(action)
    return list(found.items())


def event_words(name: str) -> str:
    return EVENTS.get(name, name)


def noun_of(target: str) -> str:
    return target.partition(":")[0]


def one_of(noun: str) -> str:
    """What a single thing without a name is called: 办件, 1人."""
    counter, word = NOUNS.get(noun, ("", "其他事项"))
    return word or f"1{counter}"


def several_of(noun: str, number: int, counter: str = "") -> str:
    """20人, 3件办件; things of several kinds are counted as 项."""
    known, word = NOUNS.get(noun, ("项", ""))
    return f"{number}{counter or known}{word}"


def targets_of(arguments: Mapping[str, object]) -> list[str]:
    """`{"case_id": 12, "batch_ref": "batch:1"}` → `case:12`, `batch:1`: what an event or job is about."""
    found = []
    for name, value in arguments.items():
        if isinstance(value, str) and ":" in value and not name.endswith("_id"):
            found.append(value)
        elif name.endswith("_id"):
            noun = "payment_request" if name == "request_id" else name.removesuffix("_id")
            found.append(f"{noun}:{value}")
    return found


def argument_words(
    arguments: Mapping[str, object], names: Mapping[str, str], registers: Mapping[str, str] | None = None
) -> str:
    """What an event or a job is about, by name where the reader may see it: 周龙涛，XN…; 返乡人员名录，1人; 付款."""
    words = []
    if "register" in arguments:
        words.append((registers or {}).get(str(arguments["register"]), "名录"))
    targets = targets_of(arguments)
    known = list(dict.fromkeys(names[target] for target in targets if target in names))
    words += known or [one_of(noun_of(target)) for target in targets[:1]]
    if "on" in arguments:
        words.append(short_day(date.fromisoformat(str(arguments["on"]))))
    if "count" in arguments:
        words.append(f"共{arguments['count']}个")
    return "，".join(words)
