"""Words of a run, of a message and of how it went out."""

from __future__ import annotations

RUNNING, COMPUTED, PROPOSED = "running", "computed", "proposed"
APPROVED, SENDING, SENT, STOPPED = "approved", "sending", "sent", "stopped"
RUN_LABELS = {
    RUNNING: "正在匹配",
    COMPUTED: "待报审",
    PROPOSED: "待审核",
    APPROVED: "待推送",
    SENDING: "正在推送",
    SENT: "已推送",
    STOPPED: "已停止",
}
RUN_TONES = {
    RUNNING: "blue",
    COMPUTED: "amber",
    PROPOSED: "amber",
    APPROVED: "blue",
    SENDING: "blue",
    SENT: "green",
    STOPPED: "line",
}

DONE, STUCK = "done", "stuck"
WHAT_IF_LABELS = {RUNNING: "正在试算", DONE: "已算完", STUCK: "没有算成"}
WHAT_IF_TONES = {RUNNING: "blue", DONE: "green", STUCK: "red"}

KINDS = {"person": "个人", "organisation": "单位"}

IN_APP, SMS = "in_app", "sms"
CHANNELS = {IN_APP: "站内消息", SMS: "短信"}
DEFAULT_CHOICE = {IN_APP: True, SMS: False}

WAITING, DELIVERED, FAILED, SUPPRESSED = "waiting", "sent", "failed", "suppressed"
DELIVERY_LABELS = {WAITING: "等待发送", DELIVERED: "已发出", FAILED: "没有发成", SUPPRESSED: "没有发"}

# Why somebody was not told at all, or not through a channel.
TOLD_BEFORE, UNDER_WAY, NOBODY_TO_TELL = "told_before", "under_way", "nobody"
NOT_WANTED, NO_CONSENT, NO_PHONE = "not_wanted", "no_consent", "no_phone"
TOO_OFTEN, NO_GATEWAY, RUN_STOPPED = "too_often", "no_gateway", "stopped"
REASONS = {
    TOLD_BEFORE: "已经告诉过",
    UNDER_WAY: "已经在申请",
    NOBODY_TO_TELL: "没有登记负责人，不知道告诉谁",
    NOT_WANTED: "本人关了站内消息",
    NO_CONSENT: "本人没有同意收短信",
    NO_PHONE: "没有登记手机号",
    TOO_OFTEN: "最近已经发过短信",
    NO_GATEWAY: "短信网关没有接入",
    RUN_STOPPED: "推送中途停止",
}

APPLIES, DECLINES = "applies", "declines"
ANSWERS = {APPLIES: "去申请", DECLINES: "不需要"}

FOUND, TOLD, OPENED, ANSWERED, APPLIED, PAID = "found", "told", "opened", "answered", "applied", "paid"
STEPS = {
    FOUND: "符合条件",
    TOLD: "已告知",
    OPENED: "已打开",
    ANSWERED: "已答复",
    APPLIED: "已申请",
    PAID: "已拨付",
}

API, FILE = "api", "file"
CAME_BY = {API: "接口", FILE: "文件"}

RECEIVED, REFUSED, KNOWN, UNASSIGNED = "received", "refused", "known", "unassigned"
HELPING, CONTACTED = "helping", "contacted"
ARRIVAL_LABELS = {
    RECEIVED: "正在核对",
    HELPING: "待联系",
    UNASSIGNED: "待指派首护人",
    CONTACTED: "已联系",
    KNOWN: "不是首次",
    REFUSED: "退回",
}
ARRIVAL_TONES = {
    RECEIVED: "blue",
    HELPING: "amber",
    UNASSIGNED: "amber",
    CONTACTED: "green",
    KNOWN: "line",
    REFUSED: "red",
}
