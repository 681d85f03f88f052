"""`GET /healthz`: 200 when the database, the job worker and the pack are well, 503 with the reasons when not."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guiyan.kernel import releases

# A worker that was silent for so long is taken for dead, here as by its fellows.
WORKER_LIVES = "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '30 seconds')"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    reasons = faults()
    return JsonResponse({"ok": not reasons, "reasons": reasons}, status=503 if reasons else 200)


def faults() -> list[str]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(WORKER_LIVES)
            (worker_lives,) = cursor.fetchone()
        releases.current_id()
    except releases.NoRelease as error:
        return [error.message]
    except DatabaseError:
        return ["数据库连接不上，或还没有建表。"]
    return [] if worker_lives else ["后台任务进程没有在运行。"]
