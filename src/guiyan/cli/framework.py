"""`bin/guiyan django …`: the framework's own commands (makemigrations, shell, …), as the owner of the tables."""

from __future__ import annotations


def run(argv: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bin/guiyan django", *argv])
    return 0
