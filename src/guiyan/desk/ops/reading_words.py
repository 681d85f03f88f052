"""What readings of personal data are called in the audit log."""

from __future__ import annotations

from collections.abc import Mapping

READINGS: Mapping[str, str] = {
    "case": "查看办件信息",
    "dossier": "查看一人一档",
    "dossier.print": "打印一人一档",
    "pairing": "查看未配对名单",
    "file": "查看文件",
    "indicator": "查看指标来源",
    "objection_contact": "查看异议人联系方式",
    "payment_file": "下载支付文件",
    "register": "查看名录",
    "register.link": "核对是不是同一人",
    "register.links": "同人核对列表",
    "register.search": "搜索名录",
    "outreach": "查看推送对象",
    "visits": "查看走访名单",
    "data.blocked": "查看封存的数据",
    "data.request": "查看个人信息申请",
    "audit.looks": "审计查看记录",
}
