"""What can go wrong with the database server, in words for whoever runs it."""

from __future__ import annotations

from pathlib import Path

from guiyan.kernel.errors import GuiyanError


class PostgresError(GuiyanError):
    """The database server cannot be used; the message says why and what would help."""

    status = 503

    def __init__(self, message: str, *, log: Path | None = None) -> None:
        super().__init__(f"{message}\n数据库日志：{log}" if log else message)
