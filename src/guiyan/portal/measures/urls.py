"""Addresses of the measures."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.measures import views

urlpatterns = [
    path("", views.measure_list, name="measures"),
    path("<slug:measure_id>/", views.measure, name="measure"),
]
