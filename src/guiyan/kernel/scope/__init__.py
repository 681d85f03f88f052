"""The second wall: what one request, job or command may read and write, enforced by PostgreSQL itself.

`entered(scope)` opens the transaction and tells the database the scope; `Wall` puts the policies on a table.
Outside an entered scope every walled table is empty.
"""

from guiyan.kernel.scope.context import current, entered, peeking
from guiyan.kernel.scope.model import Scope
from guiyan.kernel.scope.wall import Wall

__all__ = ["Scope", "Wall", "current", "entered", "peeking"]
