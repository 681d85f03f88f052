"""Entering a scope: a transaction in which the settings hold, for requests, jobs and commands alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from guiyan.kernel import failpoints
from guiyan.kernel.scope.model import SETTINGS, Scope

NOWHERE = Scope()
_current: ContextVar[Scope | None] = ContextVar("guiyan_scope", default=None)


def current() -> Scope | None:
    """The scope entered here, None outside."""
    return _current.get()


@contextmanager
def entered(scope: Scope) -> Iterator[Scope]:
    """Run the block in a transaction (a savepoint, inside another) that sees what `scope` allows.

    The settings are local to the transaction, so no pooled connection carries them on. A block that raises is
    rolled back and PostgreSQL itself restores the outer settings; one that ends well restores them here.
    """
    nested = connection.in_atomic_block
    with peeking(scope):
        yield scope
        if not nested:
            failpoints.hit("before_commit")
    if not nested:
        failpoints.hit("after_commit")


@contextmanager
def peeking(scope: Scope) -> Iterator[Scope]:
    """`entered` for a short read before the work itself begins: it is no step at which tests end the process."""
    outer = _current.get()
    nested = connection.in_atomic_block
    with transaction.atomic():
        tell(scope)
        token = _current.set(scope)
        try:
            yield scope
        finally:
            _current.reset(token)
        if nested and not connection.needs_rollback:
            tell(outer or NOWHERE)


def tell(scope: Scope) -> None:
    calls = ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", scope.settings())
