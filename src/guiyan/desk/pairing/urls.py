"""Addresses of pairing."""

from __future__ import annotations

from django.urls import path

from guiyan.desk.pairing import views

app_name = "pairing"
urlpatterns = [
    path("pairing/", views.index, name="index"),
    path("pairing/runs/<int:run_id>/", views.run, name="run"),
    path("pairing/<slug:kind>/", views.unserved, name="list"),
    path("pairing/<slug:kind>/preview/<int:region>/", views.preview, name="preview"),
]
