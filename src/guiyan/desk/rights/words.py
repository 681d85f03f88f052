"""What a request about personal data asks for, in words."""

from __future__ import annotations

from guiyan.kernel import releases
from guiyan.registers.models import DataRequest


def what_of(asked: DataRequest) -> str:
    """更正手机号; 删除个人信息."""
    register = releases.current().registers.get(asked.register)
    field = register.fields.get(asked.field) if register else None
    return f"更正{field.label}" if field else f"{asked.get_kind_display()}个人信息"
