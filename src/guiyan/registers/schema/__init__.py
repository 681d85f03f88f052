"""Register tables: what a pack declares against what the database has, as changes to read first and then to make.

`plan(pack)` lists the changes; `apply(pack)` makes them, as the owner, outside a transaction, and may be run again
after an interruption. No data is ever dropped: a retired field is hidden, a changed type moves to a new column. An
index that nothing needs any more goes, once those that are needed stand.
"""

from guiyan.registers.schema.applying import apply, plan, settle_figures
from guiyan.registers.schema.planning import Change, SchemaRefused

__all__ = ["Change", "SchemaRefused", "apply", "plan", "settle_figures"]
