"""Addresses of survey rounds."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.surveys import change_views, views

app_name = "surveys"
urlpatterns = [
    path("surveys/", views.round_list, name="list"),
    path("surveys/<slug:survey>/new/", views.new, name="new"),
    path("surveys/<int:round_id>/", views.round_page, name="page"),
    path("surveys/<int:round_id>/people/", views.people_page, name="people"),
    path("surveys/<int:round_id>/remind/", views.remind, name="remind"),
    path("surveys/<int:round_id>/close/", views.close, name="close"),
    path("surveys/<int:round_id>/sheet.xlsx", change_views.sheet, name="sheet"),
    path("surveys/<int:round_id>/change/", change_views.change_page, name="change"),
    path("surveys/<int:round_id>/change.xlsx", change_views.change_sheet, name="change-sheet"),
]
