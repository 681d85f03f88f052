"""Addresses of 政策试算."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.whatif import printing, sheets, starting, views

app_name = "whatif"
urlpatterns = [
    path("whatif/", views.run_list, name="list"),
    path("whatif/new/", starting.new_run, name="new"),
    path("whatif/facts/", starting.take_facts, name="facts"),
    path("whatif/proposal/<int:proposal_id>/", starting.of_proposal, name="proposal"),
    path("whatif/<int:run_id>/", views.run_page, name="page"),
    path("whatif/<int:run_id>/again/", starting.again, name="again"),
    path("whatif/<int:run_id>/print/", printing.print_page, name="print"),
    path("whatif/<int:run_id>/sheet/", sheets.run_sheet, name="sheet"),
    path("whatif/<int:run_id>/delete/", views.delete_page, name="delete"),
]
