"""Words that other modules may use."""

from __future__ import annotations

OUT, IN = "out", "in"

WAITING, REFUSED, MAKING, READY, SENT, FAILED = "waiting", "refused", "making", "ready", "sent", "failed"
CHECKING, TAKEN, DROPPED = "checking", "taken", "dropped"

WORDS = {
    WAITING: "等审核",
    REFUSED: "没有同意",
    MAKING: "正在生成",
    READY: "可以取走",
    SENT: "已取走",
    FAILED: "没有成",
    CHECKING: "待导入",
    TAKEN: "已导入",
    DROPPED: "没有导入",
}
