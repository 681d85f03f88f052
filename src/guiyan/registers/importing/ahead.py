"""Reading ahead: the next rows are read, checked and sealed on a thread of their own while the database takes these."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")
# The default of 5 ms would make the thread that feeds the database wait that long at every turn.
TURN_SECONDS = 0.0005


@contextmanager
def ahead(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """The same items, each begun once the one before it was asked for: so two of them are held at a time.

    What making one raises is raised here in its place. Making them must not ask the database. Leaving the block stops
    the thread, wherever it is.
    """
    waiting: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue()
    room, given_up = threading.Semaphore(1), threading.Event()

    def make() -> None:
        try:
            while room.acquire() and not given_up.is_set():
                waiting.put((next(items, None), None))  # and not kept here while the next is made
        except BaseException as error:
            waiting.put((None, error))

    def taken() -> Iterator[T]:
        while True:
            item, error = waiting.get()
            room.release()
            if error is not None:
                raise error
            if item is None:
                return
            yield item

    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    thread = threading.Thread(target=copy_context().run, args=(make,), name="read-ahead", daemon=True)
    thread.start()
    try:
        yield taken()
    finally:
        given_up.set()
        room.release()
        thread.join()
        sys.setswitchinterval(before)
