"""Addresses of the public progress. `/p/` stands in the printed code, so it is short."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.progress import views

urlpatterns = [
    path("progress/", views.search, name="progress"),
    path("progress/<str:token>/", views.by_code, name="progress-token"),
    path("p/<str:token>/", views.by_code, name="progress-code"),
]
