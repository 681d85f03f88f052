"""怎么办, as the applicant lives it: what comes in which order and within how many days. The ways back stay inside."""

from __future__ import annotations

from dataclasses import dataclass

from guiyan.kernel.workflow.chart import Branch
from guiyan.packs import Item, NoticeRule, PaymentRule
from guiyan.packs.flow import Flow, Stage
from guiyan.portal.offices import kind_words

PLAIN = {"汇总签批": "签批"}  # how an office divides the work is not the applicant's


@dataclass(frozen=True)
class WayStep:
    """One step of the way; `note` is empty where there is nothing to add. `branches`: what runs side by side."""

    title: str
    note: str = ""
    branches: tuple[Branch, ...] = ()

    @property
    def limit(self) -> str:
        """As the flow chart names it."""
        return self.note if self.branches else ""

    @property
    def who(self) -> str:
        return "" if self.branches else self.note


def way_of(flow: Flow, item: Item) -> list[WayStep]:
    """From handing in to the money, in the order of the flow's stages, with the limits the item declares."""
    steps: list[WayStep] = []
    inside: list[str] = []  # stages that end together with the promise
    for stage in flow.stages.values():
        if flow.initial in stage.states:
            steps.append(WayStep("您提交申请", "自己在网上办，到窗口办，或者请帮办员代办"))
        elif stage.clock == "acceptance":
            steps.append(accepting(flow, stage, item))
        elif stage.clock == "notice" and item.notice is not None:
            steps.append(publishing(item.notice))
        elif stage.clock == "payment" and item.payment is not None:
            steps += paying(item.payment)
        elif stage.clock == "promise":
            steps.append(handling([*inside, plain(stage)], item))
            inside = []
        elif not any(flow.states[state].final for state in stage.states):
            inside.append(plain(stage))
    return steps


def plain(stage: Stage) -> str:
    return PLAIN.get(stage.label, stage.label)


def accepting(flow: Flow, stage: Stage, item: Item) -> WayStep:
    """When to hear whether it is accepted; that missing papers are told once, where the flow holds to it."""
    once = any(verb.once and set(verb.source) & set(stage.states) for verb in flow.verbs.values())
    note = "材料不全的，会一次说清要补什么" if once else ""
    return WayStep(f"{item.acceptance_days}个工作日内告诉您受不受理", note)


def handling(labels: list[str], item: Item) -> WayStep:
    offices = "、".join(dict.fromkeys(kind_words(check.unit_kind) for check in item.checks.values()))
    beside = f"。{offices}分头核验，不用您跑" if offices else ""
    branches = tuple(Branch(check.label, kind_words(check.unit_kind)) for check in item.checks.values())
    return WayStep(f"部门{'、'.join(labels)}", f"受理后{item.promise_days}个工作日内{beside}", branches)


def publishing(rule: NoticeRule) -> WayStep:
    unit = "个工作日" if rule.day_kind == "working" else "日"
    return WayStep(f"公示{rule.days}{unit}", "名单在“公示公开”里可以查，谁都可以提出异议")


def paying(rule: PaymentRule) -> list[WayStep]:
    payer = kind_words(rule.payer_unit_kind)
    return [
        WayStep(f"{payer}拨付", f"公示期满后{rule.days}个工作日内"),
        WayStep("到账", "进度随时可以查"),
    ]
