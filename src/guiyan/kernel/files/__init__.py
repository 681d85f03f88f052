"""Files people hand in and files the system writes: checked by content, kept by hash, read with a log entry."""

from guiyan.kernel.files.checks import findings
from guiyan.kernel.files.kinds import KINDS, kind_of
from guiyan.kernel.files.models import StoredFile
from guiyan.kernel.files.store import open_file, path_of, store, store_written, sweep

__all__ = ["KINDS", "StoredFile", "findings", "kind_of", "open_file", "path_of", "store", "store_written", "sweep"]
