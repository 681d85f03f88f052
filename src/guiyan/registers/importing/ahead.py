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
AHEAD = 2
# The default of 5 ms would make the thread that feeds the database wait that long at every turn.
TURN_SECONDS = 0.0005


@contextmanager
def ahead(items: Iterator[T]) -> Iterator[Iterator[T]]:
    """The same items, made up to AHEAD before they are asked for. What making one raises is raised here in its place.

    Making them must not ask the database. Leaving the block stops the thread, wherever it is.
    """
    waiting: queue.Queue[tuple[T | None, BaseException | None]] = queue.Queue(AHEAD)
    given_up = threading.Event()

    def offer(item: T | None, error: BaseException | None = None) -> bool:
        while not given_up.is_set():
            try:
                waiting.put((item, error), timeout=0.1)
                return True
            except queue.Full:
                continue
        return False

    def make() -> None:
        try:
            for item in items:
                if not offer(item):
                    return
            offer(None)
        except BaseException as error:
            offer(None, error)

    def taken() -> Iterator[T]:
        while True:
            item, error = waiting.get()
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
        thread.join()
        sys.setswitchinterval(before)
