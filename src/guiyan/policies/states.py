"""The states of a rule proposal and how they read."""

from __future__ import annotations

DRAFT, PROPOSED, APPROVED, WITHDRAWN = "draft", "proposed", "approved", "withdrawn"
OPEN = (DRAFT, PROPOSED)
LABELS = {DRAFT: "起草中", PROPOSED: "待审批", APPROVED: "已批准", WITHDRAWN: "已撤回"}
TONES = {DRAFT: "blue", PROPOSED: "amber", APPROVED: "green", WITHDRAWN: "line"}
RETURNED_LABEL = "已退回，待修改"
KINDS = {"person": "个人", "organisation": "单位", "project": "项目"}
