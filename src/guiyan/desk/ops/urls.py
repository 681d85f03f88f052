from __future__ import annotations

from django.urls import path

from guiyan.desk.ops import audit_views, clock_views, job_views, key_views, look_views

app_name = "ops"
urlpatterns = [
    path("jobs/", job_views.job_list, name="jobs"),
    path("jobs/<int:job_id>/retry/", job_views.retry_job, name="retry"),
    path("audit/", audit_views.audit_list, name="audit"),
    path("audit/looks/", look_views.look_list, name="looks"),
    path("audit/looks/sheet/", look_views.look_sheet, name="looks-sheet"),
    path("keys/", key_views.key_list, name="keys"),
    path("keys/new/", key_views.new_key, name="key-new"),
    path("keys/<int:key_id>/revoke/", key_views.revoke, name="key-revoke"),
    path("clock/", clock_views.clock_page, name="clock"),
    path("clock/move/", clock_views.move, name="move"),
]
