"""Addresses of the measures."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.booklet import views as booklet
from guiyan.portal.measures import views

urlpatterns = [
    path("", views.measure_list, name="measures"),
    path("booklet/", booklet.choose, name="booklet"),
    path("booklet/<str:kind>/", booklet.download, name="booklet-file"),
    path("<slug:measure_id>/", views.measure, name="measure"),
]
