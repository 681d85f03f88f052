"""`bin/guiyan django …`: the framework's own commands (makemigrations, shell, …), as the owner of the tables."""

from __future__ import annotations


def main(arguments: list[str]) -> int:
    from django.core.management import execute_from_command_line

    execute_from_command_line(["bin/guiyan django", *arguments])
    return 0
