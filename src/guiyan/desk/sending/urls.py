"""Addresses of a sender's pages."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.sending import entry_views, views

app_name = "sending"
urlpatterns = [
    path("sending/", views.home, name="home"),
    path("sending/files/<int:file_id>/", views.result, name="result"),
    path("sending/files/<int:file_id>/undo/", views.undo, name="undo"),
    path("sending/<slug:register>/", entry_views.entries, name="list"),
    path("sending/<slug:register>/upload/", views.upload, name="upload"),
    path("sending/<slug:register>/template.xlsx", views.template, name="template"),
    path("sending/<slug:register>/new/", entry_views.new, name="new"),
    path("sending/<slug:register>/<int:entry_id>/", entry_views.entry, name="entry"),
]
