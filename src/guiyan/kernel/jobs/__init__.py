"""Work done behind: jobs deferred inside the caller's transaction, run by a worker at least once.

`@job(name)` declares one, `defer(name, …)` asks for it; `@on_tick` and `@every` are run by the clock.
Each job runs in one transaction under the system scope. A dead worker's jobs are run again by the next.
"""

from guiyan.kernel.jobs.ask import defer
from guiyan.kernel.jobs.housekeeping import requeue_stalled
from guiyan.kernel.jobs.registry import every, job, on_tick
from guiyan.kernel.jobs.worker import JobsFailed, run_pending, run_worker

__all__ = ["JobsFailed", "defer", "every", "job", "on_tick", "requeue_stalled", "run_pending", "run_worker"]
