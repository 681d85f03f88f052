"""Addresses of 政策找人."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.outreach import funnel, sheets, starting, steps, views

app_name = "outreach"
urlpatterns = [
    path("outreach/", views.run_list, name="list"),
    path("outreach/new/", starting.new_run, name="new"),
    path("outreach/<int:run_id>/", views.run_page, name="page"),
    path("outreach/<int:run_id>/funnel/", funnel.funnel_page, name="funnel"),
    path("outreach/<int:run_id>/people/", funnel.people_page, name="people"),
    path("outreach/<int:run_id>/sheet/", sheets.run_sheet, name="sheet"),
    path("outreach/<int:run_id>/<slug:verb>/", steps.step, name="step"),
]
