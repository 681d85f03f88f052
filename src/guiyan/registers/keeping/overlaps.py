"""What the constraint against double booking refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, OperationalError
from psycopg import errors

from guiyan.kernel.errors import Refused


class Taken(Refused):
    """Somebody else holds some of that time."""


@contextmanager
def refusing_overlap() -> Iterator[None]:
    """Around the scope that writes, whose savepoint is gone by then. Other broken constraints stay faults."""
    try:
        yield
    except OperationalError as broken:
        # Two officers who write the same period at once meet at the constraint, and one of them is sent back.
        if isinstance(broken.__cause__, errors.DeadlockDetected):
            raise Taken("别人正在约同一个时段，请再试一次。", "taken") from broken
        raise
    except IntegrityError as broken:
        if isinstance(broken.__cause__, errors.ExclusionViolation):
            raise Taken("这个时段已经有人约了，请换一个时段。", "taken") from broken
        raise
