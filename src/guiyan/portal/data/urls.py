"""Addresses of one's own data."""

from __future__ import annotations

from django.urls import path

from guiyan.portal.data import asking, views

urlpatterns = [
    path("", views.my_data, name="my-data"),
    path("looks/", views.looks, name="my-data-looks"),
    path("copy/", views.ask_copy, name="my-data-copy"),
    path("copy/<int:copy_id>/", views.fetch_copy, name="my-data-file"),
    path("erase/", asking.erase, name="my-data-erase"),
    path("requests/<int:request_id>/", views.request_page, name="my-data-request"),
    path("requests/<int:request_id>/withdraw/", views.withdraw, name="my-data-withdraw"),
    path("<slug:register>/<int:entry_id>/<slug:field>/", asking.correct, name="my-data-correct"),
]
