"""The database server: an embedded PostgreSQL by default, any PostgreSQL through DATABASE_URL.

Owns the server process, its folder, the two roles and the address others connect by; tables are none of its business.
Free of Django, so that settings can ask it.
"""

from guiyan.kernel.postgres.cluster import Status, destroy, ensure, locate, status, stop
from guiyan.kernel.postgres.dsn import APP, DATABASE, OWNER, Dsn, Login, Role
from guiyan.kernel.postgres.errors import PostgresError
from guiyan.kernel.postgres.resolve import data_dir_of, open_database, resolve
from guiyan.kernel.postgres.roles import provision

__all__ = [
    "APP",
    "DATABASE",
    "OWNER",
    "Dsn",
    "Login",
    "PostgresError",
    "Role",
    "Status",
    "data_dir_of",
    "destroy",
    "ensure",
    "locate",
    "open_database",
    "provision",
    "resolve",
    "status",
    "stop",
]
