"""What the constraint against double booking refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError
from psycopg import errors

from guiyan.kernel.errors import Refused


class Taken(Refused):
    """Somebody else holds some of that time."""


@contextmanager
def refusing_overlap() -> Iterator[None]:
    """Around the scope that writes, whose savepoint is gone by then. Other broken constraints stay faults."""
    try:
        yield
    except IntegrityError as broken:
        if isinstance(broken.__cause__, errors.ExclusionViolation):
            raise Taken("这个时段已经有人约了，请换一个时段。", "taken") from broken
        raise
