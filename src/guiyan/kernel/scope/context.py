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
# The connection that was told of the current scope: a scope inside the same one need not tell it again.
_told: ContextVar[object] = ContextVar("guiyan_scope_told", default=None)


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
    with _inside(scope):
        yield scope
        if not nested:
            failpoints.hit("before_commit")
    if not nested:
        failpoints.hit("after_commit")


@contextmanager
def peeking(scope: Scope) -> Iterator[Scope]:
    """`entered` for a short read before the work itself begins: it is no step at which tests end the process.

    Where the scope holds already it is not even a savepoint.
    """
    if _holds(scope):
        yield scope
    else:
        with _inside(scope):
            yield scope


@contextmanager
def _inside(scope: Scope) -> Iterator[None]:
    outer, nested, known = _current.get(), connection.in_atomic_block, _holds(scope)
    with transaction.atomic():
        if not known:
            tell(scope)
        token, telling = _current.set(scope), _told.set(connection.connection)
        try:
            yield
        finally:
            _current.reset(token)
            _told.reset(telling)
        if nested and not known and not connection.needs_rollback:
            tell(outer or NOWHERE)


def _holds(scope: Scope) -> bool:
    """Whether this very connection, in the transaction that it is in, was told of this scope last."""
    return connection.in_atomic_block and scope == _current.get() and connection.connection is _told.get()


def tell(scope: Scope) -> None:
    calls = ", ".join(f"set_config('{name}', %s, true)" for name in SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", scope.settings())
